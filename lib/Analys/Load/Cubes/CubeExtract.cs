using System.Globalization;
using Analys.Domain;
using Analys.Load.Sources;

namespace Analys.Load.Cubes;

/// <summary>Makes an extract of a cube: a row for each cell, a column of labels and one of codes for each dimension, and the value.</summary>
internal static class CubeExtract
{
    /// <summary>The name of the column of values.</summary>
    public const string ValueName = "value";

    public static (Extract? Extract, IReadOnlyList<Finding> Findings) Make(ICubeSource source, string path, TableSchema? schema)
    {
        var cube = source.Cube;
        var origin = DataPackage.FindOrigin(path) ?? new Origin(cube.Title, cube.Source, cube.TableId, cube.Updated);
        if (schema is not null) return new RowTable([.. Rows(cube)]).ToExtract(path, source.Sha256, schema, origin);
        var columns = Columns(cube).ToArray();
        var own = new TableSchema
        {
            Name = Path.GetFileNameWithoutExtension(path),
            Title = cube.Title,
            Fields = [.. columns.Select(column => column.Field)],
            Confidentiality = Confidentiality.Confidential,
            Region = cube.Dimensions.Any(dimension => dimension.Codes.Any(code => code.EndsWith("SO2025", StringComparison.Ordinal))) ? "DeSO2025" : null,
        };
        return Extract.Create(own, columns, new SourceFile(Path.GetFileName(path), source.Sha256, cube.Values.Length, null, origin));
    }

    /// <summary>The names of the columns, of labels and codes of each dimension and of the value.</summary>
    public static IEnumerable<(CubeDimension Dimension, string Label, string? Code)> Names(Cube cube)
    {
        var used = new HashSet<string>(StringComparer.Ordinal) { ValueName };
        foreach (var dimension in cube.Dimensions)
        {
            var label = Unused(dimension.Label.Length == 0 ? dimension.Id : dimension.Label);
            yield return (dimension, label, dimension.HasCodes ? Unused(label + "_code") : null);
        }

        string Unused(string name)
        {
            while (!used.Add(name)) name += "_";
            return name;
        }
    }

    private static IEnumerable<Column> Columns(Cube cube)
    {
        var repeat = cube.Values.Length;
        foreach (var (dimension, label, code) in Names(cube))
        {
            repeat /= Math.Max(1, dimension.Count);
            var codes = Codes(cube.Values.Length, dimension.Count, repeat);
            var role = dimension.Role switch
            {
                CubeRole.Time => Role.Period,
                CubeRole.Geography => Role.Area,
                CubeRole.Metric => Role.Indicator,
                _ => Role.None,
            };
            // Names are not unique (RegSO): the role of a dimension is its codes' where it has any.
            yield return Text(new Field { Name = label, Role = code is null ? role : Role.None }, codes, dimension.Labels);
            if (code is not null)
            {
                yield return Text(
                    new Field { Name = code, Role = role, Categories = [.. dimension.Codes.Distinct().Select((value, i) => new Category(value, dimension.Labels[i]))] }, codes, dimension.Codes);
            }
        }

        yield return new NumberColumn(new Field { Name = ValueName, Type = FieldType.Number }, cube.Values, cube.Marks);
    }

    private static int[] Codes(int cells, int count, int repeat)
    {
        var codes = new int[cells];
        for (var cell = 0; cell < cells; cell++) codes[cell] = cell / repeat % count;
        return codes;
    }

    private static TextColumn Text(Field field, int[] codes, IReadOnlyList<string> texts)
    {
        var distinct = texts.Distinct(StringComparer.Ordinal).ToArray();
        if (distinct.Length == texts.Count) return new TextColumn(field, codes, distinct, null);
        var number = distinct.Select((text, i) => (text, i)).ToDictionary(pair => pair.text, pair => pair.i, StringComparer.Ordinal);
        int[] map = [.. texts.Select(text => number[text])];
        return new TextColumn(field, [.. codes.Select(code => map[code])], distinct, null);
    }

    /// <summary>The cube as rows of texts, the header first; marks as statistical tables print them.</summary>
    public static IEnumerable<string?[]> Rows(Cube cube)
    {
        var names = Names(cube).ToList();
        yield return [.. names.SelectMany(name => name.Code is null ? [name.Label] : new[] { name.Label, name.Code }), ValueName];
        var at = new int[cube.Dimensions.Length];
        for (var cell = 0; cell < cube.Values.Length; cell++)
        {
            var rest = cell;
            for (var i = at.Length - 1; i >= 0; i--) (rest, at[i]) = Math.DivRem(rest, cube.Dimensions[i].Count);
            yield return
            [
                .. names.SelectMany((name, i) => name.Code is null ? [name.Dimension.Labels[at[i]]] : new[] { name.Dimension.Labels[at[i]], name.Dimension.Codes[at[i]] }),
                cube.MarkAt(cell) is var mark && mark != Mark.None ? MarkText.Of(mark) : cube.Values[cell].ToString("R", CultureInfo.InvariantCulture),
            ];
        }
    }
}

/// <summary>Something that holds a cube and the hash of the file that it was read from.</summary>
internal interface ICubeSource
{
    Cube Cube { get; }

    string Sha256 { get; }
}
