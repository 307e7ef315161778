using System.Diagnostics;
using Analys.Disclosure.Audit;
using Analys.Disclosure.Suppression;
using Analys.Disclosure.Tables;
using Xunit.Abstractions;

namespace Analys.Tests.Disclosure;

/// <summary>Five hundred random tables of every shape withstand every attacker; what that costs is written out beside the lower
/// bound.</summary>
public abstract class RandomTableTests(ITestOutputHelper output)
{
    private const int Tables = 500;

    private protected void AllWithstand(Func<int, ProtectionTable> make, int exactCuts = 300)
    {
        var requirements = new ProtectionRequirements { ExactCuts = exactCuts };
        int refused = 0, optimal = 0, cells = 0, primary = 0;
        double cost = 0, bound = 0;
        var watch = Stopwatch.StartNew();
        for (var seed = 1; seed <= Tables; seed++)
        {
            var table = PrimarySuppression.Apply(make(seed), requirements.Rules);
            var result = SecondarySuppression.Protect(table, requirements, AuditScope.PrimaryOnly);
            primary += result.PrimaryCells;
            if (result.Unprotected.Count > 0)
            {
                refused++;
                // A refusal is right only where no pattern at all would do: the widest is everything that may be withheld.
                var all = table.Select(cell => cell.Status == CellStatus.Published && cell.Value >= requirements.Frequency!.Threshold
                    ? cell with { Status = CellStatus.Secondary } : cell);
                var failures = Auditor.Audit(all, requirements, AuditScope.VerdictOnly).Failures;
                Assert.True(failures.Any(failure => failure.Reason != AuditReason.NotProven),
                    $"seed {seed}: refused, though withholding everything protects it");
                continue;
            }
            Assert.True(result.Audit.Passed, $"seed {seed}: {string.Join("; ", result.Audit.Failures)}");
            foreach (var bounds in result.Audit.Bounds)
            {
                var value = table[bounds.Cell].Value;
                Assert.True(bounds.Width >= 1 && bounds.LegendWidth >= 1, $"seed {seed}: {bounds.Cell}");
                Assert.InRange(value, bounds.LegendLower, bounds.LegendUpper);
                Assert.InRange(value, bounds.Lower, bounds.Upper);
            }
            if (result.IsOptimal) optimal++;
            cells += result.SecondaryCells;
            cost += result.Cost;
            bound += result.LowerBound;
            Assert.True(result.LowerBound <= result.Cost + 1e-6, $"seed {seed}: the lower bound exceeds the cost");
        }
        output.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"{Tables} tables, {refused} refused, {optimal} proven optimal; primary {primary}, secondary {cells} cells, {cost} people, "
                + $"bound {bound}, ratio {cost / bound:F3}; {watch.Elapsed.TotalSeconds:F1} s"));
        Assert.True(refused <= Tables / 10, $"{refused} tables refused");
    }
}

public class TwoWayTableTests(ITestOutputHelper output) : RandomTableTests(output)
{
    [Fact]
    public void Two_way_tables_withstand_every_attacker() => AllWithstand(RandomTables.TwoWay);
}

public class ThreeWayTableTests(ITestOutputHelper output) : RandomTableTests(output)
{
    [Fact]
    public void Three_way_tables_withstand_every_attacker() => AllWithstand(RandomTables.ThreeWay, exactCuts: 60);
}

public class HierarchicalTableTests(ITestOutputHelper output) : RandomTableTests(output)
{
    [Fact]
    public void Three_level_tables_withstand_every_attacker() => AllWithstand(RandomTables.Hierarchy);
}

public class LinkedTableTests(ITestOutputHelper output) : RandomTableTests(output)
{
    [Fact]
    public void Linked_tables_withstand_every_attacker() => AllWithstand(RandomTables.Linked);
}
