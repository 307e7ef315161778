using Analys.Disclosure;
using Analys.Domain;

namespace Analys.Present.Report;

/// <summary>The highest and the lowest area of a measure and the whole, for sentences.</summary>
internal sealed class Ranking
{
    private Ranking(IReadOnlyList<Result> sorted, Result? whole)
    {
        Areas = sorted;
        Whole = whole;
    }

    /// <summary>Areas with a number, lowest first.</summary>
    public IReadOnlyList<Result> Areas { get; }

    /// <summary>The whole city; null where it has no number.</summary>
    public Result? Whole { get; }

    public Result Lowest => Areas[0];

    public Result Highest => Areas[^1];

    /// <summary>The ranking; null where fewer than two areas have a number.</summary>
    public static Ranking? Of(Released? released)
    {
        if (released is null) return null;
        var areas = released.Where(row => row.Area is not null && row.Value.HasNumber).OrderBy(row => row.Value.Number).ThenBy(row => row.Area, SwedishOrder.Comparer).ToList();
        return areas.Count < 2 ? null : new Ranking(areas, released.FirstOrDefault(row => row.Area is null && row.Value.HasNumber));
    }
}
