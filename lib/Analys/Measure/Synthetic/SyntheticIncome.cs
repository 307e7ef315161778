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

    /// <summary>Draws log incomes on a scale that the district has yet to set. Streams of their own keep them apart from the households.</summary>
    public static void Draw(SyntheticArea area, long seed)
    {
        var stream = new RandomStream(seed, int.MaxValue + (long)area.Plan.Index);
        area.LogIncome = new double[area.Households.Count * area.Years];
        for (var h = 0; h < area.Households.Count; h++)
        {
            var household = area.Households[h];
            var head = area.Persons[household.First].Age;
            var kind = Math.Log(household.Couple ? 2 : 1) + (household.Couple && household.Size > 2 ? 0.25 : 0) + (0.05 * Math.Min(4, household.Size - (household.Couple ? 2 : 1)))
                + (head < 26 ? -0.45 : head >= 70 ? -0.2 : head >= 45 ? 0.08 : 0) - (household.Foreign ? 0.22 : 0) - (0.2 * area.Plan.Position);
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
