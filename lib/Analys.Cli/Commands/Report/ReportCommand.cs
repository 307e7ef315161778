using System.CommandLine;
using System.Text.Json;
using Analys.Domain;
using Analys.Notebooks.Runner;
using Analys.Report;

namespace Analys.Cli.Commands.Report;

/// <summary><c>analys report [DATA]</c>: the main job, from extracts to a page with its figures, tables and manifest.</summary>
internal static class ReportCommand
{
    public static Command Create(Terminal terminal)
    {
        var data =
            new Argument<string?>("DATA") { Description =
                "The folder of the extracts; the public figures that ship with the command when it is left out",
                Arity = ArgumentArity.ZeroOrOne };
        var output = new Option<string>("--out") { Description = "The folder to write to", DefaultValueFactory = _ => "out" };
        var language = new Option<string>("--language") { Description = "sv or en", DefaultValueFactory = _ => "sv" };
        language.AcceptOnlyFromAmong("sv", "en");
        var policy = CommonOptions.PolicyName();
        var geometry = new Option<string?>("--geometry") { Description =
            "Boundaries of the districts for the map: GeoJSON or a shapefile; without it the map is of tiles" };
        var id = new Option<string?>("--id") { Description = "The property of the boundaries that holds the districts' names or codes" };
        var command =
            new Command("report",
                "Make the report: read extracts, measure, pass disclosure control, write a page with figures and tables") { data, output,
                language, policy, geometry, id };
        command.SetAction(call =>
        {
            var options = new ReportOptions(call.GetValue(data), call.GetRequiredValue(output), call.GetRequiredValue(language),
                call.GetValue(policy) ?? "stockholm")
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

/// <summary><c>analys reproduce manifest.json</c>: makes a report or a notebook's figures again and says equal, or where they
/// differ.</summary>
internal static class ReproduceCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("MANIFEST") { Description = "The manifest.json of a report or of a notebook's figures" };
        var data =
            new Option<string?>("--data") { Description = "The folder of a report's extracts, where it is not where the manifest says" };
        var root = new Option<string?>("--root")
        {
            Description = "The folder below which the manifest may name data and notebooks; without it the manifest's own folder",
        };
        var command =
            new Command("reproduce", "Make figures again from their manifest and compare; ends with 1 where anything differs") { file,
                data, root };
        command.SetAction(async (call, cancel) =>
        {
            var path = Path.GetFullPath(call.GetRequiredValue(file));
            if (!File.Exists(path)) throw new CallException($"There is no manifest {Path.GetFileName(path)}.");
            using var manifest = Read(path);
            if (manifest.RootElement.TryGetProperty("analys", out var version) && version.ValueKind == JsonValueKind.String
                && version.GetString() != Product.Version)
            {
                await terminal.Errors.WriteLineAsync("analys: note: the manifest is of another version of analys; figures may differ for it");
            }

            var again = Directory.CreateTempSubdirectory("analys").FullName;
            try
            {
                var beside = Path.GetDirectoryName(path)!;
                var below = new Below(Path.GetFullPath(call.GetValue(root) ?? beside), beside);
                await MakeAsync(manifest.RootElement, below, again, call.GetValue(data), cancel);
                var differences = Compare(manifest.RootElement, again).ToList();
                foreach (var difference in differences) await terminal.Output.WriteLineAsync(difference);
                if (differences.Count == 0)
                    await terminal.Output.WriteLineAsync($"equal: {manifest.RootElement.GetProperty("outputs").GetArrayLength()} files");
                return differences.Count == 0 ? ExitCode.Done : ExitCode.DataIsWrong;
            }
            catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
            {
                throw new InvalidDataException("The manifest is damaged: a part that it must have is missing or of another kind.");
            }
            finally
            {
                Directory.Delete(again, recursive: true);
            }
        });
        return command;
    }

    private static JsonDocument Read(string path)
    {
        try
        {
            var document = JsonDocument.Parse(File.ReadAllText(path));
            return document.RootElement.TryGetProperty("outputs", out _) && document.RootElement.TryGetProperty("command", out _)
                ? document
                : throw new InvalidDataException("The file is not a manifest of analys.");
        }
        catch (JsonException)
        {
            throw new InvalidDataException("The manifest is not JSON.");
        }
    }

    // A manifest comes from somebody else: what it names is read and run only where the one who reproduces it says so.
    private sealed record Below(string Root, string Beside)
    {
        public string Of(string named)
        {
            var full = Path.GetFullPath(named, Beside);
            var real = File.Exists(full) ? new FileInfo(full).ResolveLinkTarget(true)?.FullName ?? full : full;
            if (Path.IsPathRooted(named) || !IsInside(full) || !IsInside(real))
            {
                throw new CallException("The manifest names a file outside its own folder: give the folder that holds both with --root, "
                    + "if you trust it.");
            }

            return full;
        }

        private bool IsInside(string path) => (path + Path.DirectorySeparatorChar).StartsWith(
            Root.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }

    private static async Task MakeAsync(JsonElement manifest, Below below, string folder, string? data, CancellationToken cancel)
    {
        var options = manifest.GetProperty("options");
        switch (manifest.GetProperty("command").GetString())
        {
            case "report":
                var from = data ?? (options.TryGetProperty("data", out var named) ? below.Of(named.GetString()!) : null);
                ReportCommand.Run(new ReportOptions(from, folder, options.GetProperty("language").GetString()!,
                    manifest.GetProperty("policy").GetString()!)
                {
                    Geometry = options.TryGetProperty("geometry", out var geometry) ? below.Of(geometry.GetString()!)
                    : null,
                    Id = options.TryGetProperty("id", out var id) ? id.GetString() : null,
                });
                break;
            case "notebook":
                var notebook = below.Of(options.GetProperty("notebook").GetString()!);
                if (!File.Exists(notebook))
                    throw new CallException($"There is no notebook {Path.GetFileName(notebook)} where the manifest says.");
                var result = await NotebookRunner.RunAsync(notebook, new RunOptions
                {
                    Output = Path.Combine(folder, "run.ipynb"),
                    Parameters = new Dictionary<string, string> { ["utmapp"] = folder },
                }, cancel);
                if (result.Failure is { } failure) throw new CallException(failure.ToString());
                break;
            default:
                throw new CallException("The manifest is of a command that cannot be run again.");
        }
    }

    private static IEnumerable<string> Compare(JsonElement manifest, string folder)
    {
        foreach (var output in manifest.GetProperty("outputs").EnumerateArray())
        {
            var name = output.GetProperty("file").GetString()!;
            var path = Path.Combine(folder, name);
            if (!File.Exists(path)) yield return $"missing: {name} was not made again";
            else if (OutputFolder.Hash(path) != output.GetProperty("sha256").GetString()) yield return $"different: {name}";
        }

        using var again = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, Manifest.FileName)));
        var before = manifest.GetProperty("source").EnumerateArray().ToDictionary(Name, Hash);
        foreach (var source in again.RootElement.GetProperty("source").EnumerateArray())
        {
            if (!before.TryGetValue(Name(source), out var hash)) yield return $"new input: {Name(source)}";
            else if (hash != Hash(source)) yield return $"changed input: {Name(source)}";
        }

        static string Name(JsonElement source) => source.GetProperty("file").GetString()!;
        static string Hash(JsonElement source) => source.GetProperty("sha256").GetString()!;
    }
}
