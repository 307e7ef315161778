using System.CommandLine;
using System.Text.Json;
using Analys.Load;

namespace Analys.Cli.Commands;

/// <summary><c>analys check FILE</c>: validates and screens an extract.</summary>
internal static class CheckCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = CommonOptions.File();
        var schema = CommonOptions.Schema();
        var format = new Option<string>("--format") { Description = "text or json", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("check", "Validate an extract against its schema and screen it for identifiers; no value is ever shown") { file, schema, format };
        command.SetAction(call =>
        {
            var path = call.GetRequiredValue(file);
            var (extract, findings) = Extract.TryLoad(path, call.GetValue(schema) is { } name ? TableSchema.Load(name) : null);
            if (call.GetValue(format) == "json") WriteJson(terminal, path, findings);
            else if (extract is null) terminal.Findings(findings);
            else terminal.Output.WriteLine($"{Path.GetFileName(path)} is valid. {extract}");
            return extract is null ? ExitCode.DataIsWrong : ExitCode.Done;
        });
        return command;
    }

    private static void WriteJson(Terminal terminal, string path, IReadOnlyList<Finding> findings)
    {
        using (var json = new Utf8JsonWriter(terminal.Bytes, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("file", Path.GetFileName(path));
            json.WriteBoolean("valid", findings.Count == 0);
            json.WriteStartArray("errors");
            foreach (var finding in findings)
            {
                json.WriteStartObject();
                json.WriteString("type", finding.Code);
                if (finding.Row is { } row) json.WriteNumber("row", row);
                else json.WriteNull("row");
                if (finding.Field is { } field) json.WriteNumber("field", field);
                else json.WriteNull("field");
                json.WriteString("column", finding.Column);
                json.WriteString("expected", finding.Expected);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        terminal.Bytes.WriteByte((byte)'\n');
        terminal.Bytes.Flush();
    }
}
