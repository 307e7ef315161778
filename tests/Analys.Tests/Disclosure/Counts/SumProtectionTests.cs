using Analys.Disclosure.Counts;
using Analys.Disclosure.Suppression;
using Analys.Disclosure.Tables;

namespace Analys.Tests.Disclosure.Counts;

/// <summary>Protection sum by sum, as large releases have it, and what a reader of marks knows of a cell: by hand.</summary>
public class SumProtectionTests
{
    private static readonly ProtectionRequirements Plain = new() { LegendTellsApart = false, GuardAgainstInsiders = false };

    private static TableCell Cell(string id, double value, CellStatus status = CellStatus.Published) => new()
    {
        Id = id,
        Value = value,
        Status = status,
        Protection = status == CellStatus.Primary ? new CellProtection("threshold", 0, 0, 1, 4) : null,
    };

    private static ProtectionTable Row(params TableCell[] parts)
    {
        var builder = new ProtectionTableBuilder();
        foreach (var part in parts) builder.Add(part);
        return builder.Add(Cell("T", parts.Sum(part => part.Value))).Equate("T", parts.Select(part => part.Id)).Build();
    }

    private static IEnumerable<string> Withheld(ProtectionTable table) => table.Cells.Where(cell => cell.IsUnknown).Select(cell => cell.Id);

    [Fact]
    public void A_small_cell_gets_the_cheapest_company_that_its_mark_allows()
    {
        var table = Row(Cell("a", 3, CellStatus.Primary), Cell("b", 2), Cell("c", 9), Cell("d", 8));
        var (plain, failed) = SumProtection.Protect(table, Plain);
        Assert.Empty(failed);
        Assert.Equal(["a", "b"], Withheld(plain));
        Assert.Equal(CellStatus.Secondary, plain["b"].Status);
        // Where the mark of company says five and more, two is not enough.
        Assert.Equal(["a", "d"], Withheld(SumProtection.Protect(table, Plain with { LegendTellsApart = true }).Table));
        // What costs less goes first, whatever its count.
        Assert.Equal(["a", "c"], Withheld(SumProtection.Protect(Row(Cell("a", 3, CellStatus.Primary), Cell("b", 20),
            Cell("c", 90) with { Cost = 1 }), Plain).Table));
    }

    [Fact]
    public void Where_nothing_may_be_withheld_beside_it_the_cell_is_named()
    {
        var table = Row(Cell("a", 3, CellStatus.Primary), Cell("b", 20), Cell("c", 0))
            .Select(cell => cell.Id is "b" or "T" ? cell with { MustBePublished = true } : cell);
        Assert.Equal(["a"], SumProtection.Protect(table, Plain).Unprotected);
        // A rest that is not small is nobody's secret: it needs no company.
        var rest = Row(Cell("a", 30) with { Hidden = true }, Cell("b", 20));
        Assert.Equal(["a"], Withheld(SumProtection.Protect(rest, Plain).Table));
        Assert.Empty(SumProtection.Protect(rest, Plain).Unprotected);
    }

    [Fact]
    public void A_family_that_knows_its_own_cell_leaves_the_other_bare()
    {
        var table = Row(Cell("a", 3, CellStatus.Primary), Cell("b", 1, CellStatus.Primary), Cell("c", 9), Cell("d", 8));
        Assert.Equal(["a", "b"], Withheld(SumProtection.Protect(table, Plain).Table));
        // The one of b reads a from T − b − c − d; a third cell is withheld with them.
        Assert.Equal(["a", "b", "d"], Withheld(SumProtection.Protect(table, Plain with { GuardAgainstInsiders = true }).Table));
    }

    [Fact]
    public void Bounds_of_a_sum_by_hand()
    {
        // a + b = 5 of which nothing is known but that neither is below nothing; by their marks a is 1 to 4 and b at least 5.
        var table = Row(Cell("a", 3, CellStatus.Primary), Cell("b", 7, CellStatus.Secondary), Cell("c", 9));
        var bounds = SumProtection.Bounds(table, new() { GuardAgainstInsiders = false }).ToDictionary(one => one.Cell);
        Assert.Equal((0, 10, 1, 4), (bounds["a"].Lower, bounds["a"].Upper, bounds["a"].LegendLower, bounds["a"].LegendUpper));
        Assert.Equal((0, 10, 6, 9), (bounds["b"].Lower, bounds["b"].Upper, bounds["b"].LegendLower, bounds["b"].LegendUpper));
        Assert.Equal((10, 3), (bounds["a"].Width, bounds["b"].LegendWidth));
        Assert.False(bounds.ContainsKey("c"));
        // A withheld total moves with its one withheld part, with no end.
        var open = Row(Cell("a", 3, CellStatus.Primary), Cell("b", 7)).WithStatus(CellStatus.Secondary, "T");
        var up = SumProtection.Bounds(open, Plain).ToDictionary(one => one.Cell);
        Assert.Equal((0, double.PositiveInfinity, 7, double.PositiveInfinity),
            (up["a"].Lower, up["a"].Upper, up["T"].Lower, up["T"].Upper));
    }

    [Fact]
    public void What_a_mark_tells_of_a_cell()
    {
        var apart = new ProtectionRequirements { ZerosAreShown = true };
        var (small, large) = (Cell("a", 3, CellStatus.Primary), Cell("b", 7));
        Assert.Equal((1, 4), apart.LegendOf(small, CellStatus.Primary));
        Assert.Equal((5, double.PositiveInfinity), apart.LegendOf(large, CellStatus.Secondary));
        // A primary cell of which the rule is not known; one by a rule that tells no size; one that zeros are hidden among.
        Assert.Equal((1, 4), apart.LegendOf(small with { Protection = null }, CellStatus.Primary));
        Assert.Equal((1, double.PositiveInfinity), apart.LegendOf(small with { Protection = CellProtection.Silent("x") },
            CellStatus.Primary));
        var strict = new ProtectionRequirements { Rules = [new FrequencyThreshold(5, ZerosAreSafe: false)] };
        Assert.Equal((0, 4), strict.LegendOf(small with { Protection = null }, CellStatus.Primary));
        // One mark for all: at least one where zeros are shown, unless the cell is printed nowhere or weighs less than one.
        var common = apart with { LegendTellsApart = false };
        Assert.Equal((1, double.PositiveInfinity), common.LegendOf(small, CellStatus.Primary));
        Assert.Equal(0, common.LegendOf(small with { Hidden = true }, CellStatus.Primary).Lower);
        Assert.Equal(0, common.OutsideOf(Cell("w", 0.5)).Lower);
        Assert.Equal(1, common.OutsideOf(Cell("w", 1)).Lower);
        Assert.Equal(0, (common with { ZerosAreShown = false }).OutsideOf(small).Lower);
        // What earlier releases told narrows it on both sides.
        Assert.Equal((2, 3), apart.LegendOf(small with { Told = (2, 3) }, CellStatus.Primary));
        Assert.Equal((1, 4), apart.LegendOf(small with { Told = (0, 9) }, CellStatus.Primary));
        Assert.Equal((7, 1, Math.Log(8)), (Plain.CostOf(large), (Plain with { Cost = SuppressionCost.Cells }).CostOf(large),
            (Plain with { Cost = SuppressionCost.Logarithm }).CostOf(large)));
    }

    [Fact]
    public void What_is_withheld_for_one_sum_has_company_in_those_before_it()
    {
        // R = a + b stands first; the second sum S = b + c asks for company of c: b, the cheapest. Then b stands alone in R, too.
        var table = new ProtectionTableBuilder().Add(Cell("a", 9)).Add(Cell("b", 6)).Add(Cell("R", 15)).Add(Cell("c", 2,
            CellStatus.Primary))
            .Add(Cell("S", 8)).Equate("R", ["a", "b"]).Equate("S", ["b", "c"]).Build();
        Assert.Equal(["a", "b", "c"], Withheld(SumProtection.Protect(table, Plain).Table));
    }
}
