using System.Collections.Immutable;

namespace Analys.Load.Cubes;

/// <summary>Makes a table of a PX text: what is missing or wrong in what gives figures their meaning refuses the file, the rest is a
/// finding.</summary>
internal sealed class PxReader(string text, string file, string sha256)
{
    // Without these a figure has no meaning; a file that breaks one of them is refused.
    private static readonly string[] Needed = ["MATRIX", "SUBJECT-AREA", "SUBJECT-CODE", "CONTENTS", "UNITS", "DECIMALS"];
    private static readonly string[] Vital =
        [.. Needed, "TITLE", "STUB", "HEADING", "VALUES", "CODES", "CONTVARIABLE", "KEYS", "DATA", "?"];

    private readonly PxParser parser = new(text);
    private readonly List<Finding> findings = [];
    private readonly List<Finding> fatal = [];

    public PxTable Read()
    {
        parser.Parse();
        foreach (var (name, line, expected) in parser.Broken) Report(Vital.Contains(name), name, line, expected);
        foreach (var name in Needed)
        {
            if (Find(name) is null) Report(true, name, null, "the keyword, which is mandatory");
        }

        if (Find("TITLE") is null && Find("DESCRIPTION") is null) Report(true, "TITLE", null, "a title or a description");
        if (parser.DataAt < 0) Report(true, "DATA", null, "data");
        var variables = Variables();
        if (variables.Count == 0) Report(true, "STUB", null, "variables in STUB or HEADING");
        Refuse();
        var dimensions = Dimensions(variables);
        Refuse();
        new PxChecks(parser.Keywords, dimensions, Report).Run();
        Refuse();
        return ReadCube(dimensions);
    }

    private PxTable ReadCube(ImmutableArray<CubeDimension> dimensions)
    {
        if (Cube.Cells(dimensions.Select(dimension => dimension.Count)) is not { } cells)
        {
            Report(true, "DATA", parser.DataLine, "a table of fewer than 200 million cells");
            Refuse();
            return null!;
        }

        var keyed = dimensions.Where(dimension => All("KEYS").Any(key => key.Subkeys is [var name] && name == dimension.Id)).ToArray();
        // A hostile file may claim many cells and hold few: every cell needs two characters, rows of keys excepted.
        if (keyed.Length == 0 && (text.Length - parser.DataAt) / 2 + 2 < cells)
        {
            Report(true, "DATA", parser.DataLine, $"{cells} cells");
            Refuse();
        }

        var values = new double[cells];
        var symbols = new byte[cells];
        var data = text.AsSpan(parser.DataAt);
        var good = keyed.Length == 0
            ? PxData.Read(data, values, symbols)
            : ReadKeyed(data, dimensions, keyed, values, symbols);
        if (!good)
            Report(true, "DATA", parser.DataLine, $"{cells} cells: numbers, dots or dashes{(keyed.Length > 0 ? " after known keys" : "")}");
        Refuse();
        var cube = new Cube
        {
            Title = Find("TITLE")?.Text ?? Find("DESCRIPTION")?.Text,
            Source = Find("SOURCE")?.Text,
            Updated = (Find("LAST-UPDATED") ?? All("LAST-UPDATED").FirstOrDefault())?.Text,
            TableId = Find("TABLEID")?.Text ?? Find("MATRIX")?.Text,
            Unit = Find("UNITS")?.Text,
            Dimensions = dimensions,
            Values = values,
            Marks = new PxMarks(parser.Keywords).Of(symbols),
            Notes = PxNotes.Read(parser.Keywords, null),
        };
        return new PxTable([.. parser.Keywords], cube, symbols, [.. findings], sha256);
    }

    private bool ReadKeyed(ReadOnlySpan<char> data, ImmutableArray<CubeDimension> dimensions, CubeDimension[] keyed, double[] values,
        byte[] symbols)
    {
        var strides = new int[dimensions.Length];
        for (int i = dimensions.Length - 1, stride = 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= dimensions[i].Count;
        }

        // Rows of keys go before whole runs of cells: the keyed variables are the first ones.
        if (!keyed.SequenceEqual(dimensions.Take(keyed.Length))) return false;
        var perRow = dimensions.Skip(keyed.Length).Aggregate(1, (product, dimension) => product * dimension.Count);
        var lookups = keyed.Select(dimension =>
        {
            var byValue = All("KEYS")
                .First(key => key.Subkeys is [var name] && name == dimension.Id).Text.Equals("VALUES", StringComparison.OrdinalIgnoreCase);
            var lookup = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var i = 0; i < dimension.Count; i++) lookup[byValue ? dimension.Labels[i] : dimension.Codes[i]] = i;
            return lookup;
        }).ToArray();
        return PxData.ReadKeyed(data, keyed.Length, perRow, keys =>
        {
            var cell = 0;
            for (var i = 0; i < keys.Length; i++)
            {
                if (!lookups[i].TryGetValue(keys[i], out var position)) return -1;
                cell += position * strides[i];
            }

            return cell;
        }, values, symbols);
    }

    private List<string> Variables() => [.. (Find("STUB")?.Texts ?? []).Concat(Find("HEADING")?.Texts ?? [])];

    private ImmutableArray<CubeDimension> Dimensions(List<string> variables)
    {
        if (variables.Distinct(StringComparer.Ordinal).Count() < variables.Count)
            Report(true, "STUB", null, "each variable once in STUB and HEADING");
        var content = Find("CONTVARIABLE")?.Text;
        if (content is not null && !variables.Contains(content))
            Report(true, "CONTVARIABLE", Find("CONTVARIABLE")!.Line, "a variable of STUB or HEADING");
        foreach (var values in All("VALUES").Where(values => values.Subkeys is not [var name] || !variables.Contains(name)))
        {
            Report(true, "VALUES", values.Line, "a variable of STUB or HEADING");
        }

        return [.. variables.Select(name => Dimension(name, name == content)).OfType<CubeDimension>()];
    }

    private CubeDimension? Dimension(string name, bool isContent)
    {
        var time = For("TIMEVAL", name);
        var labels = For("VALUES", name)?.Texts.ToImmutableArray();
        if (labels is null && time is not null) labels = [.. time.Texts];
        if (labels is not { Length: > 0 } values)
        {
            Report(true, "VALUES", null, "values for every variable of STUB and HEADING");
            return null;
        }

        var codes = For("CODES", name)?.Texts.ToImmutableArray() ?? values;
        if (codes.Length != values.Length || codes.Distinct(StringComparer.Ordinal).Count() < codes.Length)
        {
            // Values may repeat, codes may not: without good codes the values serve where they are all different.
            Report(values.Distinct(StringComparer.Ordinal).Count() < values.Length, "CODES", For("CODES", name)?.Line,
                "one code for each value");
            codes = values;
        }

        if (time is not null && time.Texts.Any() && time.Texts.Count() != values.Length)
            Report(false, "TIMEVAL", time.Line, "one point in time for each value");
        return new CubeDimension(name, name, codes, values)
        {
            Role = isContent ? CubeRole.Metric : time is not null ? CubeRole.Time
                : (For("VARIABLE-TYPE", name)?.Text ?? "").StartsWith('G') || For("MAP", name) is not null ? CubeRole.Geography
                : CubeRole.Classification,
            Children = PxHierarchy.Read(For("HIERARCHIES", name)),
            Units = isContent
                ? All("UNITS").Where(unit => unit.Subkeys.Length == 1).Select(unit => (At: values.IndexOf(unit.Subkeys[0]), unit.Text))
                .Where(unit => unit.At >= 0)
                    .DistinctBy(unit => unit.At).ToImmutableDictionary(unit => codes[unit.At], unit => new CubeUnit(unit.Text, null))
                : ImmutableDictionary<string, CubeUnit>.Empty,
        };
    }

    private PxKeyword? Find(string name) =>
        parser.Keywords.FirstOrDefault(keyword => keyword.Name == name && keyword.Language is null && keyword.Subkeys.IsEmpty);

    private PxKeyword? For(string name, string variable) =>
        parser.Keywords.FirstOrDefault(keyword => keyword.Name == name && keyword.Language is null && keyword.Subkeys is [var one]
            && one == variable);

    private IEnumerable<PxKeyword> All(string name) => parser.Keywords.Where(keyword => keyword.Name == name && keyword.Language is null);

    private void Report(bool isFatal, string keyword, int? line, string expected) =>
        (isFatal ? fatal : findings).Add(new Finding(FindingCodes.Px, file, line, keyword == "?" ? null : keyword, null, expected));

    private void Refuse()
    {
        if (fatal.Count > 0) throw new ExtractRejectedException(file, [.. fatal, .. findings]);
    }
}

/// <summary>A PX file: its cube, all its keywords, and what was odd about it.</summary>
/// <remarks>
/// The format of Statistics Sweden and its sister offices (PX-file format specification, AXIS-VERSION 2013). The encoding is decided by
/// the bytes, whatever CHARSET and CODEPAGE say. Faults that do not touch the figures are findings; others refuse the file.
/// </remarks>
internal sealed class PxTable : ICubeSource
{
    internal PxTable(ImmutableArray<PxKeyword> keywords, Cube cube, byte[] symbols, ImmutableArray<Finding> findings, string sha256)
    {
        Keywords = keywords;
        Cube = cube;
        SymbolCodes = symbols;
        Findings = findings;
        Sha256 = sha256;
    }

    /// <summary>All keywords but DATA, in the order of the file.</summary>
    public ImmutableArray<PxKeyword> Keywords { get; }

    /// <summary>The table in the file's main language.</summary>
    public Cube Cube { get; }

    /// <summary>What is wrong with the file without touching its figures.</summary>
    public ImmutableArray<Finding> Findings { get; }

    /// <summary>The SHA-256 of the file.</summary>
    public string Sha256 { get; }

    /// <summary>The main language; null where the file does not say.</summary>
    public string? Language => Find("LANGUAGE");

    /// <summary>All its languages.</summary>
    public IReadOnlyList<string> Languages => Keywords.FirstOrDefault(keyword => keyword.Name == "LANGUAGES") is { } several
        ? [.. several.Texts]
        : Language is { } one ? [one] : [];

    /// <summary>The symbol in each cell.</summary>
    public PxSymbol SymbolAt(int cell) => (PxSymbol)SymbolCodes[cell];

    internal byte[] SymbolCodes { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ExtractRejectedException">A fault touches the figures or what they mean.</exception>
    public static PxTable Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Parse(SourceReader.Bytes(path), Path.GetFileName(path));
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="file">The file's name, for findings.</param>
    /// <exception cref="ExtractRejectedException">A fault touches the figures or what they mean.</exception>
    public static PxTable Parse(ReadOnlySpan<byte> bytes, string file) =>
        new PxReader(TextEncoding.Decode(bytes), file, RowTable.Hash(bytes)).Read();

    /// <summary>The text of a keyword without subkeys.</summary>
    /// <param name="name">The keyword.</param>
    /// <param name="language">A language other than the main one.</param>
    public string? Find(string name, string? language = null) =>
        Keywords.FirstOrDefault(keyword => keyword.Name == name && keyword.Language == language && keyword.Subkeys.IsEmpty)?.Text;

    /// <summary>The same table with the words of another of its languages; codes and figures are the same.</summary>
    /// <param name="language">The language, such as <c>sv</c>.</param>
    /// <exception cref="ArgumentException">The file does not have it; the message names those that it has.</exception>
    public PxTable In(string language)
    {
        if (language == Language) return this;
        if (!Languages.Contains(language))
            throw new ArgumentException($"The languages are {string.Join(", ", Languages)}.", nameof(language));
        return new PxTable(Keywords, PxTranslation.Translate(this, language), SymbolCodes, Findings, Sha256);
    }
}

/// <summary>What stands in a cell of a PX file instead of a number.</summary>
internal enum PxSymbol
{
    /// <summary>A number.</summary>
    None,

    /// <summary>One dot, DATASYMBOL1.</summary>
    Symbol1,

    /// <summary>Two dots, DATASYMBOL2.</summary>
    Symbol2,

    /// <summary>Three dots, DATASYMBOL3.</summary>
    Symbol3,

    /// <summary>Four dots, DATASYMBOL4.</summary>
    Symbol4,

    /// <summary>Five dots, DATASYMBOL5.</summary>
    Symbol5,

    /// <summary>Six dots, DATASYMBOL6.</summary>
    Symbol6,

    /// <summary>A dash, DATASYMBOLNIL.</summary>
    Nil,

    /// <summary>Seven dots, DATASYMBOLSUM: a sum over other symbols.</summary>
    Sum,

    /// <summary>Nothing: the file with keys has no row for the cell.</summary>
    Absent,
}

/// <summary>Puts the words of another language on a table: variables correspond by their place in STUB and HEADING.</summary>
internal static class PxTranslation
{
    public static Cube Translate(PxTable table, string language)
    {
        var names = table.Keywords.Where(keyword => keyword.Language == language && keyword.Subkeys.IsEmpty)
            .Where(keyword => keyword.Name is "STUB" or "HEADING").OrderBy(keyword => keyword.Name == "STUB" ? 0 : 1)
            .SelectMany(keyword => keyword.Texts).ToArray();
        if (names.Length != table.Cube.Dimensions.Length) return table.Cube;
        var dimensions = table.Cube.Dimensions.Select((dimension, i) => dimension with
        {
            Label = names[i],
            Labels = table.Keywords.FirstOrDefault(keyword => keyword.Name == "VALUES" && keyword.Language == language
                && keyword.Subkeys is [var name] && name == names[i])
                is { } values && values.Values.Length == dimension.Count ? [.. values.Texts] : dimension.Labels,
        });
        return table.Cube with
        {
            Title = table.Find("TITLE", language) ?? table.Cube.Title,
            Source = table.Find("SOURCE", language) ?? table.Cube.Source,
            Unit = table.Find("UNITS", language) ?? table.Cube.Unit,
            Dimensions = [.. dimensions],
            Notes = PxNotes.Read(table.Keywords, language),
        };
    }
}

/// <summary>The notes of a PX file at the level of table, variable, value and cell.</summary>
internal static class PxNotes
{
    public static ImmutableArray<CubeNote> Read(IEnumerable<PxKeyword> keywords, string? language) =>
    [
        .. keywords.Where(keyword => keyword.Language == language
            && keyword.Name is "NOTE" or "NOTEX" or "VALUENOTE" or "VALUENOTEX" or "CELLNOTE" or "CELLNOTEX")
            .Where(keyword => keyword.Language == language)
            .Select(keyword => new CubeNote(
                keyword.Text.Replace('#', '\n'),
                keyword.Name.EndsWith('X'),
                keyword.Name.StartsWith("CELL", StringComparison.Ordinal) ? null : keyword.Subkeys.FirstOrDefault(),
                keyword.Name.StartsWith("VALUE", StringComparison.Ordinal) ? keyword.Subkeys.ElementAtOrDefault(1) : null,
                keyword.Name.StartsWith("CELL", StringComparison.Ordinal) ? keyword.Subkeys : [])),
    ];
}
