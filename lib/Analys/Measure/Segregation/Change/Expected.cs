using Analys.Measure.Inference;

namespace Analys.Measure.Segregation.Change;

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
                    n > 0 ? n / cell.total * PortableMath.Log(n / cell.expected) : 0);
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
            sum += times
                * HypergeometricMean.Of(x + y, x, t, (x, y, t), static (n, cell) => Math.Abs((n / cell.x) - ((cell.t - n) / cell.y)));
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

/// <summary>Exact means over hypergeometric counts: what independence with fixed margins gives a cell.</summary>
internal static class HypergeometricMean
{
    // Below this part of the mode's weight a term no longer changes a double.
    private const double Negligible = 1e-25;
    private const double WideSpread = 20_000;

    /// <summary>The mean of f(n), n of a kind in a sample drawn without replacement.</summary>
    public static double Of<TArgument>(double total, double kind, double sample, TArgument argument, Func<double, TArgument, double> f)
    {
        double p = kind / total, mean = sample * p, others = total - kind - sample;
        double least = Math.Max(0, -others), most = Math.Min(kind, sample);
        var spread = Math.Sqrt(mean * (1 - p) * (total - sample) / Math.Max(1, total - 1));
        if (spread > WideSpread) return Normal(mean, spread, argument, f);
        // Weights relative to the mode's, by their ratios, outwards both ways: no factorial loses digits.
        var mode = Math.Clamp(Math.Floor((kind + 1) * (sample + 1) / (total + 2)), least, most);
        double weights = 1, sum = f(mode, argument), weight = 1;
        for (var n = mode; n < most && weight > Negligible; n++)
        {
            weight *= (kind - n) / (n + 1) * ((sample - n) / (others + n + 1));
            weights += weight;
            sum += weight * f(n + 1, argument);
        }

        weight = 1;
        for (var n = mode; n > least && weight > Negligible; n--)
        {
            weight *= n / (kind - n + 1) * ((others + n) / (sample - n + 1));
            weights += weight;
            sum += weight * f(n - 1, argument);
        }

        return sum / weights;
    }

    // So many persons that counts are as good as continuous: trapezoids of the normal density.
    private static double Normal<TArgument>(double mean, double spread, TArgument argument, Func<double, TArgument, double> f)
    {
        double weights = 0, sum = 0;
        for (var z = -10.0; z <= 10; z += 1.0 / 64)
        {
            var weight = PortableMath.Exp(-z * z / 2);
            weights += weight;
            sum += weight * f(mean + (z * spread), argument);
        }

        return sum / weights;
    }
}

/// <summary>The index of dissimilarity that chance alone gives, exactly.</summary>
/// <remarks>E[D] = ½ Σ_i E|n / X − (t_i − n) / Y|, n hypergeometric: groups and units independent, their sizes fixed. Swedish: <i>slumpens
/// dissimilaritet</i>.</remarks>
internal static class ExpectedDissimilarity
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = new(
        new Definition(
            "expected-dissimilarity", "Expected dissimilarity under independence", "Väntat dissimilaritetsindex vid oberoende",
            "E[D], both margins fixed",
            Units.Index, ValueRange.Unit, "Cortese, Falk & Cohen 1976; Winship 1977; Elbers 2021"),
        Formula)
    {
        PointOnly = true,
    };

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (!Chance.AreWhole(x) || !Chance.AreWhole(y)) return Quantity.Undefined(Chance.NotWhole);
        return Quantity.Known(Chance.Dissimilarity(Chance.Totals(x, y), Sums.Of(x), Sums.Of(y)));
    }
}

/// <summary>Theil's H that chance alone gives a group and the rest, exactly.</summary>
/// <remarks>E[H] = E[M] / E: the entropy is fixed with the margins. Swedish: <i>slumpens entropiindex</i>.</remarks>
internal static class ExpectedInformationTheory
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = new(
        new Definition(
            "expected-information-theory", "Expected H under independence (two groups)", "Väntat H vid oberoende",
            "E[H] = E[M] / E, both margins fixed",
            Units.Index, ValueRange.Unit, "Elbers 2021; Vinh, Epps & Bailey 2010, JMLR 11"),
        Formula)
    {
        PointOnly = true,
    };

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sumX = Sums.Of(x), sumY = Sums.Of(y);
        return ExpectedMutualInformation.Formula(x, y).Select(information => information / Diversity.Of([sumX, sumY], sumX + sumY));
    }
}

/// <summary>The mutual information that chance alone gives a group and the rest, exactly.</summary>
/// <remarks>E[M] = Σ_i Σ_g E[(n / N) ln(n N / (t_i G_g))], n hypergeometric. Swedish: <i>slumpens ömsesidiga information</i>.</remarks>
internal static class ExpectedMutualInformation
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = new(
        new Definition(
            "expected-mutual-information", "Expected M under independence (two groups)", "Väntat M vid oberoende",
            "E[M], both margins fixed",
            Units.Nats, ValueRange.NonNegative, "Elbers 2021; Vinh, Epps & Bailey 2010, JMLR 11"),
        Formula)
    {
        PointOnly = true,
    };

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (!Chance.AreWhole(x) || !Chance.AreWhole(y)) return Quantity.Undefined(Chance.NotWhole);
        return Quantity.Known(Chance.Information(Chance.Totals(x, y), [Sums.Of(x), Sums.Of(y)]));
    }
}

/// <summary>The mutual information that chance alone gives, exactly.</summary>
/// <remarks>E[M] = Σ_i Σ_g E[(n / N) ln(n N / (t_i G_g))], n hypergeometric. Swedish: <i>slumpens ömsesidiga information</i>.</remarks>
internal static class MultigroupExpectedInformation
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = new(
        new Definition(
            "expected-mutual-information", "Expected M under independence, multigroup", "Väntat M vid oberoende för flera grupper",
            "E[M], both margins fixed",
            Units.Nats, ValueRange.NonNegative, "Elbers 2021; Vinh, Epps & Bailey 2010, JMLR 11"),
        Formula)
    {
        PointOnly = true,
    };

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    public static Quantity Formula(CountTable table)
    {
        if (!Chance.AreWhole(table.Counts)) return Quantity.Undefined(Chance.NotWhole);
        return Quantity.Known(Chance.Information(table.UnitTotals, table.GroupTotals));
    }
}

/// <summary>Theil's H that chance alone gives, exactly.</summary>
/// <remarks>E[H] = E[M] / E: the entropy is fixed with the margins. Swedish: <i>slumpens entropiindex</i>.</remarks>
internal static class MultigroupExpectedInformationTheory
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = new(
        new Definition(
            "expected-information-theory", "Expected H under independence, multigroup", "Väntat H vid oberoende för flera grupper",
            "E[H] = E[M] / E, both margins fixed",
            Units.Index, ValueRange.Unit, "Elbers 2021; Vinh, Epps & Bailey 2010, JMLR 11"),
        Formula)
    {
        PointOnly = true,
    };

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    public static Quantity Formula(CountTable table)
    {
        var entropy = Diversity.Of(table.GroupTotals, table.Total);
        return MultigroupExpectedInformation.Formula(table).Select(information => information / entropy);
    }
}
