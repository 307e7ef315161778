using System.Runtime.InteropServices;
using Analys.Database.Contract;
using Analys.Measure.Inequality;

namespace Analys.Database.Rows;

/// <summary>Sums of poverty. Households and clusters that do not stand together are remembered, in several passes where they are too many at once.</summary>
internal sealed class SumAccumulator(SourceFrame frame, SumQuery query) : ScopeAccumulator(frame, query)
{
    private readonly double[]?[] rows = new double[]?[frame.Domains(query.Scope)];
    private readonly Dictionary<(int Domain, long Key), byte> households = [];
    private readonly Dictionary<(int Domain, long Key), double> clusters = [];
    private readonly bool together = frame.Census.KeysTogether && (query.Scope.Period >= 0 || frame.Periods.Length <= 1);
    private long household = RowChunk.NoKey;
    private long cluster = RowChunk.NoKey;
    private int pass;
    private int passes = 1;

    public override long Entries(long count) => together ? 0 : (Frame.Layout.Household is null ? 0 : count) + (Frame.Layout.Cluster is null ? 0 : count);

    public override void Begin(int pass, int passes) => (this.pass, this.passes) = (pass, passes);

    protected override void Add(RowChunk chunk, double[] incomes, double[] weights, int[] domains)
    {
        var (line, loose) = (query.Line, query.Rule == PoorRule.AtOrBelow);
        for (var i = 0; i < chunk.Count; i++)
        {
            var domain = domains[i];
            if (domain < 0) continue;
            var row = rows[domain] ??= new double[SumColumns.Width];
            var (income, weight) = (incomes[i], weights[i]);
            var poor = income < line || (loose && income == line);
            Household(row, chunk.Households[i], domain, poor);
            Cluster(row, chunk.Clusters[i], domain, weight);
            if (pass > 0) continue;
            row[SumColumns.Count]++;
            row[SumColumns.Weight] += weight;
            if (!poor) continue;
            var gap = (line - income) / line;
            row[SumColumns.PoorCount]++;
            row[SumColumns.PoorWeight] += weight;
            row[SumColumns.Gaps] += weight * gap;
            row[SumColumns.SquaredGaps] += weight * gap * gap;
        }
    }

    public override void End()
    {
        EndClusters();
        households.Clear();
    }

    public override double[]?[] Answer() => rows;

    private void Household(double[] row, long key, int domain, bool poor)
    {
        if (Frame.Layout.Household is null) return;
        var place = poor ? SumColumns.PoorHouseholds : SumColumns.OtherHouseholds;
        if (key == RowChunk.NoKey)
        {
            if (pass == 0) row[place]++;
            return;
        }

        if (!Own(key)) return;
        if (together && key != household)
        {
            household = key;
            households.Clear();
        }

        ref var seen = ref CollectionsMarshal.GetValueRefOrAddDefault(households, (domain, key), out _);
        var bit = (byte)(poor ? 1 : 2);
        if ((seen & bit) == 0) row[place]++;
        seen |= bit;
    }

    private void Cluster(double[] row, long key, int domain, double weight)
    {
        if (key == RowChunk.NoKey)
        {
            if (pass == 0) row[SumColumns.SquaredClusterWeights] += weight * weight;
            return;
        }

        if (together && key != cluster)
        {
            cluster = key;
            EndClusters();
        }

        if (Own(key)) CollectionsMarshal.GetValueRefOrAddDefault(clusters, (domain, key), out _) += weight;
    }

    private void EndClusters()
    {
        foreach (var ((domain, _), weight) in clusters) rows[domain]![SumColumns.SquaredClusterWeights] += weight * weight;
        clusters.Clear();
    }

    private bool Own(long key) => KeyPart.Of(key, passes) == pass;
}
