using System.CommandLine;
using System.Text.Json;
using Analys.Cli.Tables;
using Analys.Domain;

namespace Analys.Cli.Commands.Measure;

/// <summary><c>analys measures</c>: what every measure is, with its formula and its source.</summary>
internal static class MeasuresCommand
{
    public static Command Create(Terminal terminal)
    {
        var format = new Option<string>("--format") { Description = "table, markdown or json", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "markdown", "json");
        var id = new Argument<string?>("ID")
        {
            Description = "One measure, to be explained with its options; without it all are listed",
            Arity = ArgumentArity.ZeroOrOne
        };
        var command = new Command("measures", "List every measure with its names, formula, unit and citation; or explain one") { id,
            format };
        command.SetAction(call =>
        {
            if (call.GetValue(id) is { } asked)
            {
                Explain(terminal.Output, asked);
                return;
            }

            switch (call.GetValue(format))
            {
                case "json":
                    WriteJson(terminal);
                    break;
                case "markdown":
                    terminal.Output.Write(Markdown());
                    break;
                default:
                    WriteTable(terminal);
                    break;
            }
        });
        return command;
    }

    /// <summary>The page of measures: one table a family.</summary>
    public static string Markdown()
    {
        var text =
            new System.Text.StringBuilder(
                "# Measures\n\nWritten by `analys measures --format markdown`; a test compares this page with the code.\n");
        foreach (var family in Measures.All.GroupBy(entry => entry.Family))
        {
            text.Append("\n## ").Append(family.Key)
                .Append("\n\n| id | English | Svenska | formula | unit | source |\n| --- | --- | --- | --- | --- | --- |\n");
            foreach (var measure in family.Select(entry => entry.Definition))
            {
                text.Append("| ")
                    .AppendJoin(" | ", new[] { $"`{measure.Id}`", measure.Name, measure.Swedish, measure.Formula, measure.Unit,
                        measure.Citation }.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");
            }
        }

        return text.ToString();
    }

    // One measure as a reader asks of it: what it is, what its value tells, which options it takes.
    private static void Explain(TextWriter output, string id)
    {
        var found = Measures.Find(id);
        foreach (var measure in found)
        {
            output.WriteLine($"{measure.Definition.Id}: {measure.Definition.Name} ({measure.Definition.Swedish})");
            output.WriteLine($"  family     {measure.Family}");
            output.WriteLine($"  formula    {measure.Definition.Formula}");
            output.WriteLine($"  unit       {measure.Definition.Unit}");
            output.WriteLine($"  source     {measure.Definition.Citation}");
            output.WriteLine($"  tells      {measure.Tells.ToString().ToLowerInvariant()}");
            if (measure.Counts is { } counted) output.WriteLine($"  counts     {counted}");
            if (measure.Sources is { } sources) output.WriteLine($"  sources    {sources}");
            foreach (var option in measure.Options)
            {
                var words = option.Words.IsEmpty ? "" : $": {string.Join(", ", option.Words)}";
                output.WriteLine(
                    $"  --{option.Name}  {option.Description}{words}{(option.Default is null ? "" : $" (default {option.Default})")}");
            }
        }
    }

    private static void WriteTable(Terminal terminal)
    {
        // The family stands above its measures: a column of one word would take the room of the formula.
        foreach (var family in Measures.All.GroupBy(measure => measure.Family))
        {
            terminal.Output.WriteLine(family.Key);
            TextTable.Write(terminal.Output, terminal.Screen.Wide ? 0 : terminal.Screen.Width,
                [new TableColumn("id"), new TableColumn("name"), new TableColumn("formula", Keep: 1), new TableColumn("unit", Keep: 2)],
                [.. family.Select(entry => entry.Definition)
                    .Select(measure => new[] { measure.Id, measure.Name, measure.Formula, measure.Unit })]);
            terminal.Output.WriteLine();
        }
    }

    private static void WriteJson(Terminal terminal)
    {
        using (var json = new Utf8JsonWriter(terminal.Bytes, new JsonWriterOptions { Indented = true, Encoder = JsonText.Encoder }))
        {
            json.WriteStartArray();
            foreach (var (family, measure) in Measures.All)
            {
                json.WriteStartObject();
                json.WriteString("id", measure.Id);
                json.WriteString("family", family);
                json.WriteString("name", measure.Name);
                json.WriteString("swedish", measure.Swedish);
                json.WriteString("formula", measure.Formula);
                json.WriteString("unit", measure.Unit);
                if (double.IsFinite(measure.Range.Min)) json.WriteNumber("min", measure.Range.Min);
                else json.WriteNull("min");
                if (double.IsFinite(measure.Range.Max)) json.WriteNumber("max", measure.Range.Max);
                else json.WriteNull("max");
                json.WriteString("citation", measure.Citation);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        terminal.Bytes.WriteByte((byte)'\n');
        terminal.Bytes.Flush();
    }
}
