using System.CommandLine;
using System.Text;
using System.Text.Json;
using Analys.Domain;
using Analys.Load;
using Analys.Load.Cubes;
using Analys.Load.Schema;
using Analys.Load.Screening;
using Analys.Load.Undescribed;

namespace Analys.Cli.Commands.Load;

/// <summary><c>analys check FILE</c>: validates and screens an extract, a schema, or a data package with all its tables.</summary>
internal static class CheckCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = CommonOptions.File();
        var schema = CommonOptions.Schema();
        var sheet = CommonOptions.Sheet();
        var format = new Option<string>("--format") { Description = "text or json", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var anonymity = new Option<bool>("--anonymity")
        {
            Description =
            "Also say how well persons hide among those who look like them: k-anonymity and l-diversity over the quasi-identifiers"
        };
        var quasi =
            CommonOptions.List("--quasi",
                "The quasi-identifiers; without it the columns with the roles age, sex, area, background, familyType, tenure, "
                    + "quasiIdentifier");
        var sensitive = CommonOptions.List("--sensitive",
            "The sensitive columns; without it those with the roles of income and of months with support or without work");
        var command =
            new Command("check", "Validate an extract against its schema and screen it for identifiers; no value is ever shown") { file,
                schema, sheet, CommonOptions.Table(), format, anonymity, quasi, sensitive };
        command.SetAction(call =>
        {
            var path = call.GetRequiredValue(file);
            var (what, findings, extract) = Check(path, call.GetValue(schema), CommonOptions.Reading(call, call.GetValue(sheet)));
            if (extract is not null) extract = CommonOptions.Chosen(extract, call);
            var hiding = extract is not null && call.GetValue(anonymity)
                ? Anonymity.Of(extract, Policy.Stockholm.Threshold, call.GetValue(quasi), call.GetValue(sensitive)) : null;
            if (call.GetValue(format) == "json") WriteJson(terminal, path, findings, extract?.Notices ?? [], hiding);
            else if (findings.Count > 0) terminal.Findings(findings);
            else terminal.Say($"{Path.GetFileName(path)} is valid. {what}");
            if (call.GetValue(format) != "json")
            {
                foreach (var notice in extract?.Notices ?? []) terminal.Say($"note: {notice}");
                if (hiding is not null) Write(terminal, hiding);
            }

            return ExitCode.Of(findings);
        });
        return command;
    }

    private static (string? What, IReadOnlyList<Finding> Findings, Extract? Extract) Check(string path, string? schema, ReadOptions reading)
    {
        switch (Descriptor.KindOf(path))
        {
            case DescriptorKind.Package:
                if (schema is not null) throw new CallException("A data package has its own schemas: --schema is for a file.");
                var (resources, wrong) = PackageCheck.Check(path);
                return ($"data package: {resources} resources", wrong, null);
            case DescriptorKind.Schema:
                try
                {
                    return ($"schema: {TableSchema.Load(path).Fields.Length} fields", [], null);
                }
                catch (SchemaException e)
                {
                    return (null,
                        [new Finding(FindingCodes.Schema, Path.GetFileName(path), null, null, null, $"a right schema: {e.Message}")], null);
                }

            default:
                var (extract, findings) = Extract.TryLoad(path, schema is null ? null : TableSchema.Load(schema), reading);
                // What is odd in a PX file without touching its figures is worth knowing here.
                if (extract is not null && Path.GetExtension(path).Equals(".px", StringComparison.OrdinalIgnoreCase))
                    findings = PxTable.Load(path).Findings;
                return (extract?.ToString(), findings, extract);
        }
    }

    private static void Write(Terminal terminal, Anonymity hiding)
    {
        terminal.Say(
            $"k-anonymity over {string.Join(", ", hiding.QuasiIdentifiers)}: k = {hiding.Smallest} (asked for: {hiding.Limit}); records "
                + $"below: {hiding.RecordsBelow}");
        foreach (var (column, diversity) in hiding.Sensitive) terminal.Say($"l-diversity of {column}: l = {diversity}");
    }

    private static void WriteJson(Utf8JsonWriter json, Anonymity hiding)
    {
        json.WriteStartObject("anonymity");
        json.WriteStartArray("quasiIdentifiers");
        foreach (var column in hiding.QuasiIdentifiers) json.WriteStringValue(column);
        json.WriteEndArray();
        json.WriteNumber("limit", hiding.Limit);
        Count("k", hiding.Smallest);
        Count("recordsBelow", hiding.RecordsBelow);
        json.WriteStartObject("diversity");
        foreach (var (column, diversity) in hiding.Sensitive) json.WriteNumber(column, diversity);
        json.WriteEndObject();
        json.WriteEndObject();

        void Count(string name, string count)
        {
            if (long.TryParse(count, System.Globalization.CultureInfo.InvariantCulture, out var number)) json.WriteNumber(name, number);
            else json.WriteString(name, count);
        }
    }

    private static void WriteJson(Terminal terminal, string path, IReadOnlyList<Finding> findings, IReadOnlyList<Notice> notices,
        Anonymity? hiding)
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
            json.WriteStartArray("notices");
            foreach (var notice in notices)
            {
                json.WriteStartObject();
                json.WriteString("type", notice.Code);
                json.WriteStartArray("rows");
                foreach (var row in notice.Rows.First) json.WriteNumberValue(row);
                json.WriteEndArray();
                json.WriteNumber("count", notice.Rows.Count);
                if (notice.Field is { } field) json.WriteNumber("field", field);
                else json.WriteNull("field");
                json.WriteString("column", notice.Column);
                json.WriteString("text", notice.Text);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (hiding is not null) WriteJson(json, hiding);
            json.WriteEndObject();
        }

        terminal.Bytes.WriteByte((byte)'\n');
        terminal.Bytes.Flush();
    }
}

/// <summary><c>analys schema infer FILE</c>: a first schema, to be reviewed.</summary>
internal static class SchemaCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = CommonOptions.File();
        var sheet = CommonOptions.Sheet();
        var target =
            new Option<string?>("--out") { Description = "Where to write it, such as NAME.schema.json; without it on standard output" };
        var infer =
            new Command("infer", "A first schema from a file's header and first rows; types and roles are guesses, marked for review") {
                file, sheet, CommonOptions.Table(), target };
        infer.SetAction(call =>
        {
            var draft =
                Encoding.UTF8.GetBytes(SchemaDraft.Infer(call.GetRequiredValue(file), CommonOptions.Reading(call, call.GetValue(sheet))));
            if (call.GetValue(target) is { } path)
            {
                OutputFile.Write(path, stream => stream.Write(draft));
                return;
            }

            terminal.Bytes.Write(draft);
            terminal.Bytes.Flush();
        });
        return new Command("schema", "Table Schemas of extracts") { infer };
    }
}
