using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Analys.Load.Screening;

/// <summary>Swedish personal identity numbers and co-ordination numbers, from their digits alone, however they are written.</summary>
/// <remarks>
/// Ten digits (YYMMDDNNNC) or twelve (with century); the day of a co-ordination number is raised by 60 (and may then be unknown, 60, as
/// may its month, 00); the last digit is Luhn's over the ten. A number of seven to nine digits is one whose leading zeros a spreadsheet
/// has eaten: children born 2000–2009. Swedish: <i>personnummer</i>, <i>samordningsnummer</i>. Source: Folkbokföringslag (1991:481) 18
/// §, Skatteverket SKV 704.
/// </remarks>
internal static class PersonalNumber
{
    private static readonly long[] Powers = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
        10_000_000_000];

    /// <summary>Numbers below this have too few digits, whatever zeros were eaten.</summary>
    public const long Least = 1_000_000;

    /// <summary>What a whole number looks like.</summary>
    public static NumberLook Look(long number)
    {
        if (number < Least) return NumberLook.Other;
        var century = number / Powers[10];
        if (century is not (0 or 18 or 19 or 20)) return NumberLook.Long;
        var ten = number % Powers[10];
        var look = century == 0 && number < Powers[9] ? NumberLook.Short : NumberLook.Full;
        if (!IsDate((int)(ten / Powers[4]))) return look;
        if (ten % Powers[4] == 0) return look | NumberLook.Cut;
        look |= NumberLook.Dated;
        // Years of this century with an hour and a minute behind the date: most are times of the clock.
        if (century == 20 && ten % Powers[4] / 100 < 24 && ten % 100 < 60) look |= NumberLook.Clock;
        return HasCheckDigit(ten) ? look | NumberLook.Valid : look;
    }

    /// <summary>Whether a text has such a number, whole and with a right check digit, anywhere in it: for a header, a name, a note, each
    /// on its own.</summary>
    public static bool IsIn(string text)
    {
        if (!DigitText.HasEnoughDigits(text)) return false;
        foreach (var run in DigitText.Runs(text))
        {
            if ((run.Look & NumberLook.Valid) != 0 && (run.Look & NumberLook.Full) != 0 && (run.Look & NumberLook.Clock) == 0) return true;
        }

        return false;
    }

    private static bool IsDate(int yearMonthDay) => Tables.Dates[yearMonthDay % 10_000];

    private static bool HasCheckDigit(long ten)
    {
        var (high, low) = Math.DivRem((ulong)ten, 10_000UL);
        var (highest, middle) = Math.DivRem(high, 10_000UL);
        return (Tables.Digits[low] + Tables.Digits[middle] + Tables.Digits[highest]) % 10 == 0;
    }

    // Four digits at a time, for every number of a file is looked at; made when the first is.
    private static class Tables
    {
        public static readonly bool[] Dates = [.. Enumerable.Range(0, 10_000).Select(IsMonthAndDay)];
        public static readonly byte[] Digits = [.. Enumerable.Range(0, 10_000).Select(DigitSum)];

        private static bool IsMonthAndDay(int monthDay)
        {
            var (month, day) = (monthDay / 100, monthDay % 100);
            if (day >= 60)
            {
                day -= 60;
                if (month > 12) return false;
                return day <= (month == 2 ? 29 : month is 4 or 6 or 9 or 11 ? 30 : 31);
            }

            return month is >= 1 and <= 12 && day >= 1 && day <= (month == 2 ? 29 : month is 4 or 6 or 9 or 11 ? 30 : 31);
        }

        // Each second digit from the right counts twice, by the sum of its own digits.
        private static byte DigitSum(int four)
        {
            var sum = 0;
            for (var i = 0; i < 4; i++, four /= 10)
            {
                var term = four % 10 * (1 + (i % 2));
                sum += term > 9 ? term - 9 : term;
            }

            return (byte)sum;
        }
    }
}

/// <summary>What a number looks like, as far as persons go.</summary>
[Flags]
internal enum NumberLook
{
    /// <summary>Nothing of the kind.</summary>
    Other = 0,

    /// <summary>Ten digits, or twelve with a century.</summary>
    Full = 1,

    /// <summary>Seven to nine digits: leading zeros may be lost.</summary>
    Short = 2,

    /// <summary>More digits, or another century.</summary>
    Long = 4,

    /// <summary>The first six are a date of birth.</summary>
    Dated = 8,

    /// <summary>The check digit is right, too.</summary>
    Valid = 16,

    /// <summary>A date and four zeros: what a spreadsheet leaves of a number as 8.50101E+09.</summary>
    Cut = 32,

    /// <summary>It may be a time: a date of this century, an hour and a minute.</summary>
    Clock = 64,
}

/// <summary>The numbers in a text, whatever dashes, spaces and digits it is written with.</summary>
internal static class DigitText
{
    private const int Fewest = 7;

    /// <summary>A number in a text.</summary>
    /// <param name="Look">What it looks like.</param>
    /// <param name="Number">The number itself, where the text is nothing else.</param>
    /// <param name="IsWhole">Whether the text is that number and nothing else, without a mark between its digits.</param>
    internal readonly record struct Run(NumberLook Look, bool IsWhole, long Number = 0);

    /// <summary>A quick look before the careful one.</summary>
    public static bool HasEnoughDigits(string text)
    {
        var digits = 0;
        foreach (var c in text)
        {
            if (c is >= '0' and <= '9' || (c > 127 && char.IsDigit(c))) digits++;
            if (digits == Fewest - 1) return true;
        }

        return false;
    }

    /// <summary>The numbers of a text that could be a person's.</summary>
    public static IEnumerable<Run> Runs(string text)
    {
        var plain = Plain(text);
        var bare = plain.Trim().Trim('\'', '"', '=', '(', ')').Trim();
        if (Whole(bare) is { } number)
        {
            var look = PersonalNumber.Look(number);
            // Ten digits with their zeros: nothing is lost.
            if (bare.Length == 10 && (look & NumberLook.Short) != 0
                && bare.All(char.IsAsciiDigit)) look = (look & ~NumberLook.Short) | NumberLook.Full;
            yield return new Run(look, true, number);
            yield break;
        }

        for (var start = 0; start < plain.Length;)
        {
            if (!char.IsAsciiDigit(plain[start]))
            {
                start++;
                continue;
            }

            var groups = Groups(plain, start, out var end);
            // Hashes and codes have digits between letters; SE and pnr before a number are no code.
            if (groups.Count > 0 && MayBegin(plain, start) && (end == plain.Length || !char.IsLetterOrDigit(plain[end])))
            {
                foreach (var look in Candidates(groups)) yield return new Run(look, false);
            }

            start = end;
        }
    }

    // Dashes, spaces and digits of every script become those of the keyboard; signs without width go.
    internal static string Plain(string text)
    {
        if (Ascii.IsValid(text)) return text;
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c < 128) plain.Append(c);
            else if (char.IsDigit(c)) plain.Append((char)('0' + (int)char.GetNumericValue(c)));
            else if (char.GetUnicodeCategory(c) is UnicodeCategory.DashPunctuation || c is '\u2212' or '\u00AD') plain.Append('-');
            else if (char.GetUnicodeCategory(c) is UnicodeCategory.SpaceSeparator) plain.Append(' ');
            else if (c == '\uFF0B') plain.Append('+');
            else if (char.GetUnicodeCategory(c) is not UnicodeCategory.Format) plain.Append(c);
        }

        return plain.ToString();
    }

    // A number as a spreadsheet writes it: digits, a decimal part of zeros, an exponent, or groups of three.
    private static long? Whole(string text)
    {
        if (text.Length is < Fewest or > 24) return null;
        if (text.All(char.IsAsciiDigit)) return text.Length <= 12 && long.TryParse(text, NumberStyles.None,
            CultureInfo.InvariantCulture, out var digits) ? digits : null;
        if (text.Any(c => !char.IsAsciiDigit(c) && c is not ('.' or ',' or ' ' or 'E' or 'e' or '+'))) return null;
        var point = text.Replace(',', '.');
        if (point.Count(c => c == '.') <= 1 && !point.Contains(' ', StringComparison.Ordinal) && point.AsSpan().IndexOfAny('.', 'E',
            'e') > 0
            && double.TryParse(point, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture,
                out var value))
        {
            return value == Math.Floor(value) && value is >= PersonalNumber.Least and < 1e13 ? (long)value : null;
        }

        var parts = text.Split(' ', '.', ',');
        if (parts is not [{ Length: >= 1 and <= 3 }, .. { Length: > 1 } rest] || rest.Any(part => part.Length != 3) || parts.Any(part =>
            !part.All(char.IsAsciiDigit))) return null;
        return long.TryParse(string.Concat(parts), NumberStyles.None, CultureInfo.InvariantCulture, out var grouped)
            && grouped < 10_000_000_000_000 ? grouped : null;
    }

    private static bool MayBegin(string text, int start)
    {
        if (start > 0 && text[start - 1] is '.' or ',' or '+' && start > 1 && char.IsAsciiDigit(text[start - 2])) return false;
        var letters = 0;
        while (start - letters > 0 && char.IsLetter(text[start - 1 - letters])) letters++;
        return letters <= 3 && (start == letters || !char.IsLetterOrDigit(text[start - letters - 1]));
    }

    // Digits that stand together but for a mark and its spaces.
    private static List<string> Groups(string text, int start, out int end)
    {
        var groups = new List<string>();
        end = start;
        for (var at = start; ;)
        {
            var digits = at;
            while (digits < text.Length && char.IsAsciiDigit(text[digits])) digits++;
            groups.Add(text[at..digits]);
            end = digits;
            var mark = digits;
            while (mark < text.Length && mark - digits < 3 && text[mark] is '-' or '+' or ' ' or '.' or '/' or '_' or '*' or ':') mark++;
            if (mark == digits || mark == text.Length || !char.IsAsciiDigit(text[mark])) return groups;
            // Behind a colon two digits are minutes.
            if (text.AsSpan(digits, mark - digits).Contains(':') && Digits(text, mark) != 4) return groups;
            at = mark;
        }
    }

    private static int Digits(string text, int at)
    {
        var end = at;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        return end - at;
    }

    // Ten or twelve digits in groups that follow each other and end with four (or two and two), none of them cut.
    private static IEnumerable<NumberLook> Candidates(List<string> groups)
    {
        // A date that has lost its zeros before the mark: 41005-3847 is of 2004.
        if (groups is [{ Length: >= 3 and <= 5 } date, { Length: 4 } rest] && PersonalNumber.Look(long.Parse(date + rest,
            CultureInfo.InvariantCulture)) is var lost && (lost & NumberLook.Dated) != 0) yield return lost;
        for (var first = 0; first < groups.Count; first++)
        {
            var digits = "";
            for (var last = first; last < groups.Count && digits.Length < 12; last++)
            {
                digits += groups[last];
                if (digits.Length is not (10 or 12) || !EndsRight(groups, first, last)) continue;
                if (PersonalNumber.Look(long.Parse(digits, CultureInfo.InvariantCulture)) is var look
                    && digits.Length == 10) look = look == NumberLook.Other ? look : (look & ~NumberLook.Short) | NumberLook.Full;
                if ((look & NumberLook.Dated) != 0) yield return look;
            }
        }
    }

    private static bool EndsRight(List<string> groups, int first, int last)
    {
        if (first == last || groups[last].Length is 4 or > 4) return true;
        return last - first >= 4 && groups[last].Length == 2 && groups[last - 1].Length == 2;
    }
}

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
