using System.Collections.Immutable;
using System.Globalization;
using Analys.Domain;
using Analys.Load.Schema;
using Analys.Load.Screening;
using Analys.Load.Undescribed;

namespace Analys.Load.Cubes;

/// <summary>A statistical table with any number of dimensions, as PX and JSON-stat hold it: one value or mark for each combination of
/// categories.</summary>
/// <remarks>The last dimension varies fastest. Swedish: <i>datakub</i>.</remarks>
internal sealed record Cube
{
    /// <summary>More cells than this are not read: a file that claims more is wrong or hostile.</summary>
    public const int MaxCells = 200_000_000;

    /// <summary>The title.</summary>
    public string? Title { get; init; }

    /// <summary>Who published it.</summary>
    public string? Source { get; init; }

    /// <summary>When it was last updated, as the publisher writes it.</summary>
    public string? Updated { get; init; }

    /// <summary>The publisher's id of the table.</summary>
    public string? TableId { get; init; }

    /// <summary>The unit of the values where all have one.</summary>
    public string? Unit { get; init; }

    /// <summary>The dimensions.</summary>
    public required ImmutableArray<CubeDimension> Dimensions { get; init; }

    /// <summary>The values; NaN where a mark stands.</summary>
    public required double[] Values { get; init; }

    /// <summary>What stands instead of values; null where every cell has one.</summary>
    public Mark[]? Marks { get; init; }

    /// <summary>The status of cells as the source writes it, by cell number; empty where it gives none.</summary>
    public IReadOnlyDictionary<int, string> Status { get; init; } = ImmutableDictionary<int, string>.Empty;

    /// <summary>The notes.</summary>
    public ImmutableArray<CubeNote> Notes { get; init; } = [];

    /// <summary>The dimension of this id.</summary>
    /// <param name="id">The id.</param>
    /// <exception cref="ColumnNotFoundException">There is none.</exception>
    public CubeDimension this[string id] => Dimensions.FirstOrDefault(dimension => dimension.Id == id)
        ?? throw new ColumnNotFoundException(
            $"There is no dimension {id}.{Nearest.Hint(id, Dimensions.Select(dimension => dimension.Id))} The dimensions are "
                + $"{string.Join(", ", Dimensions.Select(dimension => dimension.Id))}.");

    /// <summary>The number of a cell.</summary>
    /// <param name="positions">The position of its category in each dimension.</param>
    public int CellAt(params ReadOnlySpan<int> positions)
    {
        var cell = 0;
        for (var i = 0; i < Dimensions.Length; i++) cell = (cell * Dimensions[i].Count) + positions[i];
        return cell;
    }

    /// <summary>The mark of a cell.</summary>
    /// <param name="cell">Its number.</param>
    public Mark MarkAt(int cell) => Marks is null ? Mark.None : Marks[cell];

    /// <summary>How many cells dimensions of these sizes make; null where they are too many.</summary>
    internal static int? Cells(IEnumerable<int> sizes)
    {
        long cells = 1;
        foreach (var size in sizes)
        {
            cells *= size;
            if (cells > MaxCells || size < 0) return null;
        }

        return (int)cells;
    }
}

/// <summary>A dimension of a cube.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Label">Its name for the reader.</param>
/// <param name="Codes">The codes of its categories.</param>
/// <param name="Labels">Their names, as many.</param>
internal sealed record CubeDimension(string Id, string Label, ImmutableArray<string> Codes, ImmutableArray<string> Labels)
{
    /// <summary>How many categories it has.</summary>
    public int Count => Codes.Length;

    /// <summary>Whether it is time, geography or the measured content.</summary>
    public CubeRole Role { get; init; }

    /// <summary>The units of the categories, by code.</summary>
    public ImmutableDictionary<string, CubeUnit> Units { get; init; } = ImmutableDictionary<string, CubeUnit>.Empty;

    /// <summary>The categories below a category, by code: a hierarchy.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> Children { get; init; } = ImmutableDictionary<string,
        ImmutableArray<string>>.Empty;

    /// <summary>Whether the codes say something that the labels do not.</summary>
    public bool HasCodes => !Codes.AsSpan().SequenceEqual(Labels.AsSpan());
}

/// <summary>What a dimension is.</summary>
internal enum CubeRole
{
    /// <summary>A classification.</summary>
    Classification,

    /// <summary>Time.</summary>
    Time,

    /// <summary>Geography.</summary>
    Geography,

    /// <summary>What was measured.</summary>
    Metric,
}

/// <summary>The unit of a category.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Decimals">How many decimals its values have; null where unknown.</param>
internal sealed record CubeUnit(string? Label, int? Decimals);

/// <summary>A note of the publisher.</summary>
/// <param name="Text">Its words.</param>
/// <param name="Mandatory">Whether it must be shown with the figures.</param>
/// <param name="Dimension">The dimension that it is about; null for the table or a cell.</param>
/// <param name="Category">The code of the category that it is about; null for the whole dimension.</param>
/// <param name="Cell">For a note on cells, the category of each dimension, <c>*</c> for all; empty otherwise.</param>
internal sealed record CubeNote(string Text, bool Mandatory, string? Dimension, string? Category, ImmutableArray<string> Cell);

/// <summary>Makes an extract of a cube: a row for each cell, a column of labels and one of codes for each dimension, and the
/// value.</summary>
internal static class CubeExtract
{
    /// <summary>The name of the column of values.</summary>
    public const string ValueName = "value";

    public static (Extract? Extract, IReadOnlyList<Finding> Findings) Make(ICubeSource source, string path, TableSchema? schema)
    {
        var cube = source.Cube;
        if (cube.Notes.Any(note => IdentifierScreening.IsInText(note.Text)))
            return (null, [IdentifierScreening.OfText(Path.GetFileName(path), "notes")]);
        var origin = DataPackage.FindOrigin(path) ?? new Origin(cube.Title, cube.Source, cube.TableId, cube.Updated);
        if (schema is not null) return new RowTable([.. Rows(cube)]).ToExtract(path, source.Sha256, schema, origin);
        var columns = Columns(cube).ToArray();
        var own = new TableSchema
        {
            Name = Path.GetFileNameWithoutExtension(path),
            Title = cube.Title,
            Fields = [.. columns.Select(column => column.Field)],
            Confidentiality = Confidentiality.Confidential,
            Region = cube.Dimensions.Any(dimension => dimension.Codes.Any(code => code.EndsWith("SO2025", StringComparison.Ordinal)))
            ? "DeSO2025" : null,
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
                    new Field
                    {
                        Name = code,
                        Role = role,
                        Categories =
                        [.. dimension.Codes.Distinct().Select((value, i) => new Category(value, dimension.Labels[i]))]
                    }, codes,
                        dimension.Codes);
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
                .. names.SelectMany((name, i) => name.Code is null ? [name.Dimension.Labels[at[i]]]
                    : new[] { name.Dimension.Labels[at[i]], name.Dimension.Codes[at[i]] }),
                cube.MarkAt(cell) is var mark && mark != Mark.None ? MarkText.Of(mark)
                : cube.Values[cell].ToString("R", CultureInfo.InvariantCulture),
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
