using System.Text.RegularExpressions;

namespace Analys.Load.Screening;

/// <summary>E-mail addresses and Swedish telephone numbers.</summary>
internal static partial class ContactDetails
{
    /// <summary>Whether a text has an e-mail address in it.</summary>
    public static bool IsEmail(string text) => (text.Contains('@', StringComparison.Ordinal) && Email().IsMatch(text))
        || (text.AsSpan().IndexOfAny("([{") > 0 && HiddenEmail().IsMatch(text));

    /// <summary>Whether a text has a telephone number in it.</summary>
    public static bool IsPhone(string text) => text.Length >= 8 && Phone().IsMatch(text);

    [GeneratedRegex(@"[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Email();

    // anna(at)example.se, anna [snabel-a] example.se.
    [GeneratedRegex(@"[\p{L}\p{N}._%+-]+ ?[(\[{](at|a|snabel-?a)[)\]}] ?[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex HiddenEmail();

    // +46 or 0046 with a number in any grouping; or 0, an area code, a separator, and five to eight digits in groups; or a mobile number
    // in one piece.
    [GeneratedRegex(
        @"(?<![\d-])(\+|00)46[ -]?(\(0\))?[ -]?\d{1,3}[ /-]?\d{2,4}([ -]?\d{2,3}){1,3}(?![\d-])"
            + @"|(?<![\p{L}\d.,-])0\d{1,3}[ /-](?=(\d[ -]?){5,8}(?!\d))\d{2,4}([ -]?\d{2,3}){1,3}(?![\d-])"
            + @"|(?<!\d)07\d{8}(?!\d)",
        RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Phone();
}
