using Analys.Disclosure;
using Analys.Disclosure.Audit;
using Analys.Disclosure.Suppression;
using Analys.Disclosure.Tables;

namespace Analys.Tests.Disclosure.Audit;

public class AuditTests
{
    private static readonly ProtectionRequirements OutsiderOnly = new() { LegendTellsApart = false, GuardAgainstInsiders = false };

    [Fact]
    public void Bounds_are_those_of_every_table_that_could_have_been()
    {
        for (var seed = 1; seed <= 60; seed++)
        {
            var random = new Random(seed);
            var table =
                CrossTable.Of([TableDimension.Flat("r", "a", "b", "c"), TableDimension.Flat("c", "x", "y", "z")], _ => random.Next(0, 5));
            table = table.WithStatus(CellStatus.Secondary, table.Cells.Where(cell => !cell.Id.Contains('T') && random.Next(10) < 6)
                .Select(cell => cell.Id));
            var expected = BruteForce(table);
            foreach (var bounds in Auditor.Audit(table, OutsiderOnly).Bounds)
                Assert.Equal(expected[table.IndexOf(bounds.Cell)], (bounds.Lower, bounds.Upper));
        }
    }

    [Fact]
    public void Evidence_counts_only_where_it_holds()
    {
        var table = new ProtectionTableBuilder()
            .Add("a", 3, CellStatus.Primary).Add("b", 4, CellStatus.Secondary).Add("c", 9).Add("T", 16)
            .Equate("T", ["a", "b", "c"]).Build();
        var exact = new ProtectionTableBuilder().Add("a", 3, CellStatus.Primary).Add("c", 9).Add("T", 12).Equate("T", ["a", "c"]).Build();
        Dictionary<int, double>[] alone = [new() { [0] = 1 }, new() { [0] = 1, [1] = -1 }];
        var failure = Assert.Single(Auditor.Audit(exact, OutsiderOnly, AuditScope.VerdictOnly, evidence: alone).Failures);
        Assert.Equal(("a", AuditReason.Exact), (failure.Cell, failure.Reason));
        // A wide requirement that the true room of a (0 to 7) does not meet: neither parts of persons nor more than there are help.
        var wide = OutsiderOnly with { MinimumWidth = 8 };
        Dictionary<int, double>[] beyond = [new() { [0] = 8, [1] = -8 }, new() { [0] = 4.5, [1] = -4.5 }, new() { [0] = 4, [2] = -4 }];
        Assert.False(Auditor.Audit(table, wide, AuditScope.VerdictOnly, evidence: beyond).Passed);
        Assert.True(Auditor.Audit(table, wide with { MinimumWidth = 7 }, AuditScope.VerdictOnly,
            evidence: [new Dictionary<int, double> { [0] = 4, [1] = -4 }]).Passed);
    }

    [Fact]
    public void A_rate_beside_its_base_narrows_a_withheld_count()
    {
        // 7.0 % of 1 000 with one decimal: 69.5 ≤ x ≤ 70.5, so that 70 is exact; without decimals 65 ≤ x ≤ 75.
        ProtectionTable With(int decimals) => new ProtectionTableBuilder()
            .Add("poor", 70, CellStatus.Primary).Add("all", 1000).Rate("poor", "all", decimals, alwaysShown: true).Build();
        Assert.Equal((70, 70), ReferenceTables.Bounds(With(1), "poor", OutsiderOnly));
        Assert.Equal((65, 75), ReferenceTables.Bounds(With(0), "poor", OutsiderOnly));
        Assert.Equal((65, 75), RateLink.Numerators(7, 1000, 0.5));
    }

    [Fact]
    public void Noise_turns_equations_into_intervals()
    {
        var noise = new CellKeyNoise(2);
        var builder = new ProtectionTableBuilder().Add("a", 3, CellStatus.Primary).Add("b", 40).Add("T", 45);
        Assert.Throws<TableModelException>(() => new ProtectionTableBuilder().Add("a", 3).Add("b", 40).Add("T", 45).Equate("T", ["a", "b"])
            .Build());
        var table = noise.Equate(builder, "T", ["a", "b"]).Build();
        Assert.True(table.CarriesNoise);
        Assert.Equal(["T"], CellKeyNoise.NotAdditive(table));
        // |45 − 40 − a| ≤ 3·2
        Assert.Equal((0, 11), ReferenceTables.Bounds(table, "a", OutsiderOnly));
    }

    [Fact]
    public void Who_is_alone_may_know_all_totals_of_one_that_contain_him()
    {
        var table = new ProtectionTableBuilder()
            .Add("a|x", 1, CellStatus.Primary).Add("a|y", 0).Add("a|T", 1, CellStatus.Primary).Equate("a|T", ["a|x", "a|y"]).Build();
        Assert.True(Auditor.Audit(table, new()).Passed);
    }

    [Fact]
    public void A_mark_that_cannot_stand_for_the_value_is_an_error_in_the_model()
    {
        var table = new ProtectionTableBuilder().Add("a", 9, CellStatus.Primary).Build();
        var error = Assert.Throws<TableModelException>(() => Auditor.Audit(table, new()));
        Assert.DoesNotContain("9", error.Message, StringComparison.Ordinal);
    }

    [SharedFact]
    public void The_bridge_test_finds_what_the_bounds_find()
    {
        Assert.Equal(["r2|c3"], BridgeTest.Disclosed(ReferenceTables.Read("T6_bridge_bad")));
        Assert.Equal([], BridgeTest.Disclosed(ReferenceTables.Read("T6_bridge_fixed"))!);
        Assert.Equal(["Bromma|ensam_far", "Östermalm|ensam_far"],
            BridgeTest.Disclosed(ReferenceTables.Read("T2_primary_only"))!.Where(id => id.EndsWith("far", StringComparison.Ordinal)));
    }

    private static (double, double)[] BruteForce(ProtectionTable table)
    {
        var unknown = Enumerable.Range(0, table.Cells.Count).Where(i => table.Cells[i].IsUnknown).ToArray();
        var values = table.Cells.Select(cell => cell.Value).ToArray();
        var bounds = table.Cells.Select(cell => (cell.Value, cell.Value)).ToArray();
        foreach (var i in unknown) bounds[i] = (double.PositiveInfinity, double.NegativeInfinity);
        void Try(int k)
        {
            if (k == unknown.Length)
            {
                if (table.Equations.Any(e => values[e.Total] != e.Parts.Sum(p => values[p]))) return;
                foreach (var i in unknown) bounds[i] = (Math.Min(bounds[i].Item1, values[i]), Math.Max(bounds[i].Item2, values[i]));
                return;
            }
            var cell = unknown[k];
            var most = table.Equations.Where(e => e.Parts.Contains(cell)).Min(e => table.Cells[e.Total].Value);
            for (values[cell] = 0; values[cell] <= most; values[cell]++)
            {
                // Rows close one after the other: stop as soon as one is overfull.
                if (table.Equations.All(e => !e.Parts.Contains(cell)
                    || e.Parts.Where(p => !table.Cells[p].IsUnknown || Array.IndexOf(unknown, p) <= k)
                    .Sum(p => values[p]) <= values[e.Total])) Try(k + 1);
            }
        }
        Try(0);
        return bounds;
    }
}
