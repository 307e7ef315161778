using Analys.Measure.Effects.Fits;

namespace Analys.Measure.Effects.OneTreated;

/// <summary>
/// A mixture of donors that was as the treated unit before the start stands for it afterwards (Abadie, Diamond and Hainmueller 2010).
/// </summary>
/// <remarks>
/// Outcomes of all periods before, no intercept, weights not negative with sum 1, exact optimum. The placebo test ranks the ratio of the
/// mean squared error after to that before; the set of constant effects that it does not reject is the confidence set (Firpo and Possebom
/// 2018).
/// </remarks>
internal sealed class SyntheticControl
{
    private readonly Donors donors;
    private readonly double[][] placebos;
    private readonly Draws.DrawPlan plan;
    private readonly double scale;

    /// <summary>Fits the treated and, one after the other, every donor as if it had been treated.</summary>
    public SyntheticControl(Donors donors, long seed)
    {
        this.donors = donors;
        Fit = Solve(donors.Path, donors.Others);
        Synthetic = Mixture(Fit.Weights, donors.Others);
        Gaps = [.. donors.Path.Select((value, t) => value - Synthetic[t])];
        scale = Math.Max(1e-300, donors.Others.Append(donors.Treated[0]).Max(unit => donors.Panel.Outcomes[unit].Max(Math.Abs)));
        (placebos, plan) = donors.Placebos((path, rest) =>
        {
            var mixture = Mixture(Solve(path, rest).Weights, rest);
            return [.. path.Select((value, t) => value - mixture[t])];
        }, seed);
    }

    /// <summary>The weights.</summary>
    public SimplexFit Fit { get; }

    /// <summary>The mixture's outcome in each period.</summary>
    public double[] Synthetic { get; }

    /// <summary>Treated less mixture in each period.</summary>
    public double[] Gaps { get; }

    /// <summary>
    /// synthetic-control: the mean gap from the start on, with the confidence set; synthetic-weight, one a donor; synthetic-path
    /// (parameters <c>series</c> and <c>time</c>) and synthetic-gap (<c>time</c>; its interval spans the placebos' gaps);
    /// synthetic-control-p.
    /// </summary>
    public IReadOnlyList<Estimate> Records(double level)
    {
        var panel = donors.Panel;
        Estimate Record(string id, double? value) =>
            new(id) { Value = value, Treated = donors.Treated.Length, Comparison = donors.Others.Length };
        var whole = Record("synthetic-control", Compensated.Mean(Gaps.AsSpan(donors.Before)));
        var ratios = Array.ConvertAll(placebos, gaps => Ratio(gaps, 0));
        List<Estimate> records = [ConfidenceSet(whole, ratios, level)];
        records.AddRange(donors.Others.Select((unit, k) => Record("synthetic-weight", Fit.Weights[k]).With("donor", panel.Labels[unit])));
        for (var t = 0; t < panel.Periods.Length; t++)
        {
            var time = panel.Name(panel.Periods[t]);
            records.Add(Record("synthetic-path", donors.Path[t]).With("series", "actual").With("time", time));
            records.Add(Record("synthetic-path", Synthetic[t]).With("series", "synthetic").With("time", time));
            records.Add((Record("synthetic-gap", Gaps[t])
                with
            { Lower = placebos.Min(gaps => gaps[t]), Upper = placebos.Max(gaps => gaps[t]) }).With("time", time));
        }

        records.Add(Donors.Rank(whole, Ratio(Gaps, 0), ratios, plan));
        return records;
    }

    // All constant effects c whose ratio, the gaps after the start less c, is not among the largest: an interval, as the ratio is a
    // parabola in c.
    private Estimate ConfidenceSet(Estimate whole, double[] ratios, double level)
    {
        var all = ratios.Length + 1;
        // The largest number of placebos as large with which the p value is still at most alpha.
        var rejected = Enumerable.Range(0, all).Count(count => (1.0 + count) / all <= (1 - level) + 1e-12);
        if (rejected == 0) return whole
            with
        {
            Reason = $"with {ratios.Length} placebos no p value is at most {Errors.Share(1 - level)}: every effect is in the "
                + $"confidence set"
        };
        // Not rejected: at least that many placebos are as large.
        var reach = ratios.OrderDescending().ElementAt(rejected - 1);
        var before = Root(Gaps.AsSpan(0, donors.Before));
        var after = Gaps.AsSpan(donors.Before);
        double mean = Compensated.Mean(after), spread = Compensated.SquaresAroundMean(after) / after.Length,
            width = (reach * reach * before * before) - spread;
        if (double.IsInfinity(reach))
            return whole with { Reason = "placebos without any error before the start: every effect is in the confidence set" };
        if (!(before > 1e-9 * scale)) return whole with { Reason = "the treated has no error before the start: the ratio is not defined" };
        return width < 0 ? whole with { Reason = "no constant effect is in the confidence set: the effect changes over time" }
            : whole with { Lower = mean - Math.Sqrt(width), Upper = mean + Math.Sqrt(width) };
    }

    private double Ratio(double[] gaps, double effect)
    {
        double before = Root(gaps.AsSpan(0, donors.Before)), after = Root([.. gaps.Skip(donors.Before).Select(gap => gap - effect)]);
        // A fit without error but for rounding.
        return before > 1e-9 * scale ? after / before : double.PositiveInfinity;
    }

    private static double Root(ReadOnlySpan<double> values) => Math.Sqrt(Compensated.Dot(values, values) / values.Length);

    private SimplexFit Solve(double[] path, int[] units) =>
        SimplexFit.Solve([.. units.Select(unit => donors.Panel.Outcomes[unit][..donors.Before])], path[..donors.Before], 0);

    private double[] Mixture(double[] weights, int[] units) =>
        [.. Enumerable.Range(0, donors.Panel.Periods.Length)
            .Select(t => Compensated.Dot(weights, [.. units.Select(unit => donors.Panel.Outcomes[unit][t])]))];
}
