using System.Globalization;

namespace Analys.Load.Formats.Sheets;

/// <summary>Numbers of a cell as the text that its number format makes of them, where the format changes what the number is: dates, times,
/// codes.</summary>
internal static class CellFormats
{
    /// <summary>What a number format makes of a number.</summary>
    public enum Shape
    {
        /// <summary>A number, whatever it looks like.</summary>
        Number,

        /// <summary>A day, with a time where it has one.</summary>
        Date,

        /// <summary>A time of day or a duration.</summary>
        Time,

        /// <summary>Digits with leading zeros: a code.</summary>
        Code,
    }

    /// <summary>The shape of one of the formats that workbooks have without saying so.</summary>
    public static Shape OfBuiltIn(int id) => id switch
    {
        (>= 14 and <= 17) or 22 or (>= 27 and <= 31) or 36 or (>= 50 and <= 58) => Shape.Date,
        (>= 18 and <= 21) or (>= 45 and <= 47) => Shape.Time,
        _ => Shape.Number,
    };

    /// <summary>The shape of a format by its code, with the digits of a code's width.</summary>
    public static (Shape Shape, int Width) Of(string code)
    {
        var (date, time) = (false, false);
        var section = code.Split(';')[0];
        for (var i = 0; i < section.Length; i++)
        {
            switch (char.ToLowerInvariant(section[i]))
            {
                case '"':
                    i = section.IndexOf('"', i + 1) is var end && end > 0 ? end : section.Length;
                    break;
                case '\\' or '_' or '*':
                    i++;
                    break;
                case '[':
                    var close = section.IndexOf(']', i);
                    if (close < 0) break;
                    // Elapsed hours stand in brackets; so do colours, locales and conditions.
                    if (section[(i + 1)..close].ToLowerInvariant() is "h" or "hh" or "m" or "mm" or "s" or "ss") time = true;
                    i = close;
                    break;
                case 'y' or 'd' or 'å':
                    date = true;
                    break;
                case 'h' or 's':
                    time = true;
                    break;
                case 'm':
                    // A month, unless hours or seconds make it minutes.
                    date |= !section.Contains('h', StringComparison.OrdinalIgnoreCase)
                        && !section.Contains('s', StringComparison.OrdinalIgnoreCase);
                    break;
                case 'g' when section.StartsWith("General", StringComparison.OrdinalIgnoreCase):
                    return (Shape.Number, 0);
            }
        }

        if (date) return (Shape.Date, 0);
        if (time) return (Shape.Time, 0);
        return section.Length > 1 && section.All(c => c == '0') ? (Shape.Code, section.Length) : (Shape.Number, 0);
    }

    /// <summary>A number as text.</summary>
    /// <param name="value">The number; of a date, the days since the start of the workbook's calendar.</param>
    /// <param name="shape">What it is.</param>
    /// <param name="width">The digits of a code.</param>
    /// <param name="from1904">Whether days are counted from 1904.</param>
    public static string Text(double value, Shape shape, int width, bool from1904)
    {
        switch (shape)
        {
            case Shape.Time when value >= 0 && value < 1e6:
                var seconds = (long)Math.Round(value * 86400);
                var clock = string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:00}:{seconds / 60 % 60:00}");
                return seconds % 60 == 0 ? clock : string.Create(CultureInfo.InvariantCulture, $"{clock}:{seconds % 60:00}");
            case Shape.Date when value >= 0 && value < 2_950_000:
                // Day 60 of the calendar of 1900 is 29 February, which there was not.
                var start = from1904 ? new DateTime(1904, 1, 1) : value < 60 ? new DateTime(1899, 12, 31) : new DateTime(1899, 12, 30);
                var moment = start.AddSeconds(Math.Round(value * 86400));
                return moment.ToString(moment.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd"
                    : "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
            case Shape.Code when value >= 0 && value == Math.Floor(value) && value < 1e15:
                return ((long)value).ToString(new string('0', width), CultureInfo.InvariantCulture);
            default:
                return value.ToString("R", CultureInfo.InvariantCulture);
        }
    }
}
