using Analys.Load.Parameters;
using Analys.Measure.Inference;

namespace Analys.Measure.Synthetic;

/// <summary>Income support: the households nearest to it by income and leaning, until the district's published shares are reached.</summary>
/// <remarks>Children's share first, over households with children; then everyone's, over the others. Earlier years use the same limits.</remarks>
internal static class SyntheticSupport
{
    private const float Never = float.PositiveInfinity;

    /// <summary>Draws how near each household is to income support in each year.</summary>
    public static void Draw(SyntheticArea area, ConsumptionUnitScale scale, long seed)
    {
        var stream = new RandomStream(seed, (3L * int.MaxValue) + area.Plan.Index);
        area.Score = new float[area.LogIncome.Length];
        for (var h = 0; h < area.Households.Count; h++)
        {
            var household = area.Households[h];
            for (var year = 0; year < area.Years; year++)
            {
                var i = (h * area.Years) + year;
                var (units, _, _) = area.Composition(household, year, scale);
                var old = area.Persons[household.First].Age >= 66 ? 1.5 : 0;
                area.Score[i] = year < household.From || year > household.To
                    ? Never
                    : (float)(area.LogIncome[i] - Math.Log(units) - (0.35 * household.Leaning) + (0.15 * Normal.Draw(stream)) + old);
            }
        }
    }

    /// <summary>Gives months of support to the households of a district.</summary>
    public static void Calibrate(IReadOnlyList<SyntheticArea> areas, DistrictMargins margins, ConsumptionUnitScale scale, long seed)
    {
        var withChildren = new List<(float Score, int Children, int Persons)>();
        var without = new List<(float Score, int Persons)>();
        foreach (var area in areas)
        {
            for (var h = 0; h < area.Households.Count; h++)
            {
                var household = area.Households[h];
                if (!area.IsCurrent(household)) continue;
                var score = area.Score[(h * area.Years) + area.Years - 1];
                var (_, children, _) = area.Composition(household, area.Years - 1, scale);
                if (children > 0) withChildren.Add((score, children, household.Size));
                else without.Add((score, household.Size));
            }
        }

        withChildren.Sort();
        without.Sort();
        var persons = withChildren.Sum(item => (long)item.Persons) + without.Sum(item => (long)item.Persons);
        var (childLimit, reached) = Limit(withChildren, margins.ChildSupportShare);
        var (limit, _) = Limit(without, (margins.SupportShare * persons) - reached);
        foreach (var area in areas) Set(area, childLimit, limit, scale, seed);
    }

    // The score up to which the wanted share of children has support, and the persons of those households.
    private static (float Limit, long Persons) Limit(List<(float Score, int Children, int Persons)> sorted, double share)
    {
        var wanted = share * sorted.Sum(item => (long)item.Children);
        long children = 0, persons = 0;
        foreach (var item in sorted)
        {
            if (children + (item.Children / 2.0) > wanted) return (item.Score, persons);
            children += item.Children;
            persons += item.Persons;
        }

        return (Never, persons);
    }

    private static (float Limit, long Persons) Limit(List<(float Score, int Persons)> sorted, double wanted)
    {
        long persons = 0;
        foreach (var item in sorted)
        {
            if (persons + (item.Persons / 2.0) > wanted) return (item.Score, persons);
            persons += item.Persons;
        }

        return (Never, persons);
    }

    private static void Set(SyntheticArea area, float childLimit, float limit, ConsumptionUnitScale scale, long seed)
    {
        var stream = new RandomStream(seed, (4L * int.MaxValue) + area.Plan.Index);
        area.SupportMonths = new byte[area.Score.Length];
        for (var h = 0; h < area.Households.Count; h++)
        {
            for (var year = 0; year < area.Years; year++)
            {
                var i = (h * area.Years) + year;
                if (float.IsPositiveInfinity(area.Score[i])) continue;
                var (_, children, _) = area.Composition(area.Households[h], year, scale);
                // Half of those with support have it for ten months or more.
                if (area.Score[i] < (children > 0 ? childLimit : limit)) area.SupportMonths[i] = (byte)(stream.NextDouble() < 0.45 ? Normal.Between(stream, 10, 12) : Normal.Between(stream, 1, 9));
            }
        }
    }
}
