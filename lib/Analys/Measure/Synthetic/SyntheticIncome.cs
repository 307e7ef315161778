using Analys.Load.Schema;
using Analys.Measure.Inference;

namespace Analys.Measure.Synthetic;

/// <summary>Disposable incomes: lognormal about what a household is, with a lasting and a passing part.</summary>
/// <remarks>
/// The level of each district and the spread above its median are solved so that median and mean of its households in the register's
/// year are the published ones; below the median the spread is the same everywhere, since rich districts are unequal at the top. Earlier
/// years lie 2.5 % lower for each year. A few households have no income or a loss.
/// </remarks>
internal static class SyntheticIncome
{
    private const double Growth = 0.975;
    private const double Lasting = 0.45;
    private const double Passing = 0.2;
    private const double Memory = 0.5;

    /// <summary>Draws log incomes on a scale that the district has yet to set. Streams of their own keep them apart from the
    /// households.</summary>
    public static void Draw(SyntheticArea area, long seed)
    {
        var stream = new RandomStream(seed, int.MaxValue + (long)area.Plan.Index);
        area.LogIncome = new double[area.Households.Count * area.Years];
        for (var h = 0; h < area.Households.Count; h++)
        {
            var household = area.Households[h];
            var head = area.Persons[household.First].Age;
            var kind = Math.Log(household.Couple ? 2 : 1) + (household.Couple && household.Size > 2 ? 0.25 : 0)
                + (0.05 * Math.Min(4, household.Size - (household.Couple ? 2 : 1)))
                + (head < 26 ? -0.45 : head >= 70 ? -0.2 : head >= 45 ? 0.08 : 0) - (household.Foreign ? 0.22 : 0)
                - (0.2 * area.Plan.Position);
            var passing = Passing * Normal.Draw(stream);
            for (var year = area.Years - 1; year >= 0; year--)
            {
                area.LogIncome[(h * area.Years) + year] = kind + (Lasting * household.Level) + passing;
                passing = (Memory * passing) + (Passing * Math.Sqrt(1 - (Memory * Memory)) * Normal.Draw(stream));
            }
        }
    }

    /// <summary>Sets the incomes of a district.</summary>
    public static void Calibrate(IReadOnlyList<SyntheticArea> areas, DistrictMargins margins, long seed)
    {
        var logs = new List<double>();
        foreach (var area in areas)
        {
            for (var h = 0; h < area.Households.Count; h++)
            {
                if (area.IsCurrent(area.Households[h])) logs.Add(area.LogIncome[(h * area.Years) + area.Years - 1]);
            }
        }

        if (logs.Count == 0) return;
        double[] current = [.. logs];
        Array.Sort(current);
        var median = current[current.Length / 2];
        var spread = Spread(current, median, margins.MeanIncome / margins.MedianIncome);
        foreach (var area in areas) Set(area, median, spread, margins.MedianIncome, seed);
    }

    // The spread s above the median for which the mean over the median is the published one.
    private static double Spread(double[] logs, double median, double meanOverMedian)
    {
        double low = 0.05, high = 6;
        for (var i = 0; i < 30; i++)
        {
            var s = (low + high) / 2;
            var sum = 0.0;
            foreach (var x in logs) sum += Math.Exp(Stretch(x - median, s));
            if (sum < meanOverMedian * logs.Length) low = s;
            else high = s;
        }

        return low;
    }

    private static double Stretch(double distance, double above) => distance > 0 ? above * distance : distance;

    private static void Set(SyntheticArea area, double median, double spread, double level, long seed)
    {
        var stream = new RandomStream(seed, (2L * int.MaxValue) + area.Plan.Index);
        area.Income = new int[area.LogIncome.Length];
        for (var i = 0; i < area.Income.Length; i++)
        {
            var year = i % area.Years;
            var log = Stretch(area.LogIncome[i] - median, spread);
            area.LogIncome[i] = log;
            var income = level * Math.Exp(log) * Math.Pow(Growth, area.Years - 1 - year);
            var odd = stream.NextDouble();
            area.Income[i] = odd < 0.001 ? -(int)stream.NextLong(200_000) : odd < 0.004 ? 0 : (int)Math.Min(income, 500_000_000);
        }
    }
}

/// <summary>Income support: the households nearest to it by income and leaning, until the district's published shares are
/// reached.</summary>
/// <remarks>Children's share first, over households with children; then everyone's, over the others. Earlier years use the same
/// limits.</remarks>
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
                if (area.Score[i] < (children > 0 ? childLimit : limit))
                    area.SupportMonths[i] =
                        (byte)(stream.NextDouble() < 0.45 ? Normal.Between(stream, 10, 12) : Normal.Between(stream, 1, 9));
            }
        }
    }
}
