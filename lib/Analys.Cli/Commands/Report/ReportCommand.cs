using System.CommandLine;
using System.Text.Json;
using Analys.Cli.Errors;
using Analys.Domain;
using Analys.Load;
using Analys.Report;
using Analys.Report.Recipes;
using Analys.Report.Tables;

namespace Analys.Cli.Commands.Report;

/// <summary><c>analys report [FILES|FOLDER]</c>: the main job, from extracts to a page with its figures, tables and manifest.</summary>
internal static class ReportCommand
{
    /// <summary>Where the public figures lie: beside the command.</summary>
    public static string ShippedData => Path.Combine(AppContext.BaseDirectory, "data", "stockholm");

    public static Command Create(Terminal terminal)
    {
        var choices = new ReportChoices();
        var output = new Option<string>("--out") { Description = "The folder to write to", DefaultValueFactory = _ => "out" };
        var explain = new Option<bool>("--explain")
        {
            Description =
            "Say which table feeds which section and why others do not; nothing is written"
        };
        var pdf = Pdf();
        var command = new Command(
            "report",
            "Make a report of extracts: read, measure, pass disclosure control, write one page with figures, tables and profiles")
        {
            choices.Data, output,
        };
        foreach (var option in choices.All) command.Add(option);
        command.Add(explain);
        command.Add(pdf);
        command.SetAction(call =>
        {
            var options = choices.Read(call, call.GetRequiredValue(output));
            if (call.GetValue(explain)) return Explain(terminal, options);
            var (lines, left, code) = Run(options);
            foreach (var line in left) terminal.Errors.WriteLine($"analys: left out: {line}");
            foreach (var line in lines) terminal.Output.WriteLine(line);
            return code == ExitCode.Done && call.GetValue(pdf) ? Print(terminal, [lines[0]]) : code;
        });
        return command;
    }

    /// <summary>The option of a PDF.</summary>
    public static Option<bool> Pdf() => new("--pdf")
    {
        Description = "Print the page to PDF beside it, with an installed Chromium, Chrome or Edge",
    };

    /// <summary>Prints pages to PDF beside them.</summary>
    public static int Print(Terminal terminal, IEnumerable<string> pages)
    {
        if (PagePrinter.Browser() is not { } browser)
        {
            terminal.Errors.WriteLine($"analys: {PagePrinter.None}");
            return ExitCode.MachineFailed;
        }

        foreach (var page in pages)
        {
            var target = Path.ChangeExtension(page, ".pdf");
            if (!PagePrinter.Print(browser, page, target))
            {
                terminal.Errors.WriteLine($"analys: --pdf: the browser {Path.GetFileName(browser)} made no PDF; print the page from any "
                    + "browser.");
                return ExitCode.MachineFailed;
            }

            terminal.Output.WriteLine(target);
        }

        return ExitCode.Done;
    }

    /// <summary>Makes the report; gives what was written, what was left out, and how it ended.</summary>
    public static (IReadOnlyList<string> Written, IReadOnlyList<string> Left, int Code) Run(ReportOptions options)
    {
        if (File.Exists(options.Out)) throw new CallException("--out names a file; a folder is wanted.");
        var (context, outlines) = Context(options);
        var report = ReportMaker.Make(context, options.Title);
        if (report.Sections == 0)
        {
            return ([], [.. report.LeftOut, "no section can be made of these tables: nothing was written"], report.AnyRefused
                ? ExitCode.ReleaseRefused : ExitCode.DataIsWrong);
        }

        var page = options.Language == "en" ? "report.html" : "rapport.html";
        using var folder = new OutputFolder(options.Out);
        folder.Write(page, report.Html);
        FigureFiles.WriteTo(folder, report.Figures);
        var provenance = outlines is null ? report.Provenance : report.Provenance.Merge(new Provenance { Sources = [outlines] });
        var manifest = new Manifest("report", options.ToDictionary(), options.Policy, provenance, folder.Written);
        folder.Write(Manifest.FileName, manifest.Write);
        folder.Commit();
        return (
            [
                Path.Combine(options.Out, page),
                $"{Path.Combine(options.Out, FigureFiles.Pictures(context.Language))} ({report.Figures.Count} SVG files)",
                $"{Path.Combine(options.Out, FigureFiles.Tables(context.Language))} ({report.Figures.Count} CSV files)",
                Path.Combine(options.Out, Manifest.FileName),
            ],
            report.LeftOut, ExitCode.Done);
    }

    /// <summary>The tables, the recipe and the choices of a call.</summary>
    public static (ReportContext Context, SourceFile? Outlines) Context(ReportOptions options)
    {
        var inputs = TableInput.Read(options.Data.Count > 0 ? options.Data : [ShippedData], options.Public is { } source
            ? new PublicStatement(source) : null, RowChoice.Parse(options.Where));
        if (inputs.Count == 0) throw new CallException("The folder holds no file with a table.");
        Slips.Areas(options.Areas, inputs.Select(input => input.Extract).OfType<Extract>());
        var boundaries = options.Geometry is { } geometry ? ReportMap.Load(geometry, options.Id) : ([], null!);
        return (
            new ReportContext
            {
                Inputs = inputs,
                Recipe = options.Recipe is { } recipe ? Recipe.Load(recipe) : RecipeChoice.For(inputs),
                Policy = Policy.Load(options.Policy),
                Language = options.Language == "en" ? Language.English : Language.Swedish,
                Period = options.Period,
                Areas = options.Areas,
                Outlines = boundaries.Outlines,
            },
            boundaries.Source);
    }

    private static int Explain(Terminal terminal, ReportOptions options)
    {
        var (context, _) = Context(options);
        var report = ReportMaker.Make(context, options.Title);
        terminal.Output.WriteLine($"recipe {context.Recipe.Name}");
        foreach (var line in report.Made) terminal.Output.WriteLine($"  {line}");
        foreach (var line in report.LeftOut) terminal.Output.WriteLine($"  left out: {line}");
        return ExitCode.Done;
    }
}

/// <summary>What a report can be asked with, for the report and for the profiles.</summary>
internal sealed class ReportChoices
{
    private readonly Option<string?> recipe = new("--recipe")
    {
        Description =
        $"The recipe: {string.Join(", ", Recipe.Shipped)}, or a file; without it the one that fits what is found"
    };
    private readonly Option<string?> period = new("--period")
    {
        Description =
        "The period to tell about, where a table has several; the latest of each when it is left out"
    };
    private readonly Option<string[]> areas = CommonOptions.List("--areas",
        "The areas to mark in figures and to make profiles of, comma-separated; all have profiles when it is left out");
    private readonly Option<string?> title = CommonOptions.Title("The title of the page");
    private readonly PublicOption stated =
        new("your word that files without a schema are published tables; refused for registers of persons");
    private readonly Option<string> language = CommonOptions.TextLanguage();
    private readonly GateOptions gate = new(GateParts.Policy);
    private readonly Option<string?> geometry = new("--geometry")
    {
        Description =
        "Boundaries of the areas for maps: GeoJSON or a shapefile; without them maps are of tiles"
    };
    private readonly Option<string?> id = new("--id")
    {
        Description =
        "The property of the boundaries that holds the areas' names or codes"
    };

    public ReportChoices()
    {
        Data = new("FILES")
        {
            Description =
            "Extracts, or the folder they lie in; the public figures that ship with the command when left out",
            Arity =
            ArgumentArity.ZeroOrMore
        };
    }

    /// <summary>The files.</summary>
    public Argument<string[]> Data { get; }

    /// <summary>The options.</summary>
    public IEnumerable<Option> All => [recipe, period, areas, title, stated, language, .. gate.All, geometry, id];

    /// <summary>What a call chose.</summary>
    public ReportOptions Read(ParseResult call, string output)
    {
        return new(call.GetValue(Data) ?? [], output, call.GetRequiredValue(language), gate.PolicyNameOf(call))
        {
            Recipe = call.GetValue(recipe),
            Period = call.GetValue(period),
            Areas = call.GetValue(areas) ?? [],
            Title = call.GetValue(title),
            Public = stated.Word(call),
            Geometry = call.GetValue(geometry),
            Id = call.GetValue(id),
            Where = CommonOptions.Conditions(call),
        };
    }
}

/// <summary>The options of a report.</summary>
/// <param name="Data">Files and folders; none for the shipped ones.</param>
/// <param name="Out">The folder to write to.</param>
/// <param name="Language">sv or en.</param>
/// <param name="Policy">The disclosure policy.</param>
internal sealed record ReportOptions(IReadOnlyList<string> Data, string Out, string Language, string Policy)
{
    private const char Separator = '|';

    /// <summary>The recipe; null for the one that fits.</summary>
    public string? Recipe { get; init; }

    /// <summary>The period; null for the latest.</summary>
    public string? Period { get; init; }

    /// <summary>The areas; none for all.</summary>
    public IReadOnlyList<string> Areas { get; init; } = [];

    /// <summary>The title; null for the recipe's.</summary>
    public string? Title { get; init; }

    /// <summary>Source and date of files without a schema.</summary>
    public string? Public { get; init; }

    /// <summary>The boundaries of the areas; null for maps of tiles.</summary>
    public string? Geometry { get; init; }

    /// <summary>The property that names the areas.</summary>
    public string? Id { get; init; }

    /// <summary>Which rows are meant, of the tables that have the columns.</summary>
    public IReadOnlyList<string> Where { get; init; } = [];

    /// <summary>The options for the manifest; paths as seen from the output, so that both can be moved together.</summary>
    public IReadOnlyDictionary<string, string> ToDictionary()
    {
        var options = new Dictionary<string, string> { ["language"] = Language };
        if (Data.Count > 0) options["data"] = string.Join(Separator, Data.Select(Relative));
        if (Recipe is not null) options["recipe"] = File.Exists(Recipe) ? Relative(Recipe) : Recipe;
        if (Period is not null) options["period"] = Period;
        if (Areas.Count > 0) options["areas"] = string.Join(Separator, Areas);
        if (Title is not null) options["title"] = Title;
        if (Public is not null) options["public"] = Public;
        if (Geometry is not null) options["geometry"] = Relative(Geometry);
        if (Id is not null) options["id"] = Id;
        if (Where.Count > 0) options["where"] = string.Join('\n', Where);
        return options;
    }

    /// <summary>The options that a manifest holds.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="place">Where a file that it names lies; refuses what it may not name.</param>
    /// <param name="output">The folder to write to.</param>
    /// <param name="data">Where the data lie now; null for where the manifest says.</param>
    public static ReportOptions Of(JsonElement manifest, Func<string, string> place, string output, string? data)
    {
        var options = manifest.GetProperty("options");
        string? Text(string name) => options.TryGetProperty(name, out var value) ? value.GetString() : null;
        string[] Many(string name) => Text(name)?.Split(Separator) ?? [];
        var recipe = Text("recipe");
        // Whatever is no name of ours is a file, and read only where the caller says so.
        var policy = manifest.GetProperty("policy").GetString()!;
        return new(data is not null ? [data] : [.. Many("data").Select(place)], output, Text("language")!,
            Analys.Policy.Shipped.Contains(policy) ? policy : place(policy))
        {
            Recipe = recipe is null || Analys.Report.Recipes.Recipe.Shipped.Contains(recipe) ? recipe : place(recipe),
            Period = Text("period"),
            Areas = Many("areas"),
            Title = Text("title"),
            Public = Text("public"),
            Geometry = Text("geometry") is { } geometry ? place(geometry) : null,
            Id = Text("id"),
            Where = Text("where")?.Split('\n') ?? [],
        };
    }

    private string Relative(string path) => Path.GetRelativePath(Out, path).Replace('\\', '/');
}
