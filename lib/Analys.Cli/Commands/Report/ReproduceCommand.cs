using System.CommandLine;
using System.Text.Json;
using Analys.Domain;
using Analys.Notebooks.Runner;

namespace Analys.Cli.Commands.Report;

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
                await terminal.Errors.WriteLineAsync("analys: note: the manifest is of another version of analys; figures may differ for "
                    + "it");
            }

            Whole(manifest.RootElement);
            var again = Directory.CreateTempSubdirectory("analys").FullName;
            try
            {
                var beside = Path.GetDirectoryName(path)!;
                var below = new Below(Path.GetFullPath(call.GetValue(root) ?? beside), beside);
                await MakeAsync(manifest.RootElement, below, again, call.GetValue(data), cancel);
                var differences = Compare(manifest.RootElement, again).ToList();
                foreach (var difference in differences) await terminal.Output.WriteLineAsync(difference);
                foreach (var name in Untold(manifest.RootElement))
                {
                    await terminal.Errors.WriteLineAsync($"analys: note: the manifest does not tell the hash of {name}, a confidential "
                        + "table: whether it has changed shows in the outputs only");
                }

                if (differences.Count == 0)
                    await terminal.Output.WriteLineAsync($"equal: {manifest.RootElement.GetProperty("outputs").GetArrayLength()} files");
                return differences.Count == 0 ? ExitCode.Done : ExitCode.DataIsWrong;
            }
            catch (Exception e) when (e is not CallException && e is (KeyNotFoundException or InvalidOperationException
                or FormatException or ArgumentException))
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

    /// <summary>Reads a manifest and looks at the parts that every manifest has, without making anything.</summary>
    /// <exception cref="InvalidDataException">It is no manifest, or damaged.</exception>
    internal static void Check(string path)
    {
        using var manifest = Read(path);
        Whole(manifest.RootElement);
    }

    // Whatever is compared later is looked at before hours are spent on making it again.
    private static void Whole(JsonElement manifest)
    {
        try
        {
            Named(manifest.GetProperty("outputs"));
            Named(manifest.GetProperty("source"));
            _ = manifest.GetProperty("options").EnumerateObject().Count(option => option.Value.GetString() is null);
            if (manifest.GetProperty("policy").GetString() is null || manifest.GetProperty("command").GetString() is null)
                throw new FormatException();
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException("The manifest is damaged: a part that it must have is missing or of another kind.");
        }

        // Files have names, each its own, and hashes, if they are told.
        static void Named(JsonElement files)
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (var file in files.EnumerateArray())
            {
                _ = file.GetProperty("sha256").GetString();
                if (file.GetProperty("file").GetString() is not { Length: > 0 } name || !names.Add(name)) throw new FormatException();
            }
        }
    }

    private static JsonDocument Read(string path)
    {
        try
        {
            var document = JsonDocument.Parse(File.ReadAllText(path), new JsonDocumentOptions { AllowDuplicateProperties = false });
            return document.RootElement.TryGetProperty("outputs", out _) && document.RootElement.TryGetProperty("command", out _)
                ? document
                : throw new InvalidDataException("The file is not a manifest of analys.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException("The manifest is not JSON.");
        }
    }

    // The hash of a confidential table of counts is not told: whether the table is the same shows in what is made of it.
    private static IEnumerable<string> Untold(JsonElement manifest) =>
        manifest.GetProperty("source").EnumerateArray().Where(source => source.GetProperty("sha256").ValueKind == JsonValueKind.Null)
            .Select(source => source.GetProperty("file").GetString()!);

    // A manifest comes from somebody else: what it names is read and run only where the one who reproduces it says so.
    private sealed record Below(string Root, string Beside)
    {
        public string Of(string named)
        {
            var full = Path.GetFullPath(named, Beside);
            var real = Real(full);
            if (Path.IsPathRooted(named) || !IsBelow(full, Root) || !IsBelow(real, Root))
            {
                throw new CallException("The manifest names a file outside its own folder: give the folder that holds both with --root, "
                    + "if you trust it.");
            }

            return full;
        }

        // A link anywhere below the root may lead out of it; what the root itself lies behind is the caller's.
        private string Real(string full)
        {
            var real = Root;
            foreach (var part in Path.GetRelativePath(Root, full).Split(Path.DirectorySeparatorChar))
            {
                var next = Path.GetFullPath(part, real);
                FileSystemInfo at = Directory.Exists(next) ? new DirectoryInfo(next) : new FileInfo(next);
                real = at.Exists ? at.ResolveLinkTarget(true)?.FullName ?? next : next;
            }

            return real;
        }

    }

    // A folder counts as below itself.
    private static bool IsBelow(string path, string folder) => (path + Path.DirectorySeparatorChar).StartsWith(
        folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static async Task MakeAsync(JsonElement manifest, Below below, string folder, string? data, CancellationToken cancel)
    {
        var options = manifest.GetProperty("options");
        switch (manifest.GetProperty("command").GetString())
        {
            case "report":
                ReportCommand.Run(ReportOptions.Of(manifest, below.Of, folder, data));
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
            var path = Path.GetFullPath(name, folder);
            // A name that leads elsewhere is none of what was made: nobody learns whether such a file is there.
            if (!IsBelow(path, folder) || !File.Exists(path)) yield return $"missing: {name} was not made again";
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
