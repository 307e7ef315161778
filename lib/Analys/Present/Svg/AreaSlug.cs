using System.Globalization;
using System.Text;

namespace Analys.Present.Svg;

/// <summary>An area's name as a part of an address: <c>Enskede-Årsta-Vantör</c> is <c>enskede-arsta-vantor</c>.</summary>
internal static class AreaSlug
{
    /// <summary>The name in small ASCII letters, digits and hyphens; names of other letters by the numbers of their characters.</summary>
    /// <param name="area">The name or code.</param>
    public static string Of(string area)
    {
        var slug = new StringBuilder(area.Length);
        // Half a pair of surrogates is no letter; without this the name could not be taken apart.
        var whole = string.Concat(area.EnumerateRunes().Select(rune => rune.ToString()));
        foreach (var c in whole.Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(c)) slug.Append(char.ToLowerInvariant(c));
            else if (char.IsLetterOrDigit(c)) slug.Append(((int)c).ToString("x", CultureInfo.InvariantCulture));
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && slug.Length > 0
                && slug[^1] != '-') slug.Append('-');
        }

        return slug.ToString().Trim('-') is { Length: > 0 } text ? text : "x";
    }
}
