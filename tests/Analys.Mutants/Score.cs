using System.Diagnostics;
using System.Globalization;
using Analys.Tests;

namespace Analys.Mutants;

/// <summary>How many of the drawn mutants a test notices.</summary>
internal static class Score
{
    private static readonly string[] Parts = ["Measure", "Disclosure"];
    private static readonly string[] TestProjects = ["Analys.Tests", "Analys.Attack.Tests"];

    private const int MostFailing = 10;

    private enum Fate { Killed, TimedOut, Survived, NotCovered }

    private sealed record Test(string Project, string Name, double Milliseconds, HashSet<int> Switches);

    /// <summary>Draws, compiles, covers, runs and prints.</summary>
    /// <param name="count">The number of mutants, shared between the parts by their numbers of possible mutants.</param>
    /// <param name="seed">The seed of the draw.</param>
    /// <param name="path">Only files whose path contains this.</param>
    /// <returns>0.</returns>
    public static int Of(int count, int seed, string path)
    {
        var folder = Repository.At("artifacts", "mutants");
        Directory.CreateDirectory(folder);
        var all = Parts.SelectMany(part => Directory.GetFiles(Repository.At("lib", "Analys", part), "*.cs", SearchOption.AllDirectories))
            .Where(file => file.Contains(path, StringComparison.Ordinal)).Order(StringComparer.Ordinal).SelectMany(Operators.Of).ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{all.Count} possible mutants; {count} drawn by seed {seed}"));
        var (assembly, mutants) = MutatedBuild.Of(Draw(all, count, seed), folder);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{mutants.Count} compiled"));
        foreach (var project in TestProjects) Prepare(project, assembly, folder);
        var tests = TestProjects.SelectMany(project => Cover(project, folder)).ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{tests.Count} tests recorded"));
        var fates = new Dictionary<int, Fate>();
        Parallel.ForEach(mutants, new ParallelOptions { MaxDegreeOfParallelism = 2 }, pair =>
        {
            var fate = FateOf(pair.Key, tests, folder);
            lock (fates)
            {
                fates[pair.Key] = fate;
                if (fate is Fate.Survived or Fate.NotCovered) Console.WriteLine(Described(pair.Value, fate));
            }
        });
        foreach (var part in Parts) Print(part, mutants, fates);
        return 0;
    }

    // Without regard to kind or file, so that the score is that of all possible mutants; no two overlap.
    private static List<Mutant> Draw(List<Mutant> all, int count, int seed)
    {
        var order = all.ToArray();
        new Random(seed).Shuffle(order);
        var drawn = new List<Mutant>();
        foreach (var mutant in order)
        {
            if (drawn.Count == count) break;
            if (!drawn.Exists(other => other.File == mutant.File && other.Span.IntersectsWith(mutant.Span))) drawn.Add(mutant);
        }

        return drawn;
    }

    // The tests as they were built, with the mutated library and this program beside them.
    private static void Prepare(string project, string assembly, string folder)
    {
        var (from, to) = (Repository.At("artifacts", "bin", project, "debug"), Path.Combine(folder, project));
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, true);
        }

        File.Copy(assembly, Path.Combine(to, "Analys.dll"), true);
        File.Copy(typeof(Score).Assembly.Location, Path.Combine(to, "Analys.Mutants.dll"), true);
    }

    private static IEnumerable<Test> Cover(string project, string folder)
    {
        var output = Path.Combine(folder, project + ".cover");
        // A few may fail, and are left out: the switches are a type that the house's plan does not know, and on a busy machine those that
        // look at the clock.
        if (Child(project, folder, ["cover", output], -1, TimeSpan.FromMinutes(20)) is not (>= 0 and <= MostFailing))
            throw new InvalidOperationException("Many tests fail although no mutant is active, or they do not end.");
        return File.ReadLines(output).Select(line => line.Split('\t')).GroupBy(fields => fields[0]).Select(group => new Test(
            project,
            group.Key,
            group.Sum(fields => double.Parse(fields[1], CultureInfo.InvariantCulture)),
            [.. group.SelectMany(fields => fields[2].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(number => int.Parse(number, CultureInfo.InvariantCulture))]));
    }

    private static Fate FateOf(int number, List<Test> tests, string folder)
    {
        var reach = tests.Where(test => test.Switches.Contains(number)).ToList();
        if (reach.Count == 0) return Fate.NotCovered;
        foreach (var group in reach.GroupBy(test => test.Project))
        {
            var list = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{group.Key}.{number}.list"));
            File.WriteAllLines(list, group.Select(test => test.Name));
            // Three times what its tests took, and a start: beyond that it does not end.
            var limit = TimeSpan.FromMilliseconds(3 * group.Sum(test => test.Milliseconds) + 60_000);
            var code = Child(group.Key, folder, ["kill", list], number, limit);
            File.Delete(list);
            if (code is null) return Fate.TimedOut;
            if (code != 0) return Fate.Killed;
        }

        return Fate.Survived;
    }

    private static int? Child(string project, string folder, string[] what, int active, TimeSpan limit)
    {
        var bin = Path.Combine(folder, project);
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = bin,
            RedirectStandardOutput = true,
            RedirectStandardError = active >= 0,
        };
        foreach (var argument in (string[])["exec", "--depsfile", $"{bin}/{project}.deps.json", "--runtimeconfig",
            $"{bin}/{project}.runtimeconfig.json", $"{bin}/Analys.Mutants.dll", what[0], $"{bin}/{project}.dll", what[1]])
            start.ArgumentList.Add(argument);
        start.Environment["ANALYS_MUTANT"] = active.ToString(CultureInfo.InvariantCulture);
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        if (active >= 0)
        {
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
        }

        if (process.WaitForExit(limit)) return process.ExitCode;
        process.Kill(true);
        return null;
    }

    private static string Described(Mutant mutant, Fate fate)
    {
        var change = mutant.Changed.Length > 0 ? "-> " + OneLine(mutant.Changed) : "left out";
        return string.Create(CultureInfo.InvariantCulture, $"{(fate == Fate.Survived ? "lives" : "met by no test")}: "
            + $"{Path.GetRelativePath(Repository.Root, mutant.File)}:{mutant.Line} {mutant.Kind}: {OneLine(mutant.Original)} {change}");
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static void Print(string part, IReadOnlyDictionary<int, Mutant> mutants, Dictionary<int, Fate> fates)
    {
        var inside = Repository.At("lib", "Analys", part) + Path.DirectorySeparatorChar;
        var here = fates.Where(pair => mutants[pair.Key].File.StartsWith(inside, StringComparison.Ordinal))
            .Select(pair => pair.Value).ToList();
        if (here.Count == 0) return;
        int Of(Fate fate) => here.Count(other => other == fate);
        var (noticed, n) = (Of(Fate.Killed) + Of(Fate.TimedOut), here.Count);
        var (low, high) = Wilson(noticed, n);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{part}: {noticed} of {n} noticed, {100.0 * noticed / n:0.0} % ({100 * low:0.0}–{100 * high:0.0}); "
                + $"{Of(Fate.TimedOut)} by time, {Of(Fate.Survived)} live, {Of(Fate.NotCovered)} met by no test"));
    }

    // Wilson's interval for a share, 95 %.
    private static (double Low, double High) Wilson(int hits, int n)
    {
        const double Z = 1.959964;
        var share = (double)hits / n;
        var centre = share + Z * Z / (2 * n);
        var half = Z * Math.Sqrt(share * (1 - share) / n + Z * Z / (4.0 * n * n));
        return ((centre - half) / (1 + Z * Z / n), (centre + half) / (1 + Z * Z / n));
    }
}
