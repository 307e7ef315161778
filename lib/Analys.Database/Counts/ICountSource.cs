using Analys.Database.Contract;

namespace Analys.Database.Counts;

/// <summary>A table whose counts are added up where its rows are: a SQL engine, a file read once, or several of them. An edge of the outside world.</summary>
public interface ICountSource : IDisposable
{
    /// <summary>The columns, and whether individuals stand behind the rows.</summary>
    SourceDescription Description { get; }

    /// <summary>Adds up columns by the values of others.</summary>
    /// <param name="keys">The columns to divide by.</param>
    /// <param name="sums">The columns to add up.</param>
    /// <param name="cancel">Stops the work.</param>
    CountTotals Totals(IReadOnlyList<string> keys, IReadOnlyList<string> sums, CancellationToken cancel);
}
