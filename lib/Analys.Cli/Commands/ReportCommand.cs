using System.CommandLine;
using Analys.Cli.Report;
using Analys.Disclosure;
using Analys.Domain;
using Analys.Present;
using Analys.Present.Records;
using Analys.Present.Report;

namespace Analys.Cli.Commands;

/// <summary><c>analys report [DATA]</c>: the main job, from extracts to a page with its figures, tables and manifest.</summary>
internal static class ReportCommand
{
    public static Command Create(Terminal terminal)
    {
        var data = new Argument<string?>("DATA") { Description = "The folder of the extracts; the public figures that ship with the command when it is left out", Arity = ArgumentArity.ZeroOrOne };
        var output = new Option<string>("--out") { Description = "The folder to write to", DefaultValueFactory = _ => "out" };
        var language = new Option<string>("--language") { Description = "sv or en", DefaultValueFactory = _ => "sv" };
        language.AcceptOnlyFromAmong("sv", "en");
        var policy = CommonOptions.PolicyName();
        var geometry = new Option<string?>("--geometry") { Description = "Boundaries of the districts for the map: GeoJSON or a shapefile; without it the map is of tiles" };
        var id = new Option<string?>("--id") { Description = "The property of the boundaries that holds the districts' names or codes" };
        var command = new Command("report", "Make the report: read extracts, measure, pass disclosure control, write a page with figures and tables") { data, output, language, policy, geometry, id };
        command.SetAction(call =>
        {
            var options = new ReportOptions(call.GetValue(data), call.GetRequiredValue(output), call.GetRequiredValue(language), call.GetValue(policy) ?? "stockholm")
            {
                Geometry = call.GetValue(geometry),
                Id = call.GetValue(id),
            };
            foreach (var line in Run(options)) terminal.Output.WriteLine(line);
        });
        return command;
    }

    /// <summary>Makes the report and returns what was written.</summary>
    public static IReadOnlyList<string> Run(ReportOptions options)
    {
        if (File.Exists(options.Out)) throw new CallException("--out names a file; a folder is wanted.");
        var content = ReportData.Build(options.Data ?? ShippedData, Policy.Load(options.Policy));
        if (options.Geometry is { } boundaries)
        {
            var (outlines, source) = ReportMap.Load(boundaries, options.Id);
            content = content with { Outlines = outlines, OutlineSource = source };
        }

        var english = options.Language == "en";
        var report = StockholmReport.Compose(content, english ? Language.English : Language.Swedish);
        var page = english ? "report.html" : "rapport.html";
        using var folder = new OutputFolder(options.Out);
        folder.Write(page, report.Html);
        FigureFiles.WriteTo(folder, report.Figures);
        var manifest = new Manifest("report", options.ToDictionary(), options.Policy, content.Provenance, folder.Written);
        folder.Write(Manifest.FileName, manifest.Write);
        folder.Commit();
        return
        [
            Path.Combine(options.Out, page),
            $"{Path.Combine(options.Out, "figurer")} ({report.Figures.Count} SVG files)",
            $"{Path.Combine(options.Out, "tabeller")} ({report.Figures.Count} CSV files)",
            Path.Combine(options.Out, Manifest.FileName),
        ];
    }

    /// <summary>Where the public figures lie: beside the command.</summary>
    public static string ShippedData => Path.Combine(AppContext.BaseDirectory, "data", "stockholm");
}

/// <summary>The options of a report.</summary>
/// <param name="Data">The folder of the extracts; null for the shipped ones.</param>
/// <param name="Out">The folder to write to.</param>
/// <param name="Language">sv or en.</param>
/// <param name="Policy">The disclosure policy.</param>
internal sealed record ReportOptions(string? Data, string Out, string Language, string Policy)
{
    /// <summary>The boundaries of the districts; null for a map of tiles.</summary>
    public string? Geometry { get; init; }

    /// <summary>The property that names the districts.</summary>
    public string? Id { get; init; }

    /// <summary>The options for the manifest; the folder of the data as seen from the output, so that both can be moved together.</summary>
    public IReadOnlyDictionary<string, string> ToDictionary()
    {
        var options = new Dictionary<string, string> { ["language"] = Language };
        if (Data is not null) options["data"] = Path.GetRelativePath(Out, Data).Replace('\\', '/');
        if (Geometry is not null) options["geometry"] = Path.GetRelativePath(Out, Geometry).Replace('\\', '/');
        if (Id is not null) options["id"] = Id;
        return options;
    }
}
