using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Analys.Cli.Help;
using Analys.Domain;
using Analys.Load;
using Analys.Load.Undescribed;

namespace Analys.Cli.Commands.Load;

/// <summary><c>analys init FOLDER</c>: a folder to work in: extracts with schema drafts, a recipe, a notebook, a place for the ledger.
/// What stands there already is left as it is.</summary>
internal static class InitCommand
{
    private static readonly string[] Endings = [".csv", ".tsv", ".px", ".xlsx", ".xls", ".parquet"];

    public static Command Create(Terminal terminal)
    {
        var folder = new Argument<string>("FOLDER") { Description = "The folder to make; it may stand and hold extracts" };
        var from = new Option<string[]>("--from")
        {
            Description = "Extracts, or folders of them, to copy into FOLDER/data; several after one another",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        var command = new Command("init", "Make a folder to work in: extracts, schema drafts, a recipe, a notebook, a place for the "
            + "ledger") { folder, from };
        command.SetAction(call => Make(terminal, call.GetRequiredValue(folder), call.GetValue(from) ?? []));
        return command;
    }

    private static void Make(Terminal terminal, string target, string[] from)
    {
        if (target.Length == 0) throw new CallException("FOLDER is empty: name a folder.");
        if (File.Exists(target)) throw new CallException("FOLDER names a file; a folder is wanted.");
        var copied = from.SelectMany(Extracts).Distinct(StringComparer.Ordinal).ToList();
        if (copied.GroupBy(Path.GetFileName).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new CallException($"--from names two files {twice.Key}: they cannot stand in one folder.");
        var own = Directory.Exists(target) ? Extracts(Path.Combine(target, "data")).Concat(Extracts(target)).ToList() : [];
        using var output = new OutputFolder(target);
        var (made, left) = (new List<string>(), new List<string>());
        foreach (var file in copied)
        {
            Add($"data/{Path.GetFileName(file)}", stream =>
            {
                using var source = File.OpenRead(file);
                source.CopyTo(stream);
            });
        }

        foreach (var (file, place) in copied.Select(file => (file, "data/")).Concat(own.Select(file => (file, Relative(target, file)))))
        {
            var schema = place + Path.GetFileNameWithoutExtension(file) + ".schema.json";
            var beside = Path.ChangeExtension(file, null) + ".schema.json";
            if (File.Exists(beside) && place == "data/" && copied.Contains(file)) Add(schema, stream =>
                stream.Write(File.ReadAllBytes(beside)));
            else if (SchemaFinder.Find(file) is null) Draft(file, schema);
        }

        var texts = CliTexts.Of(terminal.Screen.HelpLanguage);
        var language = terminal.Screen.HelpLanguage == Language.Swedish ? "sv" : "en";
        var first = copied.Select(file => $"data/{Path.GetFileName(file)}")
            .Concat(own.Select(file => Relative(target, file) + Path.GetFileName(file)))
            .FirstOrDefault() ?? "data/FILE.csv";
        Add(texts["init.readme"], stream => stream.Write(Template($"init-readme.{language}.md", first)));
        Add(texts["init.notebook"], stream => stream.Write(Template($"init-notebook.{language}.ipynb", first)));
        Add("recept/rapport.json", stream => stream.Write(Recipe()));
        // Data and what remembers releases do not belong in a repository.
        Add(".gitignore", stream => stream.Write("data/\njournal/\nout/\n"u8));
        Add(texts["init.ledger"], stream => stream.Write(Encoding.UTF8.GetBytes(texts["init.ledger.text"] + "\n")));
        output.Commit();
        foreach (var name in made) terminal.Output.WriteLine(Path.Combine(target, name));
        foreach (var name in left) terminal.Errors.WriteLine($"analys: note: {name} stands there and was left as it is");
        foreach (var line in texts["init.next"].Replace("{file}", Path.Combine(target, first), StringComparison.Ordinal)
            .Replace("{data}", Path.GetDirectoryName(Path.Combine(target, first)), StringComparison.Ordinal)
            .Replace("{folder}", target, StringComparison.Ordinal).Split('\n')) terminal.Output.WriteLine(line);

        void Draft(string file, string schema)
        {
            try
            {
                var draft = SchemaDraft.Infer(file, new ReadOptions(null));
                Add(schema, stream => stream.Write(Encoding.UTF8.GetBytes(draft)));
            }
            catch (ExtractRejectedException)
            {
                terminal.Errors.WriteLine($"analys: note: {Path.GetFileName(file)} cannot be read as a table: analys check {file} says "
                    + "why");
            }
        }

        void Add(string name, Action<Stream> write)
        {
            if (File.Exists(Path.Combine(target, name)))
            {
                left.Add(name);
                return;
            }

            output.Write(name, write);
            made.Add(name);
        }
    }

    private static string Relative(string target, string file) =>
        Path.GetRelativePath(target, Path.GetDirectoryName(file)!).Replace('\\', '/') is var place and not "." ? place + "/" : "";

    private static IEnumerable<string> Extracts(string path)
    {
        if (File.Exists(path)) return [path];
        if (!Directory.Exists(path))
        {
            return Path.GetFileName(path) == "data" ? []
                : throw new CallException($"There is no file or folder {Path.GetFileName(Path.TrimEndingDirectorySeparator(path))}.");
        }

        return Directory.GetFiles(path).Where(file =>
            Endings.Contains(Path.GetExtension(file).ToLowerInvariant())).Order(StringComparer.Ordinal);
    }

    private static byte[] Template(string name, string file)
    {
        using var reader = new StreamReader(CliTexts.Open(name));
        return Encoding.UTF8.GetBytes(reader.ReadToEnd().Replace("{file}", file, StringComparison.Ordinal));
    }

    // The general recipe under a name of its own: it takes whatever is found, and is there to be changed.
    private static byte[] Recipe()
    {
        using var stream = DataSchemas.Open("reports/allman.json");
        var recipe = (JsonObject)JsonNode.Parse(stream)!;
        recipe["name"] = "rapport";
        return Encoding.UTF8.GetBytes(recipe.ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = JsonText.Encoder })
            + "\n");
    }
}
