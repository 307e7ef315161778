using Analys.Measure.Effects.Fits;

namespace Analys.Measure.Effects.OneTreated;

/// <summary>
/// Synthetic difference in differences (Arkhangelsky, Athey, Hirshberg, Imbens and Wager 2021, American Economic Review 111).
/// </summary>
/// <remarks>
/// Donors are weighted so that their path runs beside the treated's before the start (at any distance), periods before so that they
/// foretell those after for the donors; the effect is the difference in differences with both weights. Unit weights: intercept and ridge
/// ζ²·T0, ζ = (N_tr·T_post)^¼·σ, σ the standard deviation (n − 1) of the donors' first differences before the start. Time weights:
/// intercept and ridge N0·(10⁻⁶·σ)². Exact optimum; nothing is made sparse.
/// </remarks>
internal static class SyntheticDid
{
    /// <summary>synthetic-did with the placebo standard error (algorithm 4) and its normal interval, and synthetic-did-p.</summary>
    public static IReadOnlyList<Estimate> Records(Donors donors, double level, long seed)
    {
        const string id = "synthetic-did";
        if (donors.Before < 2)
            return [Estimate.Undefined(id, "one period before the start: no change before it to measure by; a longer window would help")];
        var own = Effect(donors, donors.Path, donors.Others);
        var (values, plan) = donors.Placebos((path, rest) => [Effect(donors, path, rest)], seed);
        double[] placebos = [.. values.Select(value => value[0])];
        var record = new Estimate(id) { Value = own, Treated = donors.Treated.Length, Comparison = donors.Others.Length };
        if (placebos.Length > 1) record = Errors.Interval(record
            with
        { StandardError = Math.Sqrt(Compensated.SquaresAroundMean(placebos) / placebos.Length) }, level);
        return [record, Donors.Rank(record, Math.Abs(own), [.. placebos.Select(Math.Abs)], plan)];
    }

    /// <summary>The estimate for a path against donors.</summary>
    public static double Effect(Donors donors, double[] path, int[] units)
    {
        var outcomes = Array.ConvertAll(units, unit => donors.Panel.Outcomes[unit]);
        int before = donors.Before, after = path.Length - before;
        double[] changes = [.. outcomes.SelectMany(row => Enumerable.Range(1, before - 1).Select(t => row[t] - row[t - 1]))];
        var spread = changes.Length > 1 ? Math.Sqrt(Compensated.Variance(changes)) : 0;
        var zeta = Math.Pow((double)donors.Treated.Length * after, 0.25) * spread;
        var byUnit = SimplexFit.Solve([.. outcomes.Select(row => Centred(row[..before]))], Centred(path[..before]),
            zeta * zeta * before).Weights;
        var later = Array.ConvertAll(outcomes, row => Compensated.Mean(row.AsSpan(before)));
        var byTime = SimplexFit.Solve([.. Enumerable.Range(0, before).Select(t => Centred([.. outcomes.Select(row => row[t])]))],
            Centred(later),
            outcomes.Length * 1e-12 * spread * spread).Weights;
        double Change(double[] row) => Compensated.Mean(row.AsSpan(before)) - Compensated.Dot(byTime, row.AsSpan(0, before));
        return Change(path) - Compensated.Dot(byUnit, Array.ConvertAll(outcomes, Change));
    }

    private static double[] Centred(double[] values)
    {
        var mean = Compensated.Mean(values);
        return Array.ConvertAll(values, value => value - mean);
    }
}
