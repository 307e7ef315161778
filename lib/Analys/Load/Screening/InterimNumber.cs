using System.Text.RegularExpressions;

namespace Analys.Load.Screening;

/// <summary>Interim and reserve numbers: a date of birth and four signs of which the first one or two are letters (850101-T123,
/// 19850101TF12).</summary>
/// <remarks>Given by health care and universities to people without a personal identity number. They have no check digit. Swedish:
/// <i>reservnummer, interimspersonnummer</i>.</remarks>
internal static partial class InterimNumber
{
    /// <summary>Whether a text has such a number anywhere in it.</summary>
    public static bool IsIn(string text)
    {
        foreach (Match match in Pattern().Matches(text))
        {
            var date = match.Groups["date"].ValueSpan;
            var month = ((date[^4] - '0') * 10) + date[^3] - '0';
            var day = ((date[^2] - '0') * 10) + date[^1] - '0';
            if (day > 60) day -= 60;
            if (month is >= 1 and <= 12 && day is >= 1 and <= 31) return true;
        }

        return false;
    }

    [GeneratedRegex(@"(?<![\p{L}\d])(?<date>(19|20)?\d{6})[-+ ]?(\p{Lu}\d{3}|\p{Lu}{2}\d{2})(?![\p{L}\d])",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Pattern();
}
