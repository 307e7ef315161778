using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Analys.Cli.Help;
using Analys.Domain;
using Analys.Load.Schema;
using Analys.Load.Undescribed;

namespace Analys.Cli.Commands.Load;

/// <summary><c>analys roles FILE</c>: says what each column is guessed to be, asks, and writes the schema beside the file.</summary>
internal static class RolesCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = CommonOptions.File();
        var sheet = CommonOptions.Sheet();
        var given = new Option<string[]>("--role")
        {
            Description = "COLUMN=ROLE, several times; none for a column without a role. These are not asked about",
            DefaultValueFactory = _ => [],
        };
        var stated = new PublicOption("your word that the table is published; without it the schema is confidential");
        var yes = new Option<bool>("--yes") { Description = "Take what is guessed without questions; it stays marked for review" };
        var force = new Option<bool>("--force") { Description = "Write over a schema that stands there" };
        var target = new Option<string?>("--out")
        {
            Description = "Where to write the schema; without it NAME.schema.json beside the "
            + "file"
        };
        var command = new Command("roles", "Say what each column of a file is, and write its schema") { file, sheet, CommonOptions.Table(),
            given, stated, yes, force, target };
        command.SetAction(call =>
        {
            var path = call.GetRequiredValue(file);
            var output = call.GetValue(target) ?? Path.Combine(Path.GetDirectoryName(path) ?? "", Path.GetFileNameWithoutExtension(path)
                + ".schema.json");
            if (File.Exists(output) && !call.GetValue(force))
                throw new CallException($"There is a schema {Path.GetFileName(output)} already: --force writes over it, --out "
                    + "NAME.schema.json elsewhere.");
            var word = stated.Word(call);
            var draft = (JsonObject)JsonNode.Parse(SchemaDraft.Infer(path, CommonOptions.Reading(call, call.GetValue(sheet))))!;
            var asks = new RoleDialogue(terminal, draft);
            asks.Take(call.GetValue(given) ?? []);
            if (!call.GetValue(yes)) asks.Ask();
            asks.State(word);
            OutputFile.Write(output, stream => stream.Write(Encoding.UTF8.GetBytes(draft.ToJsonString(new JsonSerializerOptions
            {
                WriteIndented = true,
                Encoder = JsonText.Encoder,
            }) + "\n")));
            asks.Say(output, path);
        });
        return command;
    }
}

/// <summary>The questions about the columns of a draft, and what was answered.</summary>
internal sealed class RoleDialogue(Terminal terminal, JsonObject draft)
{
    private const string None = "none";

    private static readonly string[] Roles = [.. RoleNames.All];

    private readonly HashSet<string> answered = new(StringComparer.Ordinal);

    private IEnumerable<JsonObject> Fields => draft["fields"]!.AsArray().OfType<JsonObject>();

    /// <summary>Takes the roles that the call gives.</summary>
    /// <exception cref="CallException">A column or a role is not there.</exception>
    public void Take(IEnumerable<string> given)
    {
        foreach (var text in given)
        {
            // A column's name may hold the sign itself; a role does not.
            var at = text.LastIndexOf('=');
            if (at <= 0) throw new CallException("--role is COLUMN=ROLE.");
            var (column, role) = (text[..at].Trim(), text[(at + 1)..].Trim());
            var field = Fields.FirstOrDefault(field => Name(field) == column) ?? throw new CallException(
                $"There is no column {column}.{Nearest.Hint(column, Fields.Select(Name))} The columns are {string.Join(", "
                    + "", Fields.Select(Name))}.");
            if (role != None && !Roles.Contains(role))
                throw new CallException($"There is no role {role}.{Nearest.Hint(role, Roles)} analys help roles lists them; none is for a "
                    + "column without one.");
            Set(field, role);
        }
    }

    /// <summary>Asks about the other columns, one line each; an empty answer takes the guess, and so does the end of the input.</summary>
    public void Ask()
    {
        var texts = CliTexts.Of(terminal.Screen.HelpLanguage);
        terminal.Errors.WriteLine(texts["roles.ask"]);
        foreach (var field in Fields.Where(field => !answered.Contains(Name(field))))
        {
            while (true)
            {
                var guess = RoleOf(field) ?? None;
                terminal.Errors.Write($"{Name(field)} ({(string?)field["type"]}) [{guess}]: ");
                if ((terminal.Input ?? Console.In).ReadLine() is not { } line) return;
                var answer = line.Trim();
                if (answer.Length == 0) answer = guess;
                if (answer == None || Roles.Contains(answer))
                {
                    Set(field, answer);
                    break;
                }

                terminal.Errors.WriteLine(answer == "?" ? string.Join(", ", Roles)
                    : $"{texts["roles.unknown"].Replace("{role}", answer, StringComparison.Ordinal)}{Nearest.Hint(answer, Roles)}");
            }
        }
    }

    /// <summary>States whether the table is published.</summary>
    public void State(string? source)
    {
        var own = (JsonObject)draft["analys"]!;
        if (source is not null)
        {
            own["confidentiality"] = "public";
            own["source"] = source.Trim();
        }

        // What everybody was asked about needs no review.
        if (Fields.All(field => answered.Contains(Name(field)))) own.Remove("review");
    }

    /// <summary>Says what was written.</summary>
    public void Say(string output, string file)
    {
        foreach (var field in Fields) terminal.Output.WriteLine($"{Name(field)}: "
            + $"{RoleOf(field) ?? "-"}{(answered.Contains(Name(field)) ? "" : " (guessed)")}");
        terminal.Output.WriteLine($"{output}: {(string?)draft["analys"]!["confidentiality"]}");
        terminal.Say($"next: analys check {file}");
    }

    private void Set(JsonObject field, string role)
    {
        var own = (JsonObject)field["analys"]!;
        own.Remove("review");
        own.Remove("role");
        if (role != None) own["role"] = role;
        if (own.Count == 0) field.Remove("analys");
        answered.Add(Name(field));
        if (!field.ContainsKey("analys") && role != None) field["analys"] = new JsonObject { ["role"] = role };
    }

    private static string Name(JsonObject field) => (string)field["name"]!;

    private static string? RoleOf(JsonObject field) => (string?)field["analys"]?["role"];
}
