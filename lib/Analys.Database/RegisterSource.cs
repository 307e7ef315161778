using System.Data.Common;
using Analys.Database.Pushed;
using Analys.Database.Sql;
using Analys.Load.Schema;
using Analys.Measure.Source;
using Analys.Measure.Study;

namespace Analys;

/// <summary>A register that stays where it is: a table of a database, or a file larger than memory. Only aggregates are asked of
/// it.</summary>
/// <remarks>The figures are those of the same rows loaded into memory. Swedish: <i>register i databas</i>.</remarks>
public sealed class RegisterSource : IDisposable
{
    private readonly IAggregateSource source;

    private RegisterSource(IAggregateSource source) => this.source = source;

    /// <summary>Opens a register by its address.</summary>
    /// <param name="address"><c>postgres:Host=...;Database=...</c>, <c>sqlite:FILE.db</c> or a CSV file; never with a password in
    /// it.</param>
    /// <param name="table">The table or view; null only for a file.</param>
    /// <param name="schema">The columns with their roles; null to find them, or to take names and types from the engine, as confidential
    /// data.</param>
    /// <exception cref="SourceException">It cannot be opened; the message does not repeat the address.</exception>
    public static RegisterSource Open(string address, string? table = null, TableSchema? schema = null) =>
        new(SourceAddress.Parse(address).Open(table, schema));

    /// <summary>A register behind a connection of one's own: a driver that needs more than an address says.</summary>
    /// <param name="connection">The connection, which the source then owns.</param>
    /// <param name="engine"><c>sqlserver</c>, <c>postgres</c>, <c>sqlite</c> or <c>duckdb</c>.</param>
    /// <param name="table">The table or view; parts of its name divided by points.</param>
    /// <param name="schema">The columns with their roles; null to take names and types from the engine, as confidential data.</param>
    /// <exception cref="ArgumentException">There is no such engine.</exception>
    public static RegisterSource Of(DbConnection connection, string engine, string table, TableSchema? schema = null) => new(new SqlSource(
        connection,
        Engines.Find(engine) ?? throw new ArgumentException($"The engine is one of {Engines.Names}.", nameof(engine)),
        table, schema));

    /// <summary>Measures of poverty, as <see cref="ExtractMeasures.Poverty"/> has them.</summary>
    /// <param name="measures">Ids; null for all that the columns allow and a source can answer.</param>
    /// <param name="choices">The choices of the study.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="NotPushedException">A measure needs the rows themselves.</exception>
    public Results Poverty(IReadOnlyList<string>? measures = null, StudyChoices? choices = null, CancellationToken cancel = default) =>
        Run(measures, choices, isPoverty: true, cancel);

    /// <summary>Measures of inequality, as <see cref="ExtractMeasures.Inequality"/> has them.</summary>
    /// <param name="measures">Ids; null for all that a source can answer.</param>
    /// <param name="choices">The choices of the study.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="NotPushedException">A measure needs the rows themselves.</exception>
    public Results Inequality(IReadOnlyList<string>? measures = null, StudyChoices? choices = null, CancellationToken cancel = default) =>
        Run(measures, choices, isPoverty: false, cancel);

    /// <summary>Closes the connection or the file.</summary>
    public void Dispose() => source.Dispose();

    private Results Run(IReadOnlyList<string>? measures, StudyChoices? choices, bool isPoverty, CancellationToken cancel)
    {
        choices ??= new StudyChoices();
        var chosen = ChosenMeasures.Of(measures ?? [], choices.Catalogue, isPoverty);
        return PushedStudies.Run(source, chosen, choices, isPoverty, null, cancel);
    }
}
