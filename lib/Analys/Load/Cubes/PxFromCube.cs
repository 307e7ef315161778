using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Analys.Load.Cubes;

/// <summary>A cube of another format as a PX table: keywords and symbols that tell the same when they are read.</summary>
/// <remarks>
/// What PX has no place for is left out: the text of a status (its mark is kept), and units of dimensions other than the content's. A
/// quotation
/// mark within a text becomes an apostrophe, since PX has no way to write it.
/// </remarks>
internal static partial class PxFromCube
{
    // Marks that have no symbol of their own in PX get one whose words say what they are.
    private const string Suppressed = "Sekretess, confidential";

    /// <summary>The table.</summary>
    /// <param name="cube">The cube.</param>
    public static PxTable Of(Cube cube)
    {
        ArgumentNullException.ThrowIfNull(cube);
        var names = Names(cube);
        var keywords = new List<PxKeyword>();
        void Add(string name, IEnumerable<string> subkeys, params IEnumerable<PxItem> values) =>
            keywords.Add(new PxKeyword(name, null, [.. subkeys.Select(Clean)], [.. values], 0));

        Add("CHARSET", [], Text("ANSI"));
        Add("AXIS-VERSION", [], Text("2013"));
        Add("CODEPAGE", [], Text("utf-8"));
        Add("DECIMALS", [], Bare(Decimals(cube).ToString(CultureInfo.InvariantCulture)));
        Add("MATRIX", [], Text(cube.TableId ?? "TABELL"));
        if (cube.TableId is not null) Add("TABLEID", [], Text(cube.TableId));
        Add("SUBJECT-CODE", [], Text("-"));
        Add("SUBJECT-AREA", [], Text("-"));
        Add("TITLE", [], Text(cube.Title ?? "-"));
        Add("CONTENTS", [], Text(cube.Title ?? "-"));
        Add("UNITS", [], Text(cube.Unit ?? "-"));
        if (names.Length > 1) Add("STUB", [], names[..^1].Select(Text));
        Add("HEADING", [], Text(names[^1]));
        for (var i = 0; i < names.Length; i++) AddVariable(keywords, cube.Dimensions[i], names[i]);
        if (cube.Updated is not null) Add("LAST-UPDATED", [], Text(cube.Updated));
        if (cube.Source is not null) Add("SOURCE", [], Text(cube.Source));
        if (cube.Marks?.Contains(Mark.Suppressed) == true) Add("DATASYMBOL4", [], Text(Suppressed));
        foreach (var note in cube.Notes) AddNote(keywords, cube, names, note);
        return new PxTable([.. keywords], cube,
            [.. Enumerable.Range(0, cube.Values.Length).Select(cell => (byte)Symbol(cube.MarkAt(cell)))], [], "");
    }

    private static void AddVariable(List<PxKeyword> keywords, CubeDimension dimension, string name)
    {
        void Put(string keyword, IEnumerable<string> subkeys, IEnumerable<PxItem> values) =>
            keywords.Add(new PxKeyword(keyword, null, [.. subkeys.Select(Clean)], [.. values], 0));

        Put("VALUES", [name], dimension.Labels.Select(Text));
        if (dimension.HasCodes) Put("CODES", [name], dimension.Codes.Select(Text));
        switch (dimension.Role)
        {
            case CubeRole.Time:
                Put("TIMEVAL", [name], dimension.Codes.Select(Text).Prepend(Bare($"TLIST({Frequency(dimension.Codes[0])}1)")));
                break;
            case CubeRole.Geography:
                Put("VARIABLE-TYPE", [name], [Text("Geographical")]);
                break;
            case CubeRole.Metric:
                Put("CONTVARIABLE", [], [Text(name)]);
                for (var i = 0; i < dimension.Count; i++)
                    Put("UNITS", [dimension.Labels[i]], [Text(dimension.Units.GetValueOrDefault(dimension.Codes[i])?.Label ?? "-")]);
                break;
        }

        if (dimension.Children.IsEmpty) return;
        var below = dimension.Children.Values.SelectMany(children => children).ToHashSet(StringComparer.Ordinal);
        var tops = dimension.Codes.Where(code => dimension.Children.ContainsKey(code) && !below.Contains(code));
        Put("HIERARCHIES", [name], [.. tops.Select(Text), .. dimension.Codes.Where(dimension.Children.ContainsKey)
            .SelectMany(parent => dimension.Children[parent].Select(child => Bare($"\"{Clean(parent)}\":\"{Clean(child)}\"")))]);
    }

    private static void AddNote(List<PxKeyword> keywords, Cube cube, ImmutableArray<string> names, CubeNote note)
    {
        var place = note.Dimension is null ? -1 : cube.Dimensions.ToList().FindIndex(dimension => dimension.Id == note.Dimension);
        string[] subkeys = !note.Cell.IsEmpty ? [.. note.Cell]
            : note.Dimension is null ? []
            : place < 0 ? [note.Dimension, .. note.Category is { } unknown ? new[] { unknown } : []]
            : note.Category is { } category ? [names[place], Label(cube.Dimensions[place], category)] : [names[place]];
        var kind = !note.Cell.IsEmpty ? "CELLNOTE" : note.Category is not null ? "VALUENOTE" : "NOTE";
        keywords.Add(new PxKeyword(note.Mandatory ? kind + "X" : kind, null, [.. subkeys.Select(Clean)],
            [Text(note.Text.ReplaceLineEndings("#"))], 0));
    }

    // PX names the value of a note by its words.
    private static string Label(CubeDimension dimension, string category) =>
        dimension.Codes.IndexOf(category) is >= 0 and var at ? dimension.Labels[at] : category;

    // A variable is called by the words that readers see, where they tell it from the others.
    private static ImmutableArray<string> Names(Cube cube)
    {
        var labels = cube.Dimensions.Select(dimension => dimension.Label).ToImmutableArray();
        return labels.Distinct(StringComparer.Ordinal).Count() == labels.Length && labels.All(label => label.Length > 0)
            ? labels : [.. cube.Dimensions.Select(dimension => dimension.Id)];
    }

    private static PxSymbol Symbol(Mark mark) => mark switch
    {
        Mark.None => PxSymbol.None,
        Mark.Nil => PxSymbol.Nil,
        Mark.NotApplicable => PxSymbol.Symbol1,
        Mark.NotAvailable => PxSymbol.Symbol2,
        Mark.Suppressed => PxSymbol.Symbol4,
        _ => PxSymbol.Absent,
    };

    private static string Frequency(string code) => Part().Match(code) is { Success: true } part
        ? char.ToUpperInvariant(part.Groups[1].Value[0]) switch { 'M' => "M", 'K' or 'Q' => "Q", 'H' => "H", 'W' or 'V' => "W", _ => "A" }
            : "A";

    private static int Decimals(Cube cube)
    {
        var most = 0;
        foreach (var value in cube.Values)
        {
            while (most < 6 && double.IsFinite(value)
                && Math.Abs(Math.Round(value, most) - value) > 1e-9 * Math.Max(1, Math.Abs(value))) most++;
        }

        return most;
    }

    private static PxItem Text(string text) => new(Clean(text), true);

    private static PxItem Bare(string text) => new(text, false);

    private static string Clean(string text) => text.Replace('"', '\'').ReplaceLineEndings("#");

    [GeneratedRegex(@"^\d{4}([MKQHWV])\d", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Part();
}
