using Analys.Database.Contract;

namespace Analys.Database.Counts;

/// <summary>Several sources with the parts of one population: their counts add up.</summary>
public sealed class CountsSideBySide : ICountSource
{
    private readonly IReadOnlyList<ICountSource> parts;

    /// <summary>Puts sources side by side.</summary>
    /// <param name="parts">The parts, with the same columns.</param>
    public CountsSideBySide(IReadOnlyList<ICountSource> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count == 0) throw new ArgumentException("There must be a source.", nameof(parts));
        this.parts = parts;
        Description = SourceDescription.Together([.. parts.Select(part => part.Description)]);
    }

    /// <inheritdoc/>
    public SourceDescription Description { get; }

    /// <inheritdoc/>
    public CountTotals Totals(IReadOnlyList<string> keys, IReadOnlyList<string> sums, CancellationToken cancel)
    {
        var totals = new CountTotals[parts.Count];
        Parts.Each(parts.Count, (i, stop) => totals[i] = parts[i].Totals(keys, sums, stop), cancel);
        return totals.Aggregate((all, more) => all.Plus(more));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var part in parts) part.Dispose();
    }
}
