using System.CommandLine;
using System.Text.Json;
using Analys.Cli.Help;
using Analys.Cli.Tables;
using Analys.Domain;

namespace Analys.Cli.Commands.Measure;

/// <summary><c>analys measures</c>: what every measure is, with its formula and its source.</summary>
internal static class MeasuresCommand
{
    // Of a word its beginning: gini-koefficient, segregering.
    private const int Stem = 5;

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
                if (!Measures.All.Any(measure => measure.Definition.Id == asked.Split(':')[0]))
                    throw new CallException(Unknown(asked, CliTexts.Of(terminal.Screen.MessageLanguage)));
                Explain(terminal, asked);
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

    // Of hundreds of ids those that are meant, else how many each family has: a paragraph of ids helps nobody.
    private static string Unknown(string asked, CliTexts texts)
    {
        var name = asked.Split(':')[0];
        string[] ids = [.. Measures.All.Select(measure => measure.Definition.Id).Distinct()];
        // What begins as it was asked stands before what only has the word somewhere in its name.
        var first = name.Split('-', ' ', '_')[0];
        string[] near = [.. Measures.All.Where(measure => IsNear(measure.Definition, name)).Select(measure => measure.Definition.Id)
            .OrderByDescending(id => id.StartsWith(first, StringComparison.OrdinalIgnoreCase))
            .ThenBy(id => id.StartsWith(first, StringComparison.OrdinalIgnoreCase) ? id.Length : 0)
            .Prepend(Nearest.Of(name, ids) ?? "").Where(id => id.Length > 0).Distinct().Take(6)];
        var families = Measures.All.GroupBy(measure => measure.Family).Select(family =>
            $"{family.Key} ({family.Count()}: {string.Join(", ", family.Take(3).Select(measure => measure.Definition.Id))}, ...)");
        return texts["measure.unknown"].Replace("{id}", name, StringComparison.Ordinal) + " "
            + (near.Length > 0 ? texts["measure.near"].Replace("{list}", string.Join(", ", near), StringComparison.Ordinal)
                : texts["measure.families"].Replace("{list}", string.Join("; ", families), StringComparison.Ordinal))
            + " " + texts["measure.list"];
    }

    // A part of the id or of a name, in either language.
    private static bool IsNear(Definition measure, string asked) => asked.Split('-', ' ', '_').Where(word => word.Length > 3)
        .Select(word => word[..Math.Min(word.Length, Stem)]).Any(stem => new[] { measure.Id, measure.Name, measure.Swedish }
            .Any(name => name.Contains(stem, StringComparison.OrdinalIgnoreCase)));

    // One measure as a reader asks of it: what it is, what its value tells, which options it takes.
    private static void Explain(Terminal terminal, string id)
    {
        var (output, texts) = (terminal.Output, CliTexts.Of(terminal.Screen.Language));
        var swedish = terminal.Screen.Language == Language.Swedish;
        foreach (var measure in Measures.Find(id))
        {
            var definition = measure.Definition;
            output.WriteLine(swedish ? $"{definition.Id}: {definition.Swedish} ({definition.Name})"
                : $"{definition.Id}: {definition.Name} ({definition.Swedish})");
            Line("family", measure.Family);
            Line("formula", definition.Formula);
            Line("unit", texts.Find("unit." + definition.Unit) ?? definition.Unit);
            Line("source", definition.Citation);
            Line("tells", measure.Tells.ToString().ToLowerInvariant());
            if (measure.Counts is { } counted) Line("counts", $"{counted}");
            if (measure.Sources is { } sources) Line("sources", sources);
            foreach (var option in measure.Options)
            {
                var words = option.Words.IsEmpty ? "" : $": {string.Join(", ", option.Words)}";
                var says = (swedish ? texts.Option("segregation", "--" + option.Name) : null) ?? option.Description;
                output.WriteLine($"  --{option.Name}  {says}{words}" + (option.Default is null ? ""
                    : " " + texts["measure.default"].Replace("{value}", option.Default, StringComparison.Ordinal)));
            }
        }

        void Line(string key, string value) => output.WriteLine($"  {texts["measure." + key],-10} {value}");
    }

    private static void WriteTable(Terminal terminal)
    {
        // The family stands above its measures: a column of one word would take the room of the formula.
        var texts = CliTexts.Of(terminal.Screen.Language);
        foreach (var family in Measures.All.GroupBy(measure => measure.Family))
        {
            terminal.Output.WriteLine(family.Key);
            TextTable.Write(terminal.Output, terminal.Screen.Wide ? 0 : terminal.Screen.Width,
                [.. new TableColumn[] { new("id"), new("name"), new("formula", Keep: 1), new("unit", Keep: 2) }
                    .Select(column => column with { Heading = texts["column." + column.Name] })],
                [.. family.Select(entry => entry.Definition).Select(measure => new[] { measure.Id,
                    terminal.Screen.Language == Language.Swedish ? measure.Swedish : measure.Name, measure.Formula,
                    texts.Find("unit." + measure.Unit) ?? measure.Unit })]);
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
