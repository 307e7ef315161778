using Analys.Measure.Source;

namespace Analys.Tests.Database;

/// <summary>Adds up how many cells the queries to a source ask for.</summary>
internal sealed class CountingSource(IAggregateSource source, int shards) : IAggregateSource
{
    public long Cells { get; private set; }

    public SourceDescription Description => source.Description;

    public int Fineness(int domains) => source.Fineness(domains);

    public Census Count(PersonLayout layout, CancellationToken cancel)
    {
        var census = source.Count(layout, cancel);
        Cells += shards * (1 + census.Periods.Count + census.Values.Sum(values => values.Count));
        return census;
    }

    public IReadOnlyList<double[]?[]> Answer(SourceFrame frame, IReadOnlyList<AggregateQuery> queries, CancellationToken cancel)
    {
        // A figure's sums are asked in at most four statements: with and without a household, by cluster and without one.
        Cells += shards * queries.Sum(query => query switch
        {
            BinQuery bins => bins.Pivots.Sum(pivots => pivots is null ? 0 : pivots.Length + 1L),
            // By stratum, of clusters and of persons without one, so many forms at a time.
            ReachQuery reach => 2L * (1 + (reach.Forms.Length / 20)),
            LinearQuery linear => 2L * frame.Domains(query.Scope) * (1 + (linear.Forms.Length / 60)),
            _ => 4L * frame.Domains(query.Scope),
        }) + (queries.Any(query => query is PanelQuery) ? 1 : 0);
        return source.Answer(frame, queries, cancel);
    }

    public void Dispose() => source.Dispose();
}
