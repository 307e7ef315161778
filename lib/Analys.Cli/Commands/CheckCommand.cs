using System.CommandLine;
using System.Text.Json;
using Analys.Load;
using Analys.Load.Packages;
using Analys.Load.Px;

namespace Analys.Cli.Commands;

/// <summary><c>analys check FILE</c>: validates and screens an extract, a schema, or a data package with all its tables.</summary>
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
            var (what, findings) = Check(path, call.GetValue(schema));
            if (call.GetValue(format) == "json") WriteJson(terminal, path, findings);
            else if (findings.Count > 0) terminal.Findings(findings);
            else terminal.Output.WriteLine($"{Path.GetFileName(path)} is valid. {what}");
            return findings.Count > 0 ? ExitCode.DataIsWrong : ExitCode.Done;
        });
        return command;
    }

    private static (string? What, IReadOnlyList<Finding> Findings) Check(string path, string? schema)
    {
        switch (Descriptor.KindOf(path))
        {
            case DescriptorKind.Package:
                if (schema is not null) throw new CallException("A data package has its own schemas: --schema is for a file.");
                var (resources, wrong) = PackageCheck.Check(path);
                return ($"data package: {resources} resources", wrong);
            case DescriptorKind.Schema:
                try
                {
                    return ($"schema: {TableSchema.Load(path).Fields.Length} fields", []);
                }
                catch (SchemaException e)
                {
                    return (null, [new Finding(FindingCodes.Schema, Path.GetFileName(path), null, null, null, $"a right schema: {e.Message}")]);
                }

            default:
                var (extract, findings) = Extract.TryLoad(path, schema is null ? null : TableSchema.Load(schema));
                // What is odd in a PX file without touching its figures is worth knowing here.
                if (extract is not null && Path.GetExtension(path).Equals(".px", StringComparison.OrdinalIgnoreCase)) findings = PxTable.Load(path).Findings;
                return (extract?.ToString(), findings);
        }
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
