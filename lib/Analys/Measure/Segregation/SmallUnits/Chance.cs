namespace Analys.Measure.Segregation.SmallUnits;

/// <summary>Exact expected values of M and D where unit and group are independent and both margins are fixed.</summary>
internal static class Chance
{
    /// <summary>Why an exact expectation does not exist; null where it does.</summary>
    public const string NotWhole = "counts are not whole, so chance has no exact value";

    /// <summary>E[M] = Σ_i Σ_g E[(n / N) ln(n N / (t_i G_g))], n hypergeometric.</summary>
    public static double Information(ReadOnlySpan<double> units, ReadOnlySpan<double> groups)
    {
        var total = Sums.Of(groups);
        var sum = 0.0;
        // Cells with the same margins have the same mean.
        foreach (var (t, times) in Distinct(units))
        {
            foreach (var g in groups)
            {
                if (g == 0) continue;
                sum += times * HypergeometricMean.Of(total, g, t, (total, expected: t * (g / total)), static (n, cell) =>
                    n > 0 ? n / cell.total * Math.Log(n / cell.expected) : 0);
            }
        }

        return Math.Max(0, sum);
    }

    /// <summary>E[D] = ½ Σ_i E|n / X − (t_i − n) / Y|, n hypergeometric.</summary>
    public static double Dissimilarity(ReadOnlySpan<double> units, double x, double y)
    {
        var sum = 0.0;
        foreach (var (t, times) in Distinct(units))
        {
            sum += times * HypergeometricMean.Of(x + y, x, t, (x, y, t), static (n, cell) => Math.Abs((n / cell.x) - ((cell.t - n) / cell.y)));
        }

        return sum / 2;
    }

    /// <summary>Whether all counts are whole.</summary>
    public static bool AreWhole(ReadOnlySpan<double> counts)
    {
        foreach (var count in counts)
        {
            if (count != Math.Floor(count)) return false;
        }

        return true;
    }

    /// <summary>The totals of the units from two groups.</summary>
    public static double[] Totals(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var totals = new double[x.Length];
        for (var i = 0; i < totals.Length; i++) totals[i] = x[i] + y[i];
        return totals;
    }

    // In rising order, so that sums do not depend on the order of units.
    private static SortedDictionary<double, int> Distinct(ReadOnlySpan<double> values)
    {
        var distinct = new SortedDictionary<double, int>();
        foreach (var value in values)
        {
            if (value > 0) distinct[value] = distinct.GetValueOrDefault(value) + 1;
        }

        return distinct;
    }
}
