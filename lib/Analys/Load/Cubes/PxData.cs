using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;

namespace Analys.Load.Cubes;

/// <summary>Reads the cells of a PX file: numbers, marks of one to seven dots and dashes, with or without keys before each row.</summary>
/// <remarks>
/// A row of keys that is absent leaves its cells without a value, not zero. A semicolon may end every line. The marks by dots:
/// one to six are DATASYMBOL1–6, seven DATASYMBOLSUM, a dash DATASYMBOLNIL.
/// </remarks>
internal static class PxData
{
    private static readonly SearchValues<char> Between = SearchValues.Create(" \t\r\n,;");
    private static readonly SearchValues<char> Ends = SearchValues.Create(" \t\r\n,;\"");

    public const byte Nil = 7;
    public const byte Sum = 8;
    public const byte Absent = 9;

    /// <summary>Reads data without keys; false where the cells are not as many as they should be.</summary>
    public static bool Read(ReadOnlySpan<char> text, double[] values, byte[] symbols)
    {
        var cell = 0;
        while (Next(ref text, out var token, out _))
        {
            if (cell == values.Length || !Set(token, values, symbols, cell)) return false;
            cell++;
        }

        return cell == values.Length;
    }

    /// <summary>Reads data with keys: <paramref name="find"/> gives the first cell of a row by its keys, −1 for unknown ones.</summary>
    public static bool ReadKeyed(ReadOnlySpan<char> text, int keys, int perRow, Func<string[], int> find, double[] values, byte[] symbols)
    {
        Array.Fill(values, double.NaN);
        Array.Fill(symbols, Absent);
        var key = new string[keys];
        while (true)
        {
            for (var i = 0; i < keys; i++)
            {
                if (!Next(ref text, out var token, out _)) return i == 0;
                key[i] = token.ToString();
            }

            var first = find(key);
            if (first < 0) return false;
            for (var i = 0; i < perRow; i++)
            {
                if (!Next(ref text, out var token, out _) || !Set(token, values, symbols, first + i)) return false;
            }
        }
    }

    private static bool Set(ReadOnlySpan<char> token, double[] values, byte[] symbols, int cell)
    {
        symbols[cell] = 0;
        token = token.Trim();
        if (token is "-")
        {
            symbols[cell] = Nil;
        }
        else if (token.Length is > 0 and <= 7 && token.IndexOfAnyExcept('.') < 0)
        {
            symbols[cell] = token.Length == 7 ? Sum : (byte)token.Length;
        }
        else if (token.Length == 0)
        {
            symbols[cell] = Absent;
        }
        else
        {
            return double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out values[cell])
                && double.IsFinite(values[cell]);
        }

        values[cell] = double.NaN;
        return true;
    }

    private static bool Next(ref ReadOnlySpan<char> text, out ReadOnlySpan<char> token, out bool quoted)
    {
        var start = text.IndexOfAnyExcept(Between);
        token = default;
        quoted = false;
        if (start < 0) return false;
        text = text[start..];
        if (text[0] == '"')
        {
            quoted = true;
            var close = text[1..].IndexOf('"');
            if (close < 0) close = text.Length - 1;
            token = text.Slice(1, Math.Min(close, text.Length - 1));
            text = text[Math.Min(text.Length, close + 2)..];
            return true;
        }

        var end = text.IndexOfAny(Ends);
        if (end < 0) end = text.Length;
        token = text[..end];
        text = text[end..];
        return true;
    }
}

/// <summary>What the symbols of a PX file mean: by the words of DATASYMBOL where it has them, else by the usage of Statistics
/// Sweden.</summary>
internal sealed class PxMarks
{
    private readonly Mark[] marks = new Mark[10];

    public PxMarks(IReadOnlyList<PxKeyword> keywords)
    {
        for (var symbol = 1; symbol <= 6; symbol++)
        {
            var words = keywords.FirstOrDefault(keyword => keyword.Name == $"DATASYMBOL{symbol}" && keyword.Language is null)?.Text ?? "";
            marks[symbol] = Of(words) ?? (symbol == 1 ? Mark.NotApplicable : Mark.NotAvailable);
        }

        marks[PxData.Nil] = Mark.Nil;
        marks[PxData.Sum] = Mark.NotAvailable;
        marks[PxData.Absent] = Mark.Missing;
    }

    public Mark[]? Of(byte[] symbols) =>
        symbols.AsSpan().IndexOfAnyExcept((byte)0) < 0 ? null : [.. symbols.Select(symbol => marks[symbol])];

    private static Mark? Of(string words)
    {
        bool Has(params ReadOnlySpan<string> parts)
        {
            foreach (var part in parts)
            {
                if (words.Contains(part, StringComparison.OrdinalIgnoreCase)) return true;
            }

            return false;
        }

        if (Has("sekret", "secret", "confiden", "skydda", "suppress", "classified")) return Mark.Suppressed;
        if (Has("ej förekomma", "inte förekomma", "not applicable", "not relevant", "logically")) return Mark.NotApplicable;
        return Has("not available", "n.a.", "tillgänglig", "saknas", "unknown", "okän", "osäker", "too uncertain") ? Mark.NotAvailable
            : null;
    }
}

/// <summary>HIERARCHIES: the top, and then pairs <c>"parent":"child"</c>.</summary>
internal static class PxHierarchy
{
    public static ImmutableDictionary<string, ImmutableArray<string>> Read(PxKeyword? keyword)
    {
        var children = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (var item in keyword?.Values ?? [])
        {
            // A pair is kept with its quotes, so that a colon in a value is no separator.
            if (item.Quoted || item.Text.Split("\":\"") is not [var parent, var child]) continue;
            parent = parent[1..];
            children[parent] = children.GetValueOrDefault(parent, []).Add(child[..^1]);
        }

        return children.ToImmutableDictionary();
    }
}

/// <summary>Keywords that are read but do not fit the table: findings, save where a unit would be lost.</summary>
internal sealed class PxChecks(List<PxKeyword> keywords, ImmutableArray<CubeDimension> dimensions, Action<bool, string, int?,
    string> report)
{
    private static readonly string[] OfVariable =
        ["DOMAIN", "DOUBLECOLUMN", "PRESTEXT", "MAP", "ELIMINATION", "NOTE", "NOTEX", "TIMEVAL", "CODES", "VARIABLE-TYPE", "HIERARCHIES",
            "HIERARCHYLEVELS", "HIERARCHYNAMES", "KEYS", "PARTITIONED", "VARIABLECODE", "META-ID"];

    private static readonly string[] OfContent =
        ["UNITS", "LAST-UPDATED", "STOCKFA", "CONTACT", "REFPERIOD", "BASEPERIOD", "CFPRICES", "DAYADJ", "SEASADJ", "NEXT-UPDATE"];

    private static readonly string[] Flags =
        ["AGGREGALLOWED", "AUTOPEN", "COPYRIGHT", "DESCRIPTIONDEFAULT", "OFFICIAL-STATISTICS", "DAYADJ", "SEASADJ", "DOUBLECOLUMN"];

    public void Run()
    {
        var content = dimensions.FirstOrDefault(dimension => dimension.Role == CubeRole.Metric);
        foreach (var keyword in keywords.Where(keyword => keyword.Language is null))
        {
            if (OfVariable.Contains(keyword.Name) && keyword.Subkeys.Length > 0 && Find(keyword.Subkeys[0]) is null)
                Report(keyword, "a variable of STUB or HEADING");
            if (OfContent.Contains(keyword.Name) && keyword.Subkeys.Length > 0 && content is not null
                && !Knows(content, keyword.Subkeys[0]))
            {
                // A value of the content variable would have no unit.
                report(keyword.Name == "UNITS", keyword.Name, keyword.Line, "a value of the content variable");
            }

            if (keyword.Name is "VALUENOTE" or "VALUENOTEX" or "PRECISION"
                && !(keyword.Subkeys.Length == 2 && Find(keyword.Subkeys[0]) is { } dimension && Knows(dimension, keyword.Subkeys[1])))
                Report(keyword, "a variable and one of its values");
            if (keyword.Name is "CELLNOTE" or "CELLNOTEX" or "DATANOTECELL" && !FitsCell(keyword))
                Report(keyword, "a value or * for each variable");
            if (Flags.Contains(keyword.Name) && keyword.Text is not ("YES" or "NO")) Report(keyword, "YES or NO");
            if (keyword.Name is "DECIMALS" or "SHOWDECIMALS" && Number(keyword) is not (>= 0 and <= 15))
                Report(keyword, "a number from 0 to 15");
        }

        var decimals = Single("DECIMALS");
        if (Single("SHOWDECIMALS") is { } shown && Number(shown) is { } show && decimals is not null && Number(decimals) is { } stored
            && show > stored && show <= 15) Report(shown, "no more decimals than DECIMALS");
        if (Single("DESCRIPTIONDEFAULT") is { Text: "YES" } flag && Single("DESCRIPTION") is null) Report(flag, "a description");
    }

    // Cell notes name values by text, data notes by code; sources use both. The order is STUB and HEADING's.
    private bool FitsCell(PxKeyword keyword) => keyword.Subkeys.Length == dimensions.Length
        && keyword.Subkeys.Select((key, i) => key == "*" || Knows(dimensions[i], key)).All(fits => fits);

    private CubeDimension? Find(string name) => dimensions.FirstOrDefault(dimension => dimension.Id == name);

    private PxKeyword? Single(string name) =>
        keywords.FirstOrDefault(keyword => keyword.Name == name && keyword.Language is null && keyword.Subkeys.IsEmpty);

    private static bool Knows(CubeDimension dimension, string value) => dimension.Labels.Contains(value) || dimension.Codes.Contains(value);

    private static int? Number(PxKeyword keyword) =>
        int.TryParse(keyword.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private void Report(PxKeyword keyword, string expected) => report(false, keyword.Name, keyword.Line, expected);
}
