using Analys.Measure.Effects.Fits;

namespace Analys.Measure.Effects.Persons;

/// <summary>Persons (or other units) seen once: an outcome, whether they were treated, and covariates from before.</summary>
/// <param name="Outcomes">The outcome of each.</param>
/// <param name="Treated">Who was treated.</param>
/// <param name="Covariates">The covariates.</param>
/// <param name="SampleWeights">By unit, its weight; null for one each.</param>
/// <param name="Clusters">By unit, its cluster from 0; null for units by themselves.</param>
internal sealed record CrossSection(double[] Outcomes, bool[] Treated, Covariates Covariates, double[]? SampleWeights = null,
    int[]? Clusters = null)
{
    private readonly double[] ones = Fits.Covariates.Ones(Outcomes.Length);

    /// <summary>The number of units.</summary>
    public int Units => Outcomes.Length;

    /// <summary>The weights.</summary>
    public double[] Weights => SampleWeights ?? ones;

    /// <summary>The rows of the treated.</summary>
    public int[] TreatedRows { get; } = [.. Enumerable.Range(0, Outcomes.Length).Where(row => Treated[row])];

    /// <summary>The rows of the comparison.</summary>
    public int[] ComparisonRows { get; } = [.. Enumerable.Range(0, Outcomes.Length).Where(row => !Treated[row])];

    /// <summary>The same without a unit.</summary>
    public CrossSection Without(int left)
    {
        int[] kept = [.. Enumerable.Range(0, Units).Where(unit => unit != left)];
        var known = new Dictionary<int, int>();
        return new(At(Outcomes, kept), Array.ConvertAll(kept, unit => Treated[unit]), Covariates.IsEmpty ? Covariates
            : Covariates.Rows(kept),
            SampleWeights is null ? null : At(SampleWeights, kept),
            Clusters is null ? null
                : Array.ConvertAll(kept, unit =>
                known.TryGetValue(Clusters[unit], out var number) ? number : known[Clusters[unit]] = known.Count));
    }

    /// <summary>A record over all units.</summary>
    public Estimate Record(string id) => new(id) { Treated = TreatedRows.Length, Comparison = ComparisonRows.Length };

    /// <summary>Values of some rows.</summary>
    public static double[] At(double[] values, int[] rows) => Array.ConvertAll(rows, row => values[row]);
}
