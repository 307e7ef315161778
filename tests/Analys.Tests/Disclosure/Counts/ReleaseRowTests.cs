using Analys.Disclosure.Counts;
using Analys.Disclosure.Tables;
using static Analys.Tests.Disclosure.Counts.Figures;

namespace Analys.Tests.Disclosure.Counts;

/// <summary>The rule that withholds a figure for its own counts, on both sides of every limit; and sums of amounts that nothing else
/// guards.</summary>
public class ReleaseRowTests
{
    private static readonly Policy Five = new() { Name = "test", Threshold = 5 };

    [Theory]
    [InlineData(40, 4.0, "threshold")]
    [InlineData(40, 5.0, null)]
    [InlineData(40, 0.0, null)]
    [InlineData(4, null, "threshold")]
    [InlineData(5, null, null)]
    [InlineData(0, null, null)]
    [InlineData(40, 36.0, "threshold-complement")]
    [InlineData(40, 35.0, null)]
    [InlineData(40, 40.0, null)]
    [InlineData(40, null, null)]
    public void Numerator_denominator_and_complement_have_the_threshold(double all, double? some, string? rule) =>
        Assert.Equal(rule, ReleaseRow.PrimaryRule(new Basis(some, all), Five));

    [Fact]
    public void A_zero_is_small_where_zeros_are_not_safe_and_nothing_is_below_no_threshold()
    {
        var strict = Five with { ZerosAreSafe = false };
        Assert.Equal("threshold", ReleaseRow.PrimaryRule(new Basis(0, 40), strict));
        Assert.Equal("threshold-complement", ReleaseRow.PrimaryRule(new Basis(40, 40), strict));
        Assert.Null(ReleaseRow.PrimaryRule(new Basis(40, 40), strict with { Complement = false }));
        Assert.Null(ReleaseRow.PrimaryRule(new Basis(1, 40), Five with { Threshold = 0 }));
    }

    [Fact]
    public void The_base_is_asked_of_shares_only_and_the_base_itself_is_enough()
    {
        var based = Five with { Base = 30 };
        Assert.Equal("base", ReleaseRow.PrimaryRule(new Basis(10, 29), based));
        Assert.Null(ReleaseRow.PrimaryRule(new Basis(10, 30), based));
        Assert.Null(ReleaseRow.PrimaryRule(new Basis(null, 29), based));
    }

    [Theory]
    [InlineData(2, null, true, true)]
    [InlineData(4, null, true, true)]
    [InlineData(5, null, true, false)]
    [InlineData(0, null, true, false)]
    [InlineData(0, null, false, true)]
    [InlineData(2, 3, true, true)]
    [InlineData(3, 3, true, false)]
    [InlineData(1, 0, true, false)]
    public void Few_households_are_few_whatever_the_persons(double households, int? least, bool zerosAreSafe, bool isFew)
    {
        var policy = Five with { MinimumContributors = least, ZerosAreSafe = zerosAreSafe };
        var basis = new Basis(20, 40, households);
        Assert.Equal(isFew, ReleaseRow.IsFew(basis, policy));
        Assert.Equal(isFew ? "threshold-contributors" : null, ReleaseRow.PrimaryRule(basis, policy));
        Assert.False(ReleaseRow.IsFew(new Basis(20, 40), policy));
    }

    [Fact]
    public void Of_a_sum_of_amounts_not_one_alone_is_missing()
    {
        // Kronor of three areas and the whole: one is withheld for its few persons, so the one of fewest persons is withheld with it.
        static Result Sum(string? area, double kronor, double persons) => Of(Total, area, kronor, null, persons);
        ReleaseRow[] Judged(double whole)
        {
            var rows = ReleaseRow.Of(Confidential(Sum("a", 100, 3), Sum("b", 200, 60), Sum("c", 300, 50), Sum(null, whole, 113)));
            foreach (var row in rows) row.Rule = ReleaseRow.PrimaryRule(row.Basis, Five);
            RowVerdicts.OfAmounts(rows);
            return rows;
        }

        Assert.Equal(["threshold", null, RowVerdicts.Secondary, null], Judged(600).Select(row => row.Rule));
        // Sums that do not add up tell nothing of each other.
        Assert.Equal(["threshold", null, null, null], Judged(601).Select(row => row.Rule));
        // The last digits of a sum of amounts are rounding: a millionth of it.
        Assert.Equal(RowVerdicts.Secondary, Judged(600.0005)[2].Rule);
        Assert.Null(Judged(600.0008)[2].Rule);
    }

    [Fact]
    public void What_goes_with_a_withheld_amount_is_not_the_only_one_missing_elsewhere()
    {
        // Bromma is withheld, the whole asks for company: Farsta, of fewest persons. But its region stands there too, and less Skarpnäck
        // it would be Farsta again.
        string Region(string name) => Geography.Stockholm.Division("sdo14").Areas.Single(area => area.Name == name).Region;
        Assert.Equal(Region("Farsta"), Region("Skarpnäck"));
        Assert.Equal(Region("Bromma"), Region("Hässelby-Vällingby"));
        (string? Area, double Kronor, double Persons)[] areas = [("Bromma", 100, 3), ("Hässelby-Vällingby", 200, 90), ("Farsta", 300, 20),
            ("Skarpnäck", 400, 50), (Region("Farsta"), 700, 70), (null, 1000, 163)];
        var rows = ReleaseRow.Of(Confidential(areas.Select(area => Of(Total, area.Area, area.Kronor, null, area.Persons))));
        foreach (var row in rows) row.Rule = ReleaseRow.PrimaryRule(row.Basis, Five);
        RowVerdicts.OfAmounts(rows);
        Assert.Equal(["Bromma", "Farsta", "Skarpnäck"], rows.Where(row => row.Rule is not null).Select(row => row.Result.Area));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("60", true)]
    [InlineData("50", false)]
    public void A_gap_goes_with_the_figure_of_its_own_options_and_one_without_options_with_any(string? line, bool isWithheld)
    {
        var gap = Poor("a", 20, 40, line: line);
        gap = gap with { Measure = Gap, Parameters = gap.Parameters.Add("of", PoorShare.Id) };
        var rows = ReleaseRow.Of(Confidential(Poor("a", 3, 40, line: "60"), Poor("a", 20, 40, line: "50"), gap));
        rows[0].Rule = "threshold";
        RowVerdicts.OfDerived(rows);
        Assert.Equal(isWithheld, rows[2].Rule is not null);
        Assert.Null(rows[1].Rule);
    }

    [Fact]
    public void A_rest_of_a_sum_is_a_cell_and_a_small_one_is_withheld()
    {
        var cells = new ReleaseCells(Five, tellsApart: true, "2019");
        int Add(string id, double value) => cells.Add(id, value, value, new("persons", "", new(0, null), []));
        var (all, a, b) = (Add("all", 100), Add("a", 60), Add("b", 36));
        // 100 − 60 − 36 = 4: nobody prints them, and they are few.
        var rest = cells.Sum(all, [a, b], "rest");
        Assert.Equal((4, CellStatus.Primary, true), (cells.Cells[rest].Value, cells.Cells[rest].Status, cells.Cells[rest].Hidden));
        // 100 − 60 = 40 are not; nothing is left of 60 + 36 + 4; more parts than total are no sum at all.
        Assert.Equal(CellStatus.Published, cells.Cells[cells.Sum(all, [a], "others")].Status);
        Assert.Equal(-1, cells.Sum(all, [a, b, rest], "none"));
        Assert.Equal(3, cells.Sums.Count);
        Assert.Equal(-1, cells.Sum(a, [all], "less"));
        Assert.Equal(3, cells.Sums.Count);
        // A rest of nobody is a cell where a reader cannot know that nobody is there.
        Assert.Equal(0, cells.Cells[cells.Sum(all, [a, b, rest], "nobody", evenWhenEmpty: true)].Value);
    }

    private static readonly Definition Total =
        new("sum", "Sum", "Summa", "s", Units.Kronor, ValueRange.Any, "test");
}
