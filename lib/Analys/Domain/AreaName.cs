using System.Globalization;
using System.Text;

namespace Analys.Domain;

/// <summary>Area names as sources write them: NFD letters, spaces round dashes, upper case, footnote digits, genitives.</summary>
/// <remarks>Names are compared only where a source has no codes; join by code wherever there is one.</remarks>
public static class AreaName
{
    private static readonly CultureInfo Swedish = CultureInfo.GetCultureInfo("sv-SE");

    /// <summary>The name with composed letters, plain hyphens, single spaces and no footnote digits at its end.</summary>
    /// <param name="name">The name as the source writes it.</param>
    public static string Clean(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var text = new StringBuilder(name.Length);
        foreach (var c in WellFormed(name).Normalize(NormalizationForm.FormC))
        {
            if (c is '–' or '—' or '‐' or '‑' or '-')
            {
                while (text.Length > 0 && text[^1] == ' ') text.Length--;
                text.Append('-');
            }
            else if (char.IsWhiteSpace(c))
            {
                if (text.Length > 0 && text[^1] is not (' ' or '-')) text.Append(' ');
            }
            else
            {
                text.Append(c);
            }
        }

        var clean = text.ToString().TrimEnd();
        var end = clean.TrimEnd("0123456789¹²³⁴⁵⁶⁷⁸⁹*)".ToCharArray());
        return end.Length > 0 && char.IsLetter(end[^1]) ? end : clean;
    }

    // Half a surrogate pair, as a broken export has it, cannot be normalised: it becomes U+FFFD.
    private static string WellFormed(string name) =>
        name.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? name : string.Concat(name.EnumerateRunes());

    /// <summary>The form in which two spellings of one name are equal.</summary>
    /// <param name="name">The name as the source writes it.</param>
    public static string Key(string name)
    {
        var key = Clean(name).ToLower(Swedish);
        foreach (var ending in (ReadOnlySpan<string>)["s stadsdelsområde", " stadsdelsområde", "s stadsdelsnämnd", " stadsdelsnämnd", "s sdn", " sdn", "s sdo", " sdo"])
        {
            if (key.EndsWith(ending, StringComparison.Ordinal)) return key[..^ending.Length];
        }

        return key;
    }
}
