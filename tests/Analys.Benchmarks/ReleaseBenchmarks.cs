using System.Diagnostics;
using System.Globalization;
using Analys.Disclosure;
using Analys.Disclosure.Audit;
using Analys.Disclosure.Suppression;
using Analys.Disclosure.Tables;

namespace Analys.Benchmarks;

/// <summary>What releases of tables cost: in processor seconds and counted work for large ones, in cells and persons beside the cheapest
/// pattern there is for small ones: <c>dotnet run -c Release --project tests/Analys.Benchmarks -- release</c>,
/// <c>-- optimal 200</c>.</summary>
internal static class ReleaseBenchmarks
{
    private const int MostCandidates = 14;

    /// <summary>13 districts below 4 regions by 12 types by 7 years, from few small cells to nearly all.</summary>
    public static void Run(TextWriter output)
    {
        output.WriteLine("| small cells | cells | withheld | outcome | processor | work |");
        output.WriteLine("| --- | --- | --- | --- | --- | --- |");
        foreach (var small in new[] { 0.1, 0.2, 0.35, 0.6, 0.85 })
        {
            var table = City(1, small);
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            using var budget = ProofBudget.Begin(long.MaxValue);
            string outcome;
            var withheld = 0;
            try
            {
                var released = ReleasedTable.Of(table, Policy.Stockholm);
                withheld = released.Table.Cells.Count(cell => cell.IsUnknown);
                outcome = released.HasOneMark ? "released, one mark" : "released";
            }
            catch (ReleaseRefusedException)
            {
                outcome = "refused";
            }

            var took = Process.GetCurrentProcess().TotalProcessorTime - before;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {small:P0} | {table.Cells.Count} | {withheld} | {outcome} | {took.TotalSeconds:F1} s | {budget.Used / 1e9:F2}e9 |"));
            output.Flush();
        }
    }

    /// <summary>Small tables with two and three dimensions: our pattern, the heuristic's alone, and the cheapest of all, found by trying
    /// every pattern in the order of its cost until one withstands the attack.</summary>
    public static void RunOptimal(TextWriter output, int tables)
    {
        int seen = 0, alike = 0, claimed = 0, wrong = 0, heuristicAlike = 0;
        double ours = 0, heuristic = 0, best = 0, persons = 0;
        for (var seed = 1; seen < tables && seed < 50 * tables; seed++)
        {
            var random = new Random(seed);
            TableDimension[] dimensions = random.Next(2) == 0
                ? [Flat("a", random.Next(2, 4)), Flat("b", random.Next(2, 4))] : [Flat("a", 2), Flat("b", 2), Flat("c", 2)];
            var table = CrossTable.Of(dimensions, _ => random.Next(3) switch
            {
                0 => random.Next(1, 5),
                1 => random.Next(5, 15),
                _ => random.Next(15, 90),
            });
            var requirements = Policy.Stockholm.ToRequirements(households: false);
            var marked = PrimarySuppression.Apply(table, requirements.Rules);
            var result = SecondarySuppression.Protect(marked, requirements, AuditScope.VerdictOnly);
            if (result.IsRefused || result.PrimaryCells == 0) continue;
            if (Cheapest(marked, requirements) is not { } least) continue;
            var quick = SecondarySuppression.Protect(marked, requirements with { ExactCuts = 0 }, AuditScope.VerdictOnly);
            seen++;
            (ours, heuristic, best, persons) = (ours + result.Cost, heuristic + quick.Cost, best + least, persons + Shown(table));
            if (result.Cost <= least) alike++;
            if (quick.Cost <= least) heuristicAlike++;
            if (result.IsOptimal) claimed++;
            if (result.Cost < least || (result.IsOptimal && result.Cost > least) || result.LowerBound > least + 1e-6) wrong++;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{seen} tables: ours is a cheapest pattern in {alike}, the heuristic alone in {heuristicAlike}; {claimed} said to be optimal, "
                + $"{wrong} wrongly; persons lost of all persons in cells: {ours / persons:P2}, heuristic {heuristic / persons:P2}, "
                + $"cheapest {best / persons:P2}"));
    }

    // The cost of the cheapest pattern that the audit passes; null where there are too many to try.
    private static double? Cheapest(ProtectionTable marked, ProtectionRequirements requirements)
    {
        int[] open = [.. Enumerable.Range(0, marked.Cells.Count).Where(i => !marked.Cells[i].IsUnknown && !marked.Cells[i].MustBePublished
            && marked.Cells[i].Value >= (requirements.Frequency?.Threshold ?? 1))];
        if (open.Length > MostCandidates) return null;
        foreach (var set in Enumerable.Range(0, 1 << open.Length).OrderBy(CostOf))
        {
            var next = 0;
            var pattern = marked.Select(cell =>
            {
                var at = Array.IndexOf(open, next++);
                return at >= 0 && (set >> at & 1) == 1 ? cell with { Status = CellStatus.Secondary } : cell;
            });
            if (Auditor.Audit(pattern, requirements, AuditScope.VerdictOnly).Passed) return CostOf(set);
        }

        return null;

        double CostOf(int set) => Enumerable.Range(0, open.Length).Where(k => (set >> k & 1) == 1)
            .Sum(k => requirements.CostOf(marked.Cells[open[k]]));
    }

    private static double Shown(ProtectionTable table) => table.Cells.Sum(cell => cell.Value);

    private static TableDimension Flat(string name, int values) =>
        TableDimension.Flat(name, [.. Enumerable.Range(0, values).Select(i => $"{name}{i}")]);

    private static ProtectionTable City(int seed, double small)
    {
        var random = new Random(seed);
        var edges = new List<(string, string)>();
        for (var region = 0; region < 4; region++) edges.Add(($"r{region}", "T"));
        for (var district = 0; district < 13; district++) edges.Add(($"d{district}", $"r{district % 4}"));
        return CrossTable.Of([TableDimension.Tree("area", edges), Flat("family", 12), Flat("years", 7)], _ =>
        {
            var drawn = random.NextDouble();
            return drawn < 0.1 ? 0 : drawn < 0.1 + small ? random.Next(1, 5)
                : drawn < 0.4 + small ? random.Next(5, 15) : random.Next(15, 120);
        });
    }
}
