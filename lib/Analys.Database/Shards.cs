using Analys.Database.Pushed;
using Analys.Measure.Source;

namespace Analys.Database;

/// <summary>Several sources side by side, each asked at the same time: servers that share the households of one population.</summary>
/// <remarks>
/// All of a household, and of a cluster, stand in one part. Everything adds up over parts but the order of all incomes, which Gini's, Sen's
/// and Shorrocks's indices need: for those take one database that knows all parts (partitions over postgres_fdw, Citus).
/// </remarks>
internal sealed class ShardedSource : IAggregateSource
{
    private readonly IReadOnlyList<IAggregateSource> parts;

    /// <summary>Puts sources side by side.</summary>
    /// <param name="parts">The parts, with the same columns.</param>
    public ShardedSource(IReadOnlyList<IAggregateSource> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count == 0) throw new ArgumentException("There must be a source.", nameof(parts));
        this.parts = parts;
        Description = SourceDescription.Together([.. parts.Select(part => part.Description)]);
    }

    /// <inheritdoc/>
    public SourceDescription Description { get; }

    /// <inheritdoc/>
    public int Fineness(int domains) => parts.Min(part => part.Fineness(domains));

    /// <inheritdoc/>
    public Census Count(PersonLayout layout, CancellationToken cancel)
    {
        var counts = new Census[parts.Count];
        Parts.Each(parts.Count, (i, stop) => counts[i] = parts[i].Count(layout, stop), cancel);
        return counts.Aggregate((all, more) => all.Plus(more));
    }

    /// <inheritdoc/>
    public IReadOnlyList<double[]?[]> Answer(SourceFrame frame, IReadOnlyList<AggregateQuery> queries, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(queries);
        if (queries.Any(query => query is MaximaQuery))
            throw new NotPushedException(
                "Gini's, Sen's and Shorrocks's indices need all incomes in one order; separate servers do not have it: name one database "
                    + "that knows all parts.");
        if (queries.Any(query => query is PanelQuery))
            throw new NotPushedException(
                "Panel measures follow persons, who may have moved from one server to another; separate servers do not see it: name one "
                    + "database that knows all parts.");
        var answers = new IReadOnlyList<double[]?[]>[parts.Count];
        Parts.Each(parts.Count, (i, stop) => answers[i] = parts[i].Answer(frame, queries, stop), cancel);
        return [.. queries.Select((query, place) => answers.Select(answer => answer[place])
            .Aggregate((all, more) => [.. all.Zip(more, query.Together)]))];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var part in parts) part.Dispose();
    }
}
