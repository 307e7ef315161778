using Analys.Disclosure.Audit;
using Analys.Disclosure.Suppression;
using Analys.Disclosure.Tables;
using static Analys.Tests.Disclosure.ReferenceTables;

namespace Analys.Tests.Disclosure;

/// <summary>The published tables whose bounds and cheapest patterns are known.</summary>
public class ReferenceTableTests
{
    private static readonly ProtectionRequirements OutsiderOnly = new() { LegendTellsApart = false, GuardAgainstInsiders = false };

    [SharedFact]
    public void T1_has_the_handbooks_bounds()
    {
        var table = Read("T1_geurts");
        Assert.Equal((3, 6), Bounds(table, "1|1"));
        Assert.Equal((1, 4), Bounds(table, "1|2"));
        Assert.Equal((0, 3), Bounds(table, "2|1"));
        Assert.Equal((0, 3), Bounds(table, "2|2"));
    }

    [SharedFact]
    public void T1_is_solved_whole_by_the_insider()
    {
        var failures = Auditor.Audit(Read("T1_geurts"), new() { LegendTellsApart = false }).Failures;
        Assert.Equal(["1|1", "1|2", "2|1"], failures.Select(failure => failure.Cell));
        Assert.All(failures,
            failure => Assert.Equal((Attacker.Insider, AuditReason.Exact, "2|2"), (failure.Attacker, failure.Reason, failure.KnownCell)));
    }

    [SharedFact]
    public void T2_with_primaries_alone_is_exact()
    {
        var table = Read("T2_primary_only");
        Assert.Equal((3, 3), Bounds(table, "Bromma|ensam_far"));
        Assert.Equal((2, 2), Bounds(table, "Östermalm|ensam_far"));
        Assert.False(Auditor.Audit(table, new()).Passed);
    }

    [SharedFact]
    public void T2_cheapest_pattern_loses_sixteen_people_in_two_cells()
    {
        var result = SecondarySuppression.Protect(Read("T2_primary_only"), new());
        Assert.False(result.IsRefused);
        Assert.True(result.IsOptimal);
        Assert.Equal(16, result.Cost);
        Assert.Equal(16, result.LowerBound);
        Assert.Equal(["Bromma|ovriga", "Östermalm|ovriga"], result.Table.Cells.Where(cell => cell.Status == CellStatus.Secondary)
            .Select(cell => cell.Id));
        foreach (var id in new[] { "Bromma|ensam_far", "Östermalm|ensam_far" })
        {
            var bounds = result.Audit.Find(id)!;
            Assert.Equal((0, 5, 1, 4), (bounds.Lower, bounds.Upper, bounds.LegendLower, bounds.LegendUpper));
        }
    }

    [SharedFact]
    public void T2_needs_at_least_two_cells()
    {
        var result = SecondarySuppression.Protect(Read("T2_primary_only"), new() { Cost = SuppressionCost.Cells });
        Assert.Equal((2, 2, true), (result.SecondaryCells, result.LowerBound, result.IsOptimal));
    }

    [SharedFact]
    public void T4_publishing_one_district_discloses_the_other()
    {
        var table = Read("T4_linked");
        Assert.Equal((0, 44), Bounds(table, "Norrmalm", OutsiderOnly));
        Assert.Equal((3, 3), Bounds(table.WithStatus(CellStatus.Published, "Östermalm"), "Norrmalm"));
    }

    [SharedFact]
    public void T6_bridge_is_exact_and_one_more_cell_opens_it()
    {
        Assert.Equal((3, 3), Bounds(Read("T6_bridge_bad"), "r2|c3"));
        Assert.Equal((0, 28), Bounds(Read("T6_bridge_fixed"), "r2|c3"));
    }
}
