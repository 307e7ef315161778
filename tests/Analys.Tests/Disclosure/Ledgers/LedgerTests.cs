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

    [Fact]
    public void One_cell_under_two_marks_bears_the_stricter_and_what_is_printed_once_is_known()
    {
        char Marked(params TableCell[] cells)
        {
            var builder = new ProtectionTableBuilder();
            foreach (var cell in cells) builder.Add(cell);
            return Assert.Single(ReleaseLedger.Describe(builder.Build(), _ => Names("0-17", "area")("a"), Extract, "r").Cells).Value;
        }

        static TableCell Cell(string id, CellStatus status, bool hidden = false) => new()
        {
            Id = id,
            Value = 30,
            Status = status,
            Hidden = hidden
        };
        foreach (var turned in (bool[])[false, true])
        {
            char Of(TableCell one, TableCell other) => turned ? Marked(other, one) : Marked(one, other);
            Assert.Equal('P', Of(Cell("x", CellStatus.Published), Cell("y", CellStatus.Secondary)));
            Assert.Equal('P', Of(Cell("x", CellStatus.Published), Cell("y", CellStatus.Published, hidden: true)));
            Assert.Equal('U', Of(Cell("x", CellStatus.Published), Cell("y", CellStatus.Primary)));
            Assert.Equal('h', Of(Cell("x", CellStatus.Published), Cell("y", CellStatus.Primary, hidden: true)));
        }
    }

    [Theory]
    // What lies on both sides of 6–12 within 0–17: three are few, five are not; by the rule that is given.
    [InlineData(57, 5, 'h')]
    [InlineData(55, 5, 'H')]
    [InlineData(55, 6, 'h')]
    public void A_release_looks_at_its_own_differences(double inner, int threshold, char mark)
    {
        var table = new ProtectionTableBuilder().Add("0-17", 60).Add("6-12", inner).Build();
        var entry = ReleaseLedger.Describe(table, id => Names(id, "area")("a"), Extract, "r", new FrequencyThreshold(threshold));
        Assert.Equal(mark, entry.Cells.Single(pair => pair.Key.Contains("@0-17~6-12", StringComparison.Ordinal)).Value);
        // Those of the ages between two ends of one chain: 13–17 of 0–12 and 0–17.
        var chain = new ProtectionTableBuilder().Add("0-17", 60).Add("0-12", inner).Build();
        entry = ReleaseLedger.Describe(chain, id => Names(id, "area")("a"), Extract, "r", new FrequencyThreshold(threshold));
        Assert.Equal(mark, entry.Cells.Single(pair => pair.Key.EndsWith("@13-17", StringComparison.Ordinal)).Value);
    }

    [Fact]
    public void What_earlier_marks_told_of_a_cell_holds_on_one_side_of_the_threshold()
    {
        LedgerEntry Entry(char mark, int? tells) => new()
        {
            Extract = Extract,
            Release = "r",
            Cells = new Dictionary<string, char> { ["x"] = mark },
            Equations = [],
            Tells = tells,
        };
        (double, double)? Told(double value, params LedgerEntry[] entries) => LedgerUnion.Of(entries).ToldOf("x", value);
        Assert.Equal((1, 4), Told(3, Entry('U', 5)));
        Assert.Equal((5, double.PositiveInfinity), Told(7, Entry('S', 5)));
        Assert.Equal((1, double.PositiveInfinity), Told(7, Entry('S', null)));
        // The tightest of several; nothing that the value itself gives the lie to (a complement that is few; a zero).
        Assert.Equal((1, 2), Told(2, Entry('U', 5), Entry('U', 3), Entry('U', 4)));
        Assert.Equal((6, double.PositiveInfinity), Told(7, Entry('S', 6), Entry('S', 5)));
        Assert.Equal((1, double.PositiveInfinity), Told(97, Entry('U', 5)));
        Assert.Equal((0, double.PositiveInfinity), Told(0, Entry('S', 5)));
        Assert.Null(Told(3, Entry('P', 5)));
        Assert.Null(Told(3, Entry('h', 5)));
    }
}
