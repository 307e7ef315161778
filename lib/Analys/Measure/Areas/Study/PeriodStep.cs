using System.Globalization;
using System.Text.RegularExpressions;

namespace Analys.Measure.Areas.Study;

/// <summary>How periods are written and which comes after which: years (also 2011/12), tertials, quarters and months.</summary>
internal sealed partial class PeriodStep
{
    private readonly int perYear;
    private readonly Func<int, int, string> write;

    private PeriodStep(int perYear, Func<int, int, string> write) => (this.perYear, this.write) = (perYear, write);

    /// <summary>Whether periods are months.</summary>
    public bool IsMonthly => perYear == 12;

    /// <summary>Whether periods are years.</summary>
    public bool IsYearly => perYear == 1;

    /// <summary>The way of writing that a text follows; null where it is none that is known.</summary>
    /// <param name="text">A period.</param>
    public static (PeriodStep Step, int Number)? Read(string text)
    {
        if (Year().Match(text) is { Success: true } year) return (new PeriodStep(1, (y, _) => Text(y)), Whole(year, 1));
        if (SchoolYear().Match(text) is { Success: true } school && (Whole(school, 1) + 1) % 100 == Whole(school, 3) % 100)
        {
            var (mark, digits) = (school.Groups[2].Value, school.Groups[3].Length);
            return (new PeriodStep(1, (y, _) => Text(y) + mark + (digits == 2 ? Text((y + 1) % 100, 2) : Text(y + 1))), Whole(school, 1));
        }

        if (Part().Match(text) is not { Success: true } part) return null;
        var (between, number, width) = (part.Groups[2].Value, Whole(part, 3), part.Groups[3].Length);
        var size = char.ToUpperInvariant(between.Trim().LastOrDefault()) switch { 'T' => 3, 'K' or 'Q' => 4, 'H' => 2, _ => 12 };
        if (number < 1 || number > size) return null;
        return (new PeriodStep(size, (y, i) => Text(y) + between + Text(i + 1, width)), (Whole(part, 1) * size) + number - 1);
    }

    /// <summary>A period as it is written.</summary>
    /// <param name="number">Its number.</param>
    public string Write(int number) => write(Math.DivRem(number, perYear, out var rest), rest);

    /// <summary>The year that a period lies in.</summary>
    /// <param name="number">Its number.</param>
    public int YearOf(int number) => number / perYear;

    /// <summary>The number of a year's first period.</summary>
    /// <param name="year">The year.</param>
    public int FirstOf(int year) => year * perYear;

    /// <summary>Whether another text is written in the same way.</summary>
    public bool IsLike(PeriodStep other) => perYear == other.perYear;

    private static int Whole(Match match, int group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.None,
        CultureInfo.InvariantCulture);

    private static string Text(int number, int width = 0) => number.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0');

    [GeneratedRegex(@"^\s*(\d{4})\s*$")]
    private static partial Regex Year();

    // With a hyphen and two digits it would be a month: 2011-12 is December.
    [GeneratedRegex(@"^\s*(\d{4})([/–]|-(?=\d{4}))(\d{2}|\d{4})\s*$")]
    private static partial Regex SchoolYear();

    [GeneratedRegex(@"^\s*(\d{4})(\s*-?\s*[MmTtKkQqHh]|\s*-\s*)(\d{1,2})\s*$")]
    private static partial Regex Part();
}
