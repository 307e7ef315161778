using System.CommandLine;
using Analys.Database.Sql;
using Analys.Domain;
using Analys.Load;
using Analys.Load.Csv;
using Analys.Load.Cubes;
using Analys.Load.Cubes.JsonStat;

namespace Analys.Cli.Commands.Load;

/// <summary><c>analys fetch TABLE</c>: public statistics from PxWeb's API v2.</summary>
internal static class FetchCommand
{
    public static Command Create(Terminal terminal)
    {
        var table = new Argument<string?>("TABLE")
        {
            Description = "The table's id, such as TAB6471; of a site with version 1 its path below --api; or the table's whole address",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var query = new Option<string?>("--query")
        {
            Description = $"A named request in place of TABLE: {string.Join(", ", PxWebQuery.Names)}; --select changes its choices",
        };
        var select =
            new Option<string[]>("--select")
            {
                Description =
                "VARIABLE=CODES, comma-separated codes or expressions (*, 0180*, top(3), range(2015,2020), from(2015)); once for each "
                    + "variable",
                AllowMultipleArgumentsPerToken = false
            };
        var address =
            new Option<string>("--api")
            {
                Description = "The address of the API of any PxWeb site, version 1 or 2",
                DefaultValueFactory =
            _ => new PxWebOptions().Address.AbsoluteUri
            };
        var language = new Option<string>("--language") { Description = "The language of labels", DefaultValueFactory = _ => "sv" };
        var cache = new Option<string?>("--cache") { Description = "A folder where answers are kept" };
        var refresh = new Option<bool>("--refresh") { Description = "Fetch kept answers anew" };
        var age = CommonOptions.Number("--max-age", "Fetch kept answers anew that are older than so many days");
        var offline = new Option<bool>("--offline") { Description = "Use kept answers only" };
        var variables = new Option<bool>("--variables") { Description = "List the table's variables instead of fetching figures" };
        var target = new Option<string?>("--out") { Description = "FILE.csv or FILE.json (JSON-stat); without it CSV on standard output" };
        var command = new Command("fetch", "Fetch public statistics from PxWeb (Statistics Sweden by default)") { table, query, select,
            address, language, cache, refresh, age, offline, variables, target };
        command.SetAction(async (call, cancel) =>
        {
            if ((call.GetValue(offline) || call.GetValue(refresh) || call.GetValue(age) is not null) && call.GetValue(cache) is null)
                throw new CallException("--offline, --refresh and --max-age need --cache.");
            if (call.GetValue(age) < 0) throw new CallException("--max-age is a number of days.");
            var named = call.GetValue(query) is { } name ? PxWebQuery.Find(name) : null;
            if ((named is null) == (call.GetValue(table) is null)) throw new CallException("Give a TABLE or a --query, not both.");
            var (site, id) = PxWebSite.Place(call.GetRequiredValue(address), named?.Table ?? call.GetValue(table)!);
            var output = call.GetValue(target);
            var kind = output is null ? ".CSV" : Path.GetExtension(output).ToUpperInvariant();
            if (kind is not (".CSV" or ".JSON")) throw new CallException("--out ends in .csv or .json.");
            using var client = new PxWebClient(new PxWebOptions
            {
                Address = site,
                Language = call.GetRequiredValue(language),
                CacheFolder = call.GetValue(cache),
                Offline = call.GetValue(offline),
                MaxAge = call.GetValue(refresh) ? TimeSpan.Zero : call.GetValue(age) is { } days ? TimeSpan.FromDays(Math.Min(days, 1e5))
                    : null,
            });
            if (call.GetValue(variables))
            {
                foreach (var variable in await client.GetVariablesAsync(id, cancel))
                {
                    await terminal.Output.WriteLineAsync(
                        $"{variable.Id}: {variable.Label}, {variable.Count} values, {variable.Codes[0]} ({variable.Labels[0]}) to "
                            + $"{variable.Codes[^1]} ({variable.Labels[^1]})");
                }

                return;
            }

            var choice = Selection(call.GetValue(select) ?? []);
            foreach (var (variable, terms) in named?.Select ?? new Dictionary<string, IReadOnlyList<string>>()) choice.TryAdd(variable,
                terms);
            if (named is not null) await terminal.Errors.WriteLineAsync($"analys: {named.Title} ({named.Table})");
            var cube = await client.GetAsync(id, choice, cancel);
            if (client.OldestKept is { } kept)
                await terminal.Errors.WriteLineAsync($"analys: note: answers kept {Ago(kept)} were used; --refresh fetches them anew");
            foreach (var note in cube.Notes.Where(note => note.Mandatory))
                await terminal.Errors.WriteLineAsync($"note: {note.Text.ReplaceLineEndings(" ")}");
            void Write(Stream stream)
            {
                if (kind == ".JSON") JsonStatWriter.Write(stream, cube);
                else CubeCsv.Write(stream, cube);
            }

            if (output is not null)
            {
                OutputFile.Write(output, Write);
                return;
            }

            Write(terminal.Bytes);
            await terminal.Bytes.FlushAsync(cancel);
        });
        return command;
    }

    private static string Ago(TimeSpan age) => age.TotalDays >= 2 ? $"{(int)age.TotalDays} days ago"
        : age.TotalHours >= 2 ? $"{(int)age.TotalHours} hours ago" : "within the last two hours";

    // Commas separate terms, but not inside parentheses.
    internal static Dictionary<string, IReadOnlyList<string>> Selection(IEnumerable<string> options)
    {
        var selection = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var option in options)
        {
            if (option.Split('=', 2) is not [{ Length: > 0 } variable, { Length: > 0 } list])
                throw new CallException("--select is VARIABLE=CODES.");
            var terms = new List<string>();
            int depth = 0, start = 0;
            for (var i = 0; i <= list.Length; i++)
            {
                if (i == list.Length || (list[i] == ',' && depth == 0))
                {
                    if (list[start..i].Trim() is { Length: > 0 } term) terms.Add(term);
                    start = i + 1;
                }
                else
                {
                    depth += list[i] == '(' ? 1 : list[i] == ')' ? -1 : 0;
                }
            }

            if (!selection.TryAdd(variable, terms)) throw new CallException($"--select names {variable} twice.");
        }

        return selection;
    }
}

/// <summary><c>analys load FILE --into "postgres:..."</c>: validates and screens a file of any size, and writes it into a new
/// table.</summary>
internal static class LoadCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = CommonOptions.File();
        var schema = CommonOptions.Schema();
        var into = new Option<string>("--into")
        {
            Description =
            "postgres:Host=...;Database=..., sqlite:FILE.db or duckdb:FILE; passwords come from PGPASSWORD or ~/.pgpass",
            Required = true
        };
        var table = new Option<string>("--table") { Description = "The new table", Required = true };
        var gate = new GateOptions(GateParts.Ledger);
        var command = new Command("load", "Validate and screen an extract and load it into a database; all of it or nothing") { file,
            schema, into, table };
        foreach (var option in gate.All) command.Add(option);
        command.SetAction((call, cancel) => Task.Run(
            () =>
            {
                var address = SourceAddress.Parse(call.GetRequiredValue(into));
                using var made = new NewDatabase(call.GetRequiredValue(into));
                Work.Say($"loading {Path.GetFileName(call.GetRequiredValue(file))}");
                var stream = ExtractStream.Open(call.GetRequiredValue(file), SourceOptions.Schema(call.GetValue(schema)));
                using var connection = address.OpenForWriting();
                var rows =
                    SourceAddress.Guarded(() =>
                        TableLoader.Load(stream, connection, address.Dialect!, call.GetRequiredValue(table), cancel));
                // Whoever subtracts the file's figures from the table's finds one memory.
                gate.LedgerOf(call)?.Loaded(address.HashOf(connection, call.GetRequiredValue(table)),
                    stream.Provenance!.Sources[0].Sha256);
                made.Keep();
                terminal.Say($"{rows} rows loaded into {address}:{call.GetRequiredValue(table)}");
                return ExitCode.Done;
            },
            cancel));
        return command;
    }
}

/// <summary>The file of a database that a call makes: where the call fails, it is taken away again.</summary>
internal sealed class NewDatabase : IDisposable
{
    private readonly string? made;
    private bool kept;

    public NewDatabase(string address)
    {
        const string Sqlite = "sqlite:";
        made = address.StartsWith(Sqlite, StringComparison.Ordinal) && !File.Exists(address[Sqlite.Length..]) ? address[Sqlite.Length..]
            : null;
    }

    /// <summary>It holds what was asked for.</summary>
    public void Keep() => kept = true;

    public void Dispose()
    {
        if (made is null || kept || !File.Exists(made)) return;
        // The driver keeps files open for the next connection.
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var ending in (string[])["", "-journal", "-wal", "-shm"]) File.Delete(made + ending);
    }
}
