using System.Collections.Immutable;
using Analys.Load.Cubes;

namespace Analys.Load.Px;

/// <summary>Makes a table of a PX text: what is missing or wrong in what gives figures their meaning refuses the file, the rest is a finding.</summary>
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
        if (!good) Report(true, "DATA", parser.DataLine, $"{cells} cells: numbers, dots or dashes{(keyed.Length > 0 ? " after known keys" : "")}");
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

    private bool ReadKeyed(ReadOnlySpan<char> data, ImmutableArray<CubeDimension> dimensions, CubeDimension[] keyed, double[] values, byte[] symbols)
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
            var byValue = All("KEYS").First(key => key.Subkeys is [var name] && name == dimension.Id).Text.Equals("VALUES", StringComparison.OrdinalIgnoreCase);
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
        if (variables.Distinct(StringComparer.Ordinal).Count() < variables.Count) Report(true, "STUB", null, "each variable once in STUB and HEADING");
        var content = Find("CONTVARIABLE")?.Text;
        if (content is not null && !variables.Contains(content)) Report(true, "CONTVARIABLE", Find("CONTVARIABLE")!.Line, "a variable of STUB or HEADING");
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
            Report(values.Distinct(StringComparer.Ordinal).Count() < values.Length, "CODES", For("CODES", name)?.Line, "one code for each value");
            codes = values;
        }

        if (time is not null && time.Texts.Any() && time.Texts.Count() != values.Length) Report(false, "TIMEVAL", time.Line, "one point in time for each value");
        return new CubeDimension(name, name, codes, values)
        {
            Role = isContent ? CubeRole.Metric : time is not null ? CubeRole.Time
                : (For("VARIABLE-TYPE", name)?.Text ?? "").StartsWith('G') || For("MAP", name) is not null ? CubeRole.Geography : CubeRole.Classification,
            Children = PxHierarchy.Read(For("HIERARCHIES", name)),
            Units = isContent
                ? All("UNITS").Where(unit => unit.Subkeys.Length == 1).Select(unit => (At: values.IndexOf(unit.Subkeys[0]), unit.Text)).Where(unit => unit.At >= 0)
                    .DistinctBy(unit => unit.At).ToImmutableDictionary(unit => codes[unit.At], unit => new CubeUnit(unit.Text, null))
                : ImmutableDictionary<string, CubeUnit>.Empty,
        };
    }

    private PxKeyword? Find(string name) => parser.Keywords.FirstOrDefault(keyword => keyword.Name == name && keyword.Language is null && keyword.Subkeys.IsEmpty);

    private PxKeyword? For(string name, string variable) => parser.Keywords.FirstOrDefault(keyword => keyword.Name == name && keyword.Language is null && keyword.Subkeys is [var one] && one == variable);

    private IEnumerable<PxKeyword> All(string name) => parser.Keywords.Where(keyword => keyword.Name == name && keyword.Language is null);

    private void Report(bool isFatal, string keyword, int? line, string expected) =>
        (isFatal ? fatal : findings).Add(new Finding(FindingCodes.Px, file, line, keyword == "?" ? null : keyword, null, expected));

    private void Refuse()
    {
        if (fatal.Count > 0) throw new ExtractRejectedException(file, [.. fatal, .. findings]);
    }
}
