using Analys.Disclosure;
using Analys.Disclosure.Audit;
using Analys.Disclosure.Suppression;
using Analys.Disclosure.Tables;
using static Analys.Tests.Disclosure.Counts.Figures;

namespace Analys.Tests.Disclosure.Audit;

public class RoundingAuditTests
{
    private static ProtectionTable Row(params double[] counts) =>
        CrossTable.Of([TableDimension.Flat("a", [.. counts.Select((_, i) => $"c{i}")])],
            names => counts[int.Parse(names[0][1..], System.Globalization.CultureInfo.InvariantCulture)]);

    [Theory]
    [InlineData("rounded5")]
    [InlineData("rounded-city")]
    public void Every_count_lies_within_its_bounds_and_no_small_one_is_known(string policy)
    {
        for (var seed = 1; seed <= 60; seed++)
        {
            var table = RandomTables.TwoWay(seed);
            ReleasedTable released;
            try
            {
                released = ReleasedTable.Of(table, Policy.Load(policy));
            }
            catch (ReleaseRefusedException e)
            {
                Assert.Equal("rounding", e.Rule);
                continue;
            }

            foreach (var cell in table.Cells)
            {
                var bounds = released.Audit!.Find(cell.Id)!;
                Assert.InRange(cell.Value, bounds.Lower, bounds.Upper);
                if (cell.Value is > 0 and < 5) Assert.True(bounds.Width >= 1, $"seed {seed}: {cell.Id}");
            }
        }
    }

    // Every table with these rounded values is tried: the bounds are the least and the greatest of each cell.
    [Theory]
    [InlineData(1, 2, 7)]
    [InlineData(2, 2, 2)]
    [InlineData(4, 8, 13)]
    public void Bounds_are_those_of_all_tables_that_round_alike(double a, double b, double c)
    {
        double[] true4 = [a, b, c, a + b + c];
        var shown = true4.Select(count => RoundingRule.ToBase(count, 3)).ToArray();
        var (low, high) = (true4.ToArray(), true4.ToArray());
        for (var x = 0; x < 20; x++)
        {
            for (var y = 0; y < 20; y++)
            {
                for (var z = 0; z < 20; z++)
                {
                    double[] all = [x, y, z, x + y + z];
                    if (!all.Zip(shown).All(pair => RoundingRule.ToBase(pair.First, 3) == pair.Second)) continue;
                    for (var i = 0; i < 4; i++) (low[i], high[i]) = (Math.Min(low[i], all[i]), Math.Max(high[i], all[i]));
                }
            }
        }

        var table = Row(a, b, c);
        var audit =
            RoundingAudit.Of(table, [.. table.Cells.Select(cell => RoundingRule.BehindBase(RoundingRule.ToBase(cell.Value, 3), 3))], 1);
        string[] ids = ["c0", "c1", "c2", "T"];
        for (var i = 0; i < 4; i++) Assert.Equal((low[i], high[i]), (audit.Find(ids[i])!.Lower, audit.Find(ids[i])!.Upper));
    }

    [Fact]
    public void A_total_that_is_as_low_as_its_parts_can_be_fixes_them()
    {
        // 1, 1 and 1 are shown as 0, each; a total of 3 shown as 3 leaves 2 to 3 of them, one that is shown exactly as 3 leaves nothing.
        var table = PrimarySuppression.Apply(Row(1, 1, 1), [new FrequencyThreshold()]);
        var exact = RoundingAudit.Of(table, [.. table.Cells.Select(cell => cell.Id == "T" ? (3.0, 3.0) : (0.0, 1.0))], 1);
        Assert.Equal(["c0", "c1", "c2"], exact.Failures.Where(failure => failure.Cell != "T").Select(failure => failure.Cell));
        Assert.All(exact.Failures, failure => Assert.Equal(AuditReason.Exact, failure.Reason));
    }

    [Fact]
    public void The_citys_rounding_does_not_show_three_who_are_not_poor()
    {
        var refused = Assert.Throws<ReleaseRefusedException>(() => Areas(("Bromma", 97, 100), ("Farsta", 40, 120))
            .Release(Policy.Load("rounded-city")));
        Assert.Equal("rounding", refused.Rule);
        Assert.Contains("Bromma", string.Join(' ', refused.Cells), StringComparison.Ordinal);
        Assert.DoesNotContain("97", refused.Message, StringComparison.Ordinal);
        Assert.Equal(3, Areas(("Bromma", 50, 100), ("Farsta", 40, 120)).Release(Policy.Load("rounded-city")).Count);
    }

    [Fact]
    public void In_a_large_table_each_sum_narrows_its_total_and_its_parts()
    {
        // Six hundred areas of 0 to 2 and one of 3 to 5 beside a total of 0 to 4: the total is at least 3, the areas at most 1.
        var table = Row([3, .. Enumerable.Repeat(0.0, 600)]);
        var audit = RoundingAudit.Of(table, [.. table.Cells.Select(cell => cell.Id == "T" ? (0.0, 4.0) : cell.Id == "c0" ? (3.0, 5.0)
            : (0.0, 2.0))], 1);
        Assert.Equal((3, 4), (audit.Find("T")!.Lower, audit.Find("T")!.Upper));
        Assert.Equal((3, 4), (audit.Find("c0")!.Lower, audit.Find("c0")!.Upper));
        Assert.Equal((0, 1), (audit.Find("c7")!.Lower, audit.Find("c7")!.Upper));
        // A large total leaves little to each: 600 areas of 0 to 2 that are 1 199 to 1 200 are 1 at least.
        var full = Row([.. Enumerable.Repeat(2.0, 600)]);
        var most = RoundingAudit.Of(full, [.. full.Cells.Select(cell => cell.Id == "T" ? (1199.0, 1300.0) : (0.0, 2.0))], 1);
        Assert.Equal((1, 2), (most.Find("c7")!.Lower, most.Find("c7")!.Upper));
        Assert.Equal((1199, 1200), (most.Find("T")!.Lower, most.Find("T")!.Upper));
    }
}
