using System.Runtime.InteropServices;
using Analys.Database.Contract;
using Analys.Measure.Inequality;

namespace Analys.Database.Rows;

/// <summary>Σ_i Σ_j w_i w_j max(y_i, y_j) from the weights of distinct incomes, band by rising band of incomes where they are too many at once.</summary>
internal sealed class MaximaAccumulator(SourceFrame frame, MaximaQuery query) : ScopeAccumulator(frame, query)
{
    private readonly double[]?[] rows = new double[]?[frame.Domains(query.Scope)];
    private readonly double[] below = new double[frame.Domains(query.Scope)];
    private readonly Dictionary<(int Domain, double Income), double> weightOf = [];
    private double from = double.NegativeInfinity;
    private double to = double.PositiveInfinity;

    /// <summary>The incomes that divide the bands, one fewer than there are passes.</summary>
    public double[] Bands { get; set; } = [];

    public override long Entries(long count) => count;

    public override void Begin(int pass, int passes)
    {
        from = pass == 0 ? double.NegativeInfinity : pass - 1 < Bands.Length ? Bands[pass - 1] : double.PositiveInfinity;
        to = pass < Bands.Length ? Bands[pass] : double.PositiveInfinity;
    }

    protected override void Add(RowChunk chunk, double[] incomes, double[] weights, int[] domains)
    {
        for (var i = 0; i < chunk.Count; i++)
        {
            if (domains[i] < 0 || !(incomes[i] > from && incomes[i] <= to)) continue;
            rows[domains[i]] ??= new double[1];
            if (query.Line is { } line && !(incomes[i] < line || (query.Rule == PoorRule.AtOrBelow && incomes[i] == line))) continue;
            CollectionsMarshal.GetValueRefOrAddDefault(weightOf, (domains[i], incomes[i]), out _) += weights[i];
        }
    }

    public override void End()
    {
        var sorted = weightOf.ToArray();
        Array.Sort(sorted, (a, b) => a.Key.Domain != b.Key.Domain ? a.Key.Domain.CompareTo(b.Key.Domain) : a.Key.Income.CompareTo(b.Key.Income));
        foreach (var ((domain, income), weight) in sorted)
        {
            rows[domain]![0] += weight * income * ((2 * below[domain]) + weight);
            below[domain] += weight;
        }

        weightOf.Clear();
    }

    public override double[]?[] Answer() => rows;
}
