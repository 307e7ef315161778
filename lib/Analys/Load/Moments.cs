using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Analys.Load;

/// <summary>Dates, times and durations as the Table Schema writes them: ISO 8601 or a strptime pattern.</summary>
internal static partial class Moments
{
    private static readonly string[] DateTimes = ["yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFF", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"];
    private static readonly string[] Times = ["HH:mm:ss", "HH:mm:ss.FFFFFFF", "HH:mm:ssK"];

    /// <summary>Reads a moment; moments of one field compare as they stand in time.</summary>
    public static bool TryParse(string text, Field field, out DateTime moment)
    {
        const DateTimeStyles styles = DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal;
        var culture = CultureInfo.InvariantCulture;
        moment = default;
        if (field.Format == "any" && field.Type != FieldType.YearMonth) return DateTime.TryParse(text, culture, styles | DateTimeStyles.NoCurrentDateDefault, out moment);
        string[] patterns = field.Format is not "default" ? [FromStrftime(field.Format)] : field.Type switch
        {
            FieldType.Date => ["yyyy-MM-dd"],
            FieldType.Time => Times,
            FieldType.YearMonth => ["yyyy-MM"],
            _ => DateTimes,
        };
        return DateTime.TryParseExact(text, patterns, culture, styles | DateTimeStyles.NoCurrentDateDefault, out moment);
    }

    /// <summary>Whether a text is an ISO 8601 duration.</summary>
    public static bool IsDuration(string text) => text.Length <= 100 && Duration().IsMatch(text) && !text.EndsWith('P') && !text.EndsWith('T');

    private static string FromStrftime(string format)
    {
        var pattern = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                // Everything that is not a directive stands for itself.
                pattern.Append('\\').Append(format[i]);
                continue;
            }

            pattern.Append(format[++i] switch
            {
                'Y' => "yyyy",
                'y' => "yy",
                'm' => "MM",
                'd' => "dd",
                'H' => "HH",
                'I' => "hh",
                'M' => "mm",
                'S' => "ss",
                'f' => "FFFFFF",
                'p' => "tt",
                'b' => "MMM",
                'B' => "MMMM",
                'a' => "ddd",
                'A' => "dddd",
                'z' => "zzz",
                'Z' => "K",
                var other => "\\" + other,
            });
        }

        return pattern.ToString();
    }

    [GeneratedRegex(@"^[+-]?P(\d+([.,]\d+)?Y)?(\d+([.,]\d+)?M)?(\d+([.,]\d+)?W)?(\d+([.,]\d+)?D)?(T(\d+([.,]\d+)?H)?(\d+([.,]\d+)?M)?(\d+([.,]\d+)?S)?)?$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Duration();
}
