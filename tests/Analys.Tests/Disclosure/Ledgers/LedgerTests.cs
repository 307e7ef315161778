using Analys.Disclosure.Ledgers;
using Analys.Disclosure.Suppression;
using Analys.Disclosure.Tables;

namespace Analys.Tests.Disclosure.Ledgers;

public class LedgerTests
{
    private const string Extract = "3f1a";
    private static readonly ProtectionRequirements Requirements = new();

    private static readonly double[,] Counts = { { 3, 30, 12 }, { 25, 8, 40 }, { 17, 22, 9 } };

    private static ProtectionTable ByAreaAndFamily() => SecondarySuppression.ProtectAll(
        CrossTable.Of([TableDimension.Flat("area", "a", "b", "c"), TableDimension.Flat("family", "x", "y", "z")],
            values => Counts[values[0][0] - 'a', values[1][0] - 'x']), Requirements).Table;

    private static Func<string, string> Names(string population, params string[] dimensions) =>
        new CellIdentity("poor", population, dimensions).Of;

    [Fact]
    public void A_margin_is_the_same_cell_in_a_smaller_table() =>
        Assert.Equal(Names("0-17", "area", "family")("a|T"), Names("0-17", "area")("a"));

    [Fact]
    public void The_same_table_may_be_released_again()
    {
        var table = ByAreaAndFamily();
        var names = Names("0-17", "area", "family");
        var ledger = ReleaseLedger.Empty.With(ReleaseLedger.Describe(table, names, Extract, "first"));
        Assert.True(ledger.Check(table, names, Extract, Requirements).Passed);
    }

    [Fact]
    public void A_table_that_prints_what_hid_a_primary_cell_is_refused()
    {
        var first = ByAreaAndFamily();
        var names = Names("0-17", "area", "family");
        var ledger = ReleaseLedger.Empty.With(ReleaseLedger.Describe(first, names, Extract, "first"));
        var hiding = first.Cells.Where(cell => cell.Status == CellStatus.Secondary).ToArray();
        Assert.NotEmpty(hiding);
        // A list of the cells that were withheld as secondary, each harmless by itself.
        var builder = new ProtectionTableBuilder();
        foreach (var cell in hiding) builder.Add(cell.Id, cell.Value);
        var second = builder.Build();
        var verdict = ledger.Check(second, names, Extract, Requirements);
        Assert.False(verdict.Passed);
        Assert.Equal(1, verdict.DisclosedEarlier);
        Assert.True(ledger.Check(second, names, "another extract", Requirements).Passed);
    }

    [Fact]
    public void Nested_populations_may_not_be_subtracted()
    {
        var younger = new ProtectionTableBuilder().Add("a", 98).Build();
        var ledger = ReleaseLedger.Empty.With(ReleaseLedger.Describe(younger, Names("0-16", "area"), Extract, "0-16"));
        // Children 0–17 with the cells of 0–16 and of the seventeen-year-olds behind them, neither of which is printed here.
        ProtectionTable Older(int seventeen) => PrimarySuppression.Apply(new ProtectionTableBuilder()
            .Add("a", 98 + seventeen)
            .Add(new TableCell { Id = "0-16:a", Value = 98, Hidden = true })
            .Add(new TableCell { Id = "17:a", Value = seventeen, Hidden = true })
            .Equate("a", ["0-16:a", "17:a"]).Build(), Requirements.Rules);
        string Name(string id) => id.Split(':') is [var population, var area] ? Names(population, "area")(area) : Names("0-17", "area")(id);
        Assert.Equal(["17:a"], ledger.Check(Older(2), Name, Extract, Requirements).Disclosed);
        Assert.True(ledger.Check(Older(20), Name, Extract, Requirements).Passed);
        Assert.True(ReleaseLedger.Empty.Check(Older(2), Name, Extract, Requirements).Passed);
    }

    [Fact]
    public void A_line_holds_no_name_and_no_value()
    {
        var table = new ProtectionTableBuilder().Add("Bromma", 7654321).Build();
        var line = ReleaseLedger.Line(ReleaseLedger.Describe(table, Names("0-17", "area"), Extract, "figure 1"));
        Assert.DoesNotContain("Bromma", line, StringComparison.Ordinal);
        Assert.DoesNotContain("7654321", line, StringComparison.Ordinal);
        var read = ReleaseLedger.Read(new StringReader(line + "\n"));
        Assert.Equal("figure 1", Assert.Single(read.Entries).Release);
        Assert.Equal('P', Assert.Single(read.Entries[0].Cells).Value);
    }
}
