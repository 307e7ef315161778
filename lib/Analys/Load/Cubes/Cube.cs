using System.Collections.Immutable;

namespace Analys.Load.Cubes;

/// <summary>A statistical table with any number of dimensions, as PX and JSON-stat hold it: one value or mark for each combination of categories.</summary>
/// <remarks>The last dimension varies fastest. Swedish: <i>datakub</i>.</remarks>
public sealed record Cube
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
        ?? throw new ColumnNotFoundException($"There is no dimension {id}. The dimensions are {string.Join(", ", Dimensions.Select(dimension => dimension.Id))}.");

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
public sealed record CubeDimension(string Id, string Label, ImmutableArray<string> Codes, ImmutableArray<string> Labels)
{
    /// <summary>How many categories it has.</summary>
    public int Count => Codes.Length;

    /// <summary>Whether it is time, geography or the measured content.</summary>
    public CubeRole Role { get; init; }

    /// <summary>The units of the categories, by code.</summary>
    public ImmutableDictionary<string, CubeUnit> Units { get; init; } = ImmutableDictionary<string, CubeUnit>.Empty;

    /// <summary>The categories below a category, by code: a hierarchy.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> Children { get; init; } = ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>Whether the codes say something that the labels do not.</summary>
    public bool HasCodes => !Codes.AsSpan().SequenceEqual(Labels.AsSpan());
}

/// <summary>What a dimension is.</summary>
public enum CubeRole
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
public sealed record CubeUnit(string? Label, int? Decimals);

/// <summary>A note of the publisher.</summary>
/// <param name="Text">Its words.</param>
/// <param name="Mandatory">Whether it must be shown with the figures.</param>
/// <param name="Dimension">The dimension that it is about; null for the table or a cell.</param>
/// <param name="Category">The code of the category that it is about; null for the whole dimension.</param>
/// <param name="Cell">For a note on cells, the category of each dimension, <c>*</c> for all; empty otherwise.</param>
public sealed record CubeNote(string Text, bool Mandatory, string? Dimension, string? Category, ImmutableArray<string> Cell);
