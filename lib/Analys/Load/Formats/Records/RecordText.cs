using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Analys.Load.Formats.Records;

/// <summary>Texts, codes and moments of binary files.</summary>
internal static class RecordText
{
    /// <summary>A text that ends at a zero byte or at its last character that is no blank.</summary>
    public static string Trimmed(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        var end = bytes.IndexOf((byte)0);
        return encoding.GetString(end < 0 ? bytes : bytes[..end]).TrimEnd();
    }

    /// <summary>The encoding of texts of which nothing is said: UTF-8 where they are valid, else Windows-1252.</summary>
    public static Encoding Guess(ReadOnlySpan<byte> bytes) => Utf8.IsValid(bytes) ? Encoding.UTF8 : TextEncoding.Windows1252;

    /// <summary>A number as a code in a schema: the shortest text that reads back.</summary>
    public static string Code(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Hands over a moment that lies some time after an origin, or the bare number where no calendar reaches.</summary>
    /// <remarks>The bare number is then a finding of its column: a date is expected there.</remarks>
    public static void Moment(IRecordSink sink, int variable, VariableKind kind, DateTime origin, double seconds)
    {
        var limit = (DateTime.MaxValue - origin).TotalSeconds - 1;
        if (!(seconds < limit && seconds > (DateTime.MinValue - origin).TotalSeconds))
        {
            sink.Number(variable, seconds);
            return;
        }

        Span<char> iso = stackalloc char[40];
        if (kind == VariableKind.Time)
        {
            // Hours beyond a day are a duration: SPSS keeps them under the same name.
            var whole = Math.Round(Math.Abs(seconds), 3);
            var hours = (long)(whole / 3600);
            var rest = whole - (hours * 3600);
            var minutes = (int)(rest / 60);
            var last = rest - (minutes * 60);
            sink.Moment(variable,
                string.Create(CultureInfo.InvariantCulture, $"{(seconds < 0 ? "-" : "")}{hours:00}:{minutes:00}:{last:00.###}"));
            return;
        }

        var moment = origin.AddTicks((long)Math.Round(seconds * 1000) * TimeSpan.TicksPerMillisecond);
        var pattern = kind switch
        {
            VariableKind.Date => "yyyy-MM-dd",
            VariableKind.Month => "yyyy-MM",
            _ when moment.Millisecond != 0 => "yyyy-MM-ddTHH:mm:ss.fff",
            _ => "yyyy-MM-ddTHH:mm:ss",
        };
        moment.TryFormat(iso, out var written, pattern, CultureInfo.InvariantCulture);
        sink.Moment(variable, iso[..written]);
    }
}
