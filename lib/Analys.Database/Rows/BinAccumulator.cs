using Analys.Database.Contract;

namespace Analys.Database.Rows;

/// <summary>Weights and weighted incomes between pivots.</summary>
internal sealed class BinAccumulator(SourceFrame frame, BinQuery query) : ScopeAccumulator(frame, query)
{
    private readonly double[]?[] rows = [.. query.Pivots.Select(pivots => pivots is null ? null : new double[2 * (pivots.Length + 1)])];
    private bool first = true;

    public override void Begin(int pass, int passes) => first = pass == 0;

    protected override void Add(RowChunk chunk, double[] incomes, double[] weights, int[] domains)
    {
        if (!first) return;
        for (var i = 0; i < chunk.Count; i++)
        {
            if (domains[i] < 0 || rows[domains[i]] is not { } row) continue;
            var pivots = query.Pivots[domains[i]]!;
            var bin = Array.BinarySearch(pivots, incomes[i]);
            if (bin < 0) bin = ~bin;
            row[bin] += weights[i];
            row[pivots.Length + 1 + bin] += weights[i] * incomes[i];
        }
    }

    public override double[]?[] Answer() => rows;
}
