using System.CommandLine;
using Analys.Database;
using Analys.Database.Sql;
using Analys.Domain;
using Analys.Load;
using Analys.Load.Schema;
using Analys.Measure.Source;

namespace Analys.Cli.Options;

/// <summary>Where rows are that do not come to this machine.</summary>
internal sealed class SourceOptions
{

    private readonly Option<string[]> source = new("--source")
    {
        Description =
        "Instead of FILE: postgres:Host=...;Database=..., sqlite:FILE.db, duckdb:FILE, sqlserver:Server=..., or a CSV or Parquet file "
            + "larger than memory; several for the parts of one "
            + "population. Only aggregates are asked for. Passwords come from PGPASSWORD or ~/.pgpass",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> table =
        new("--table") { Description = "The table or view of --source; of a FILE with several tables, its number from 1" };
    private readonly Option<double> timeout =
        CommonOptions.Number("--timeout", "The longest time of a statement of --source, in seconds", 600);

    public Argument<string?> File { get; } =
        new("FILE") { Description = "The extract, a CSV file; or give --source", Arity = ArgumentArity.ZeroOrOne };

    public IEnumerable<Option> All => [source, table, timeout];

    /// <summary>The file of a call without a source; null where a source is given.</summary>
    public string? FileOf(ParseResult call)
    {
        var given = call.GetValue(source) is { Length: > 0 };
        if (call.GetValue(File) is "") throw new CallException("FILE is empty: name a file.");
        if (call.GetValue(File) is { } address && Engines.IsAddress(address))
            throw new CallException("FILE is a file: the address of a database is given with --source.");
        if (call.GetValue(File) is { } file) return given ? throw new CallException("Give FILE or --source, not both.") : file;
        return given ? null : throw new CallException("Give FILE or --source.");
    }

    /// <summary>The source that a call names.</summary>
    /// <param name="call">The call.</param>
    /// <param name="schema">The schema; null to find it.</param>
    /// <param name="also">One more condition on the rows; null for none.</param>
    public IAggregateSource Open(ParseResult call, TableSchema? schema, string? also = null)
    {
        var more = also is null ? [] : RowChoice.Parse([also]).Conditions;
        var parts = Parts(call, address => address.Open(call.GetValue(table), schema, Timeout(call), found =>
            new RowChoice([.. CommonOptions.Rows(call, found).Conditions, .. more])));
        return parts.Count == 1 ? parts[0] : new ShardedSource(parts);
    }

    /// <summary>The source that a call names, as one of counts.</summary>
    public ICountSource OpenCounts(ParseResult call, TableSchema? schema)
    {
        var parts =
            Parts(call, address =>
            address.OpenCounts(call.GetValue(table), schema, Timeout(call), found => CommonOptions.Rows(call, found)));
        return parts.Count == 1 ? parts[0] : new CountsSideBySide(parts);
    }

    public static TableSchema? Schema(string? schema) => schema is null ? null : TableSchema.Load(schema);

    private TimeSpan Timeout(ParseResult call) => call.GetValue(timeout) is >= 0.001 and <= 1_000_000 and var seconds
        ? TimeSpan.FromSeconds(seconds)
        : throw new CallException("--timeout must be from 0.001 to 1000000 seconds.");

    // Where one cannot be opened, those before it are closed.
    private List<T> Parts<T>(ParseResult call, Func<SourceAddress, T> open)
        where T : IDisposable
    {
        var parts = new List<T>();
        try
        {
            foreach (var text in call.GetValue(source)!) parts.Add(open(SourceAddress.Parse(text)));
            return parts;
        }
        catch
        {
            foreach (var part in parts) part.Dispose();
            throw;
        }
    }
}
