using System.Globalization;
using System.Text.RegularExpressions;

namespace Analys.Domain;

/// <summary>Periods in the order of time, however they are written: HT 2017 before VT 2018, december 2018 before januari 2019, 31.12.2018
/// before 01.01.2019. Those without a year come first, in the order of their texts.</summary>
internal sealed partial class PeriodOrder : IComparer<string?>
{
    /// <summary>Four digits that are read as a year, as a pattern.</summary>
    internal const string Year = @"(?:1[89]|20|21)\d\d";

    private const int NoYear = int.MinValue;
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];

    // Halves of a year and what is counted in words; the first that the text holds is meant.
    private static readonly (string Word, double Part)[] Parts =
    [
        ("vt", 1), ("vår", 1), ("sommar", 1.5), ("ht", 2), ("höst", 2), ("första", 1), ("andra", 2), ("tredje", 3), ("fjärde", 4),
    ];

    private PeriodOrder()
    {
    }

    /// <summary>The order of time.</summary>
    public static PeriodOrder InTime { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        if (string.Equals(x, y, StringComparison.Ordinal)) return 0;
        if (x is null || y is null) return x is null ? -1 : 1;
        var (first, second) = (Key(x), Key(y));
        var order = first.CompareTo(second);
        return order != 0 ? order : string.CompareOrdinal(x, y);
    }

    /// <summary>The year that a period lies in or begins in; null where it names none.</summary>
    public static string? YearOf(string period)
    {
        var year = Key(period).Year;
        return year == NoYear ? null : year.ToString(CultureInfo.InvariantCulture);
    }

    private static (int Year, double Part) Key(string text)
    {
        if (Packed().Match(text) is { Success: true } packed)
            return (Number(packed.Groups[1]), Number(packed.Groups[2]) + (packed.Groups[3].Success ? Number(packed.Groups[3]) / 32d : 0));
        if (Dated().Match(text) is { Success: true } dated)
        {
            // Days stand before months but where the second number cannot be a month.
            var (day, month) = (Number(dated.Groups[1]), Number(dated.Groups[2]));
            if (month > 12) (day, month) = (month, day);
            return (Number(dated.Groups[3]), month + (day / 32d));
        }

        if (FourDigits().Match(text) is { Success: true } four) return (Number(four), PartOf(text.Remove(four.Index, four.Length)));
        return TwoDigits().Match(text) is { Success: true } two
            ? (2000 + Number(two.Groups[1]), PartOf(text.Remove(two.Groups[1].Index, 2))) : (NoYear, 0);
    }

    private static double PartOf(string rest)
    {
        var words = rest.ToLowerInvariant().Replace("may", "maj", StringComparison.Ordinal).Replace("oct", "okt", StringComparison.Ordinal);
        var numbers = Numbers().Matches(words);
        var month = Array.FindIndex(Months, words.Contains) + 1;
        if (month > 0) return month + (numbers.Count > 0 ? Number(numbers[0]) / 32d : 0);
        if (Array.Find(Parts, part => words.Contains(part.Word, StringComparison.Ordinal)) is { Word: not null } found) return found.Part;
        return numbers.Count == 0 ? 0 : Number(numbers[0]) + (numbers.Count > 1 ? Number(numbers[1]) / 32d : 0);
    }

    private static int Number(Capture digits) => int.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex("^(" + Year + @")([01]\d)([0-3]\d)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Packed();

    [GeneratedRegex(@"^([0-3]?\d)[./-]([0-3]?\d)[./-](" + Year + ")$", RegexOptions.CultureInvariant)]
    private static partial Regex Dated();

    [GeneratedRegex(@"(?<!\d)" + Year + @"(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex FourDigits();

    // VT18, jan-18, 17/18: two digits alone are no year.
    [GeneratedRegex(@"^(?:(?:vt|ht)[ -]?'?|[a-z]{3,9}\.?[ -]'?|(?:läsåre?t? ?)?(?=\d\d/\d\d$))(\d\d)(?:/\d\d)?$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex TwoDigits();

    [GeneratedRegex(@"\d{1,6}", RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();
}
