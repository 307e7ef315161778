using System.Globalization;

namespace Analys.Load.Undescribed;

/// <summary>What stands around the numbers of a column: a unit or the mark of a footnote.</summary>
[Flags]
internal enum Affixes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A percent sign, or the word.</summary>
    Percent = 1,

    /// <summary>A sign of thousandths.</summary>
    PerMille = 2,

    /// <summary>Kronor.</summary>
    Kronor = 4,

    /// <summary>Thousands of kronor.</summary>
    ThousandKronor = 8,

    /// <summary>Millions of kronor.</summary>
    MillionKronor = 16,

    /// <summary>Another currency.</summary>
    Currency = 32,

    /// <summary>The word for pieces.</summary>
    Pieces = 64,

    /// <summary>The mark of a footnote.</summary>
    Footnote = 128,

    /// <summary>All units.</summary>
    Units = Percent | PerMille | Kronor | ThousandKronor | MillionKronor | Currency | Pieces,
}

/// <summary>Takes units and footnote marks off a number: <c>12,5 %</c>, <c>1 234 kr</c>, <c>SEK 5</c>, <c>123*</c>, <c>123¹</c>, <c>123
/// a)</c>.</summary>
/// <remarks>Only what can be nothing else: <c>1231)</c> may be 123 with a footnote or 1231 with a bracket, so it stays as it is.</remarks>
internal static class NumberAffix
{
    private static readonly (string Text, Affixes Kind)[] Units =
    [
        ("%", Affixes.Percent), ("procent", Affixes.Percent), ("percent", Affixes.Percent), ("‰", Affixes.PerMille),
            ("promille", Affixes.PerMille),
        ("tkr", Affixes.ThousandKronor), ("tkr.", Affixes.ThousandKronor), ("t kr", Affixes.ThousandKronor),
            ("tsek", Affixes.ThousandKronor),
        ("ksek", Affixes.ThousandKronor), ("tusen kronor", Affixes.ThousandKronor), ("tusen kr", Affixes.ThousandKronor),
        ("mkr", Affixes.MillionKronor), ("mnkr", Affixes.MillionKronor), ("mnkr.", Affixes.MillionKronor), ("mn kr", Affixes.MillionKronor),
        ("msek", Affixes.MillionKronor), ("miljoner kronor", Affixes.MillionKronor), ("miljoner kr", Affixes.MillionKronor),
        ("kr", Affixes.Kronor), ("kr.", Affixes.Kronor), ("kronor", Affixes.Kronor), ("sek", Affixes.Kronor), (":-", Affixes.Kronor),
        (",-", Affixes.Kronor), ("€", Affixes.Currency), ("eur", Affixes.Currency), ("$", Affixes.Currency), ("usd", Affixes.Currency),
        ("st", Affixes.Pieces), ("st.", Affixes.Pieces),
    ];

    /// <summary>A number without what stands around it, and what that was; the text itself where there is nothing known.</summary>
    public static ReadOnlySpan<char> Strip(ReadOnlySpan<char> text, out Affixes found)
    {
        found = Affixes.None;
        text = text.Trim();
        // Words without a digit are no number, whatever is taken off.
        if (!text.ContainsAnyInRange('0', '9')
            || (char.IsAsciiDigit(text[^1]) && (char.IsAsciiDigit(text[0]) || text[0] is '-' or '+' or '−' or '.' or ','))) return text;
        var rest = WithoutFootnote(text);
        if (rest.Length < text.Length) found |= Affixes.Footnote;
        rest = WithoutUnit(rest, ref found);
        // 12*% and 12 %* both occur.
        if ((found & Affixes.Footnote) == 0 && WithoutFootnote(rest) is var bare && bare.Length < rest.Length)
        {
            found |= Affixes.Footnote;
            rest = bare;
        }

        if (rest.IsEmpty || !char.IsAsciiDigit(rest[^1]))
        {
            found = Affixes.None;
            return text;
        }

        return rest;
    }

    /// <summary>What is said of a column whose numbers were freed of these.</summary>
    public static string Words(Affixes affixes)
    {
        var said = new List<string>();
        if ((affixes & Affixes.Percent) != 0) said.Add("percent signs were taken off: the numbers are percent, not shares of one");
        if ((affixes & Affixes.PerMille) != 0) said.Add("signs of thousandths were taken off: the numbers are per mille");
        if ((affixes & Affixes.Kronor) != 0) said.Add("the unit was taken off: the numbers are kronor");
        if ((affixes & Affixes.ThousandKronor) != 0) said.Add("thousands of kronor were multiplied by 1000: the numbers are kronor");
        if ((affixes & Affixes.MillionKronor) != 0) said.Add("millions of kronor were multiplied by 1000000: the numbers are kronor");
        if ((affixes & (Affixes.Currency | Affixes.Pieces)) != 0) said.Add("the unit was taken off");
        if ((affixes & Affixes.Footnote) != 0) said.Add("marks of footnotes behind numbers were taken off");
        return string.Join("; ", said);
    }

    /// <summary>The unit of such a column, as a schema has it; null where it is none.</summary>
    public static string? Unit(Affixes affixes) => (affixes & Affixes.Units) switch
    {
        Affixes.Percent => "percent",
        Affixes.Kronor or Affixes.ThousandKronor or Affixes.MillionKronor => "kr",
        _ => null,
    };

    /// <summary>What the numbers of such a column are multiplied by.</summary>
    public static double Scale(Affixes affixes) => (affixes & Affixes.Units) switch
    {
        Affixes.ThousandKronor => 1e3,
        Affixes.MillionKronor => 1e6,
        _ => 1,
    };

    private static ReadOnlySpan<char> WithoutUnit(ReadOnlySpan<char> text, scoped ref Affixes found)
    {
        var (longest, kind, leads) = (0, Affixes.None, false);
        foreach (var (unit, one) in Units)
        {
            if (unit.Length <= longest) continue;
            if (text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)) (longest, kind, leads) = (unit.Length, one, false);
            else if (char.IsLetter(unit[0]) || unit is "€" or "$")
            {
                if (text.StartsWith(unit, StringComparison.OrdinalIgnoreCase)) (longest, kind, leads) = (unit.Length, one, true);
            }
        }

        found |= kind;
        return leads ? text[longest..].Trim() : text[..^longest].Trim();
    }

    private static ReadOnlySpan<char> WithoutFootnote(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return text;
        var end = text.Length;
        while (end > 0 && (text[end - 1] is '*' or '†' or '‡' or '§' or '⁾'
            || CharUnicodeInfo.GetUnicodeCategory(text[end - 1]) == UnicodeCategory.OtherNumber
                && char.GetNumericValue(text[end - 1]) is >= 0 and <= 9
            || text[end - 1] is >= 'ᵃ' and <= 'ᶻ')) end--;
        if (end < text.Length) return text[..end].TrimEnd();
        if (text[^1] is not (')' or ']')) return text;
        // a) and (a) behind a number, 1) behind a space, (1) and [1] anywhere: never two digits in round brackets, which may be a share.
        var open = text.LastIndexOfAny('(', '[');
        var close = text.Length - 1;
        var start = close;
        while (start > 0 && char.IsAsciiLetterOrDigit(text[start - 1]) && close - start < 2) start--;
        var mark = text[start..close];
        if (mark.IsEmpty) return text;
        var letter = mark.Length == 1 && char.IsAsciiLetter(mark[0]);
        var digits = !mark.ContainsAnyExceptInRange('0', '9');
        if (open >= 0 && open == start - 1)
            return letter || (digits && (mark.Length == 1 || text[open] == '[')) ? text[..open].TrimEnd() : text;
        if (text[^1] == ']' || start == 0) return text;
        return letter || (digits && char.IsWhiteSpace(text[start - 1])) ? text[..start].TrimEnd() : text;
    }
}
