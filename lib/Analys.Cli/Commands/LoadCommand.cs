using System.CommandLine;
using Analys.Database.Sql;
using Analys.Load;

namespace Analys.Cli.Commands;

/// <summary><c>analys load FILE --into "postgres:..."</c>: validates and screens a file of any size, and writes it into a new table.</summary>
internal static class LoadCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = CommonOptions.File();
        var schema = CommonOptions.Schema();
        var into = new Option<string>("--into") { Description = "postgres:Host=...;Database=... or sqlite:FILE.db; passwords come from PGPASSWORD or ~/.pgpass", Required = true };
        var table = new Option<string>("--table") { Description = "The new table", Required = true };
        var ledger = new LedgerOption();
        var command = new Command("load", "Validate and screen an extract and load it into a database; all of it or nothing") { file, schema, into, table, ledger.Option };
        command.SetAction((call, cancel) => Task.Run(
            () =>
            {
                var address = SourceAddress.Parse(call.GetRequiredValue(into));
                var stream = ExtractStream.Open(call.GetRequiredValue(file), SourceOptions.Schema(call.GetValue(schema)));
                using var connection = address.OpenForWriting();
                var rows = SourceAddress.Guarded(() => TableLoader.Load(stream, connection, address.Dialect!, call.GetRequiredValue(table), cancel));
                // Whoever subtracts the file's figures from the table's finds one memory.
                ledger.Of(call)?.Loaded(address.Dialect!.HashOf(connection, call.GetRequiredValue(table)), stream.Provenance!.Sources[0].Sha256);
                terminal.Output.WriteLine($"{rows} rows loaded into {address}:{call.GetRequiredValue(table)}");
                return ExitCode.Done;
            },
            cancel));
        return command;
    }
}
