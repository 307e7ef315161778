using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Analys.Tests;

namespace Analys.Mutants;

/// <summary>The library with all drawn mutants in it, each behind a switch: compiled once instead of once a mutant.</summary>
internal static partial class MutatedBuild
{
    // Loaded with the first switch that is met; an environment variable says which mutant is active, or that hits are noted.
    private const string Switches = """
        namespace Analys
        {
            /// <summary>Switches of a test of the tests.</summary>
            internal static class Mutated
            {
                private static readonly int Active =
                    int.TryParse(System.Environment.GetEnvironmentVariable("ANALYS_MUTANT"), out var number) ? number : -1;
                /// <summary>The switches that were come by.</summary>
                public static readonly bool[] Hits = Active < 0 ? new bool[100_000] : [];

                public static bool Is(int number)
                {
                    if (Active < 0) Hits[number] = true;
                    return number == Active;
                }
            }
        }
        """;

    /// <summary>Compiles; mutants that the compiler does not take (a name declared twice, a constant out of range) fall away.</summary>
    /// <param name="mutants">The drawn mutants; no two overlap.</param>
    /// <param name="folder">Where sources and assembly go.</param>
    /// <returns>The assembly, and the mutants in it by their numbers.</returns>
    public static (string Assembly, IReadOnlyDictionary<int, Mutant> Mutants) Of(IReadOnlyList<Mutant> mutants, string folder)
    {
        var left = Enumerable.Range(0, mutants.Count).ToDictionary(i => i, i => mutants[i]);
        for (var attempt = 0; attempt < 8; attempt++)
        {
            Write(left, folder);
            var output = Build(folder, out var code);
            if (code == 0) return (Path.Combine(folder, "bin", "Analys.dll"), left);
            var wrong = Refused(output, left, folder);
            if (wrong.Count == 0) throw new InvalidOperationException("The mutated library is not compiled:\n" + output);
            Console.WriteLine($"{wrong.Count} of {left.Count} are no program");
            foreach (var number in wrong) left.Remove(number);
        }

        throw new InvalidOperationException("The mutated library is not compiled in eight attempts.");
    }

    private static string Copy(string file, string folder) =>
        Path.Combine(folder, "src", Path.GetRelativePath(Repository.Root, file));

    private static void Write(Dictionary<int, Mutant> mutants, string folder)
    {
        var sources = Path.Combine(folder, "src");
        if (Directory.Exists(sources)) Directory.Delete(sources, true);
        Directory.CreateDirectory(sources);
        File.WriteAllText(Path.Combine(sources, "Mutated.cs"), Switches);
        var items = new List<string> { $"<Compile Include=\"{sources}/Mutated.cs\" />" };
        foreach (var group in mutants.GroupBy(pair => pair.Value.File))
        {
            var text = File.ReadAllText(group.Key);
            // From the end, so that earlier places stay where they are.
            foreach (var (number, mutant) in group.OrderByDescending(pair => pair.Value.Span.Start))
                text = text[..mutant.Span.Start] + mutant.Switched(number) + text[mutant.Span.End..];
            var copy = Copy(group.Key, folder);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllText(copy, text);
            items.Add($"<Compile Remove=\"{group.Key}\" /><Compile Include=\"{copy}\" />");
        }

        File.WriteAllText(Path.Combine(folder, "mutants.targets"),
            $"<Project><ItemGroup>{string.Join("\n", items)}</ItemGroup></Project>");
    }

    private static string Build(string folder, out int code)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in (string[])["build", Repository.At("lib", "Analys", "Analys.csproj"), "--no-restore", "-v", "q",
            "-p:CustomAfterMicrosoftCommonTargets=" + Path.Combine(folder, "mutants.targets"),
            "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false", "-p:MSBuildTreatWarningsAsErrors=false",
            "-p:GenerateDocumentationFile=false", "-p:NoWarn=CS0162%3BCS0164%3BCS1591",
            $"-p:IntermediateOutputPath={folder}/obj/", $"-p:OutDir={folder}/bin/"]) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        code = process.ExitCode;
        return output;
    }

    private static HashSet<int> Refused(string output, Dictionary<int, Mutant> mutants, string folder)
    {
        var wrong = new HashSet<int>();
        foreach (Match match in Error().Matches(output))
        {
            var (file, line) = (match.Groups[1].Value, int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
            // Where a mutant spans lines, the compiler may name any of them.
            var here = mutants.Where(pair => Copy(pair.Value.File, folder) == file && line >= pair.Value.Line
                && line <= pair.Value.Line + pair.Value.Original.Count(c => c == '\n')).Select(pair => pair.Key).ToList();
            // What is used further down may be unassigned through a switch further up.
            if (here.Count == 0)
                here = [.. mutants.Where(pair => Copy(pair.Value.File, folder) == file).OrderBy(pair => Math.Abs(pair.Value.Line - line))
                    .Take(1).Select(pair => pair.Key)];
            wrong.UnionWith(here);
        }

        return wrong;
    }

    [GeneratedRegex(@"^\s*(\S[^(\n]*)\((\d+),\d+\): error", RegexOptions.Multiline)]
    private static partial Regex Error();
}
