using Analys.Disclosure.Counts;
using Analys.Disclosure.Ledgers;
using Analys.Disclosure.Tables;

namespace Analys.Tests.Disclosure.Counts;

/// <summary>What follows from counts at several ages and of several areas, before anything is withheld.</summary>
public class AgeAndAreaSumsTests
{
    private static readonly Policy Five = new() { Name = "test", Threshold = 5 };

    private static AgeSpan Ages(string text) => AgeSpan.Parse(text);

    [Fact]
    public void Spans_that_share_an_end_make_one_chain_and_contradictions_none()
    {
        // 0–12, 6–17 and 0–17: ends 0, 6, 13, 18; 6–12 is 130 + 130 − 200.
        var chain = Assert.Single(AgeChain.Of([(Ages("0-12"), 130), (Ages("6-17"), 130), (Ages("0-17"), 200)]));
        Assert.Equal([0, 6, 13, 18], chain.Ends);
        Assert.Equal((70, 60, 70, 200), (chain.Between(0, 6), chain.Between(6, 13), chain.Between(13, 18), chain.Between(0, 18)));
        // 7–15 touches no end of 0–17: two chains. An open end is an end like any other.
        Assert.Equal(2, AgeChain.Of([(Ages("0-17"), 60), (Ages("7-15"), 30)]).Count);
        Assert.Equal(80, Assert.Single(AgeChain.Of([(Ages("0-"), 100), (Ages("0-17"), 20)])).Between(18, int.MaxValue));
        // Counts that do not add up to each other are of different persons; a billionth is rounding.
        Assert.Empty(AgeChain.Of([(Ages("0-12"), 130), (Ages("13-17"), 60), (Ages("0-17"), 200)]));
        Assert.Single(AgeChain.Of([(Ages("0-12"), 130), (Ages("13-17"), 70 + 1e-8), (Ages("0-17"), 200)]));
    }

    [Theory]
    [InlineData("1-16", "0-17", true)]
    [InlineData("0-16", "0-17", false)]
    [InlineData("1-17", "0-17", false)]
    [InlineData("0-17", "0-17", false)]
    [InlineData("1-16", "0-", true)]
    [InlineData("18-", "0-", false)]
    [InlineData("0-17", "1-16", false)]
    public void Inside_is_without_touching_an_end(string inner, string outer, bool inside) =>
        Assert.Equal(inside, AgeChain.IsInside(Ages(inner), Ages(outer)));

    private static ReleaseCells Of(params (string Ages, double Count)[] spans) => Of(Five, spans);

    private static ReleaseCells Of(Policy policy, params (string Ages, double Count)[] spans)
    {
        var cells = new ReleaseCells(policy, tellsApart: true, "2019");
        var ages = new AgeCells(cells, policy);
        static LedgerName Name(AgeSpan of, AgeSpan? less) => new("poor", "", of, []) { LessAges = less };
        ages.Add([.. spans.Select(span => (Ages(span.Ages), cells.Add(span.Ages, span.Count, 1, Name(Ages(span.Ages), null))))],
            (of, less) => ($"={of}{(less is null ? "" : $"~{less}")}", Name(of, less)), 0, "", "T", isBase: true);
        return cells;
    }

    private static (double, CellStatus) Hidden(ReleaseCells cells, string id)
    {
        var found = cells.Cells.Single(cell => cell.Id == id);
        Assert.True(found.Hidden);
        return (found.Value, found.Status);
    }

    [Fact]
    public void The_year_between_two_spans_is_a_cell_that_is_small_or_not()
    {
        Assert.Equal((4, CellStatus.Primary), Hidden(Of(("0-17", 40), ("0-16", 36)), "=17"));
        Assert.Equal((5, CellStatus.Published), Hidden(Of(("0-17", 40), ("0-16", 35)), "=17"));
        // Nobody of seventeen: no cell, as one that knows it is only stronger.
        Assert.DoesNotContain(Of(("0-17", 40), ("0-16", 40)).Cells, cell => cell.Hidden);
        // Where a zero is not told, it is one to protect.
        Assert.Equal((0, CellStatus.Primary), Hidden(Of(Five with { ZerosAreSafe = false }, ("0-17", 40), ("0-16", 40)), "=17"));
        // Printed steps add up to the printed whole, the first cell among them.
        Assert.Contains(Of(("0-5", 20), ("6-17", 20), ("0-17", 40)).Sums, sum => sum.Total == 2 && sum.Parts.Order().SequenceEqual([0, 1]));
        // Both sides of a span within another: 40 − 37.
        Assert.Equal((3, CellStatus.Primary), Hidden(Of(("0-17", 40), ("6-12", 37)), "=0-17~6-12"));
        // What spans beside each other leave of one around both: 40 − 20 − 17.
        Assert.Equal((3, CellStatus.Primary), Hidden(Of(("0-17", 40), ("1-6", 20), ("7-15", 17)), "=0-17 beside its parts"));
        // They overlap: no sum of the two.
        Assert.DoesNotContain(Of(("0-17", 40), ("1-7", 20), ("7-15", 17)).Cells, cell => cell.Id == "=0-17 beside its parts");
        // One of the two lies within the other: it leaves nothing more.
        Assert.DoesNotContain(Of(("0-17", 40), ("1-15", 20), ("3-6", 17)).Cells, cell => cell.Id == "=0-17 beside its parts");
        // Two steps of four are two small cells; together they are a count of eight that nothing prints.
        var steps = Of(("0-17", 60), ("0-16", 56), ("0-15", 52));
        Assert.Equal((4, CellStatus.Primary), Hidden(steps, "=16"));
        Assert.DoesNotContain(steps.Cells, cell => cell.Id == "=16-17");
        // Two of two are four together, few as well: a cell of its own.
        Assert.Equal((4, CellStatus.Primary), Hidden(Of(("0-17", 60), ("0-16", 58), ("0-15", 56)), "=16-17"));
    }

    [Fact]
    public void What_is_printed_nowhere_adds_up_over_areas_where_it_does()
    {
        var cells = new ReleaseCells(Five, tellsApart: true, "2019");
        int[] hidden = [.. ((double[])[4, 4, 0, 9]).Select((value, i) => cells.AddHidden($"{i}", value))];
        var byArea = new HiddenByArea(cells);
        foreach (var (what, area, cell) in ((string, string, int)[])
            [("17", "T", 0), ("17", "a", 1), ("17", "b", 2), ("16", "T", 3), ("16", "a", 1)])
            byArea.Add(what, area, hidden[cell]);
        byArea.AddAreas([("T", ["a"]), ("T", ["a", "b"]), ("T", ["c"]), ("R", ["a"])]);
        // The only ones of a are those of the whole; 9 are not 4.
        Assert.Equal(["0=1", "0=1+2"], cells.Sums.Select(sum => $"{sum.Total}={string.Join('+', sum.Parts)}"));
    }

    [Fact]
    public void Areas_are_sums_of_those_merged_into_them_of_longer_codes_and_of_regions()
    {
        static IEnumerable<string> Sums(params string[] areas) => AreaSums.Of(areas.ToHashSet(StringComparer.Ordinal))
            .Select(sum => $"{sum.Total}={string.Join('+', sum.Parts)}").Order(StringComparer.Ordinal);
        Assert.Equal(["T=Norra innerstaden", "Norra innerstaden=Norrmalm+Östermalm"],
            Sums("T", "Norra innerstaden", "Norrmalm", "Östermalm").Select(sum => sum == "T=Norrmalm+Östermalm" ? "T=Norra innerstaden" : sum)
                .OrderDescending(StringComparer.Ordinal));
        // A code of four places stands above those that begin with it, a shorter one does not.
        Assert.Equal(["0180=0180C1010+0180C1020", "T=0180C1010+0180C1020"], Sums("T", "0180", "0180C1010", "0180C1020"));
        Assert.Equal(["T=1+10+101"], Sums("T", "1", "10", "101"));
        Assert.Equal(["T=018+0180"], Sums("T", "018", "0180"));
        // Without the whole, only what is named; each code below the nearest that begins it.
        Assert.Equal(["0180=0180C1", "0180C1=0180C1010"], Sums("0180", "0180C1", "0180C1010"));
        // A region is the sum of its districts, the whole that of its leaves, and of its regions where there are two.
        var regions = Geography.Stockholm.Division("sdo14").Areas.ToDictionary(area => area.Name, area => area.Region);
        var (farsta, bromma) = (regions["Farsta"], regions["Bromma"]);
        Assert.NotEqual(farsta, bromma);
        Assert.Equal(new[] { $"{bromma}=Bromma", $"{farsta}=Farsta", "T=Bromma+Farsta",
            $"T={string.Join('+', new[] { bromma, farsta }.Order(StringComparer.Ordinal))}" }.Order(StringComparer.Ordinal),
            Sums("T", "Farsta", "Bromma", farsta, bromma));
        Assert.Equal(new[] { $"{farsta}=Farsta", "T=Farsta" }.Order(StringComparer.Ordinal), Sums("T", "Farsta", farsta));
    }

    [Theory]
    [InlineData(null, "T")]
    [InlineData("T", "T'")]
    [InlineData("T'", "T''")]
    [InlineData("a|b", "a/b")]
    [InlineData("Farsta", "Farsta")]
    public void An_area_called_like_the_whole_is_not_the_whole(string? area, string key) =>
        Assert.Equal((key, "T"), (AreaSums.Key(area), AreaSums.Key(Geography.Stockholm.City)));

    [Fact]
    public void A_population_is_the_sum_of_those_with_one_property_more()
    {
        Population[] populations =
        [
            .. ((string[])["0-17", "0-17, sex=woman", "0-17, sex=man", "0-17, sex=man, born=abroad", "sex=woman"])
                .Select(text => Population.Parse(text)),
        ];
        Assert.Equal(["0-17=0-17, sex=man+0-17, sex=woman", "0-17, sex=man=0-17, sex=man, born=abroad"],
            PopulationSums.Of(populations).Select(sum => $"{sum.Total}={string.Join('+', sum.Parts)}"));
        // Women of all ages and of 0–17 differ by age alone; men have one span only.
        var byAge = PopulationSums.ByAge(populations).Where(family => family.Count > 1).ToArray();
        Assert.Equal(["0-17, sex=woman", "sex=woman"],
            Assert.Single(byAge).Select(one => one.Population.ToString()).Order(StringComparer.Ordinal));
    }
}
