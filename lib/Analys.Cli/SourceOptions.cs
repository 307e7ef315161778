using System.CommandLine;
using Analys.Database.Contract;
using Analys.Database.Sql;
using Analys.Load;

namespace Analys.Cli;

/// <summary>Where rows are that do not come to this machine.</summary>
internal sealed class SourceOptions
{
    private readonly Option<string[]> source = new("--source")
    {
        Description = "Instead of FILE: postgres:Host=...;Database=..., sqlite:FILE.db, or a CSV file larger than memory; several for the parts of one population. Only aggregates are asked for. Passwords come from PGPASSWORD or ~/.pgpass",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> table = new("--table") { Description = "The table or view of --source" };

    public Argument<string?> File { get; } = new("FILE") { Description = "The extract, a CSV file; or give --source", Arity = ArgumentArity.ZeroOrOne };

    public IEnumerable<Option> All => [source, table];

    /// <summary>The file of a call without a source; null where a source is given.</summary>
    public string? FileOf(ParseResult call)
    {
        var given = call.GetValue(source) is { Length: > 0 };
        if (call.GetValue(File) is { } file) return given ? throw new CallException("Give FILE or --source, not both.") : file;
        return given ? null : throw new CallException("Give FILE or --source.");
    }

    /// <summary>The source that a call names.</summary>
    public IAggregateSource Open(ParseResult call, TableSchema? schema)
    {
        var parts = call.GetValue(source)!.Select(text => SourceAddress.Parse(text).Open(call.GetValue(table), schema)).ToArray();
        return parts.Length == 1 ? parts[0] : new ShardedSource(parts);
    }

    public static TableSchema? Schema(string? schema) => schema is null ? null : TableSchema.Load(schema);
}
