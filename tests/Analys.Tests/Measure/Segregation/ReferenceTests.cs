using System.Globalization;
using Analys.Measure.Segregation;
using Analys.Measure.Segregation.Change;
using Analys.Measure.Segregation.Ordinal;

namespace Analys.Tests.Measure.Segregation;

/// <summary>Against other codes: pysal and OasisR where they agree, R segregation, and published Stockholm figures.</summary>
public class ReferenceTests
{
    private static readonly Dictionary<string, (string Id, string? Group)> Names = new()
    {
        ["Dissimilarity D"] = ("dissimilarity", "B"),
        ["Gini"] = ("gini", "B"),
        ["Entropy H (Theil)"] = ("information-theory", "B"),
        ["Atkinson b=.5"] = ("atkinson", "B"),
        ["Isolation xPx"] = ("isolation", "B"),
        ["Interaction xPy"] = ("exposure", "B"),
        ["Eta2 / V"] = ("correlation-ratio", "B"),
        ["Multi D"] = ("multigroup-dissimilarity", null),
        ["Multi Gini"] = ("multigroup-gini", null),
        ["Multi H"] = ("information-theory", null),
        ["Multi R (relative diversity)"] = ("relative-diversity", null),
        ["Multi C (squared CV)"] = ("squared-coefficient-of-variation", null),
        ["Multi P (normalised exposure)"] = ("normalised-exposure", null),
        ["Shannon E"] = ("diversity", null),
        ["Simpson I"] = ("simpson-interaction", null),
    };

    [SharedFact]
    public void Agrees_with_what_independent_codes_agree_on()
    {
        var grid = Cases.Grid;
        var compared = 0;
        foreach (var line in File.ReadLines(Cases.At("grid20_B_vs_rest_agreed.csv")).Skip(1))
        {
            var cells = line.Split(',');
            if (!Names.TryGetValue(cells[0], out var name)) continue;
            Assert.Equal(double.Parse(cells[1], CultureInfo.InvariantCulture), grid.Value(name.Id, name.Group), 1e-10);
            compared++;
        }

        Assert.Equal(Names.Count, compared);
        // One code ignores b; the other rounds nothing here.
        Assert.Equal(0.0196080494647505, grid.Value("atkinson", "B", null, ("b", "0.1")), 1e-10);
        Assert.Equal(0.197431885243796, grid.Value("atkinson", "B", null, ("b", "0.9")), 1e-10);
    }

    [SharedFact]
    public void Agrees_with_the_textbook_values()
    {
        var grid = Cases.Grid;
        var textbook = Cases.Json("grid20_textbook.json").GetProperty("grid20");
        foreach (var group in textbook.GetProperty("hutchens_sqrt_one_vs_rest").EnumerateObject())
        {
            Assert.Equal(group.Value.GetDouble(), grid.Value("hutchens", group.Name), 1e-10);
        }

        var all = textbook.GetProperty("expected_fixed_margins_multigroup");
        Assert.Equal(all.GetProperty("E[M]").GetDouble(), grid.Value("expected-mutual-information"), 1e-10);
        Assert.Equal(all.GetProperty("E[H]").GetDouble(), grid.Value("expected-information-theory"), 1e-10);
        foreach (var group in grid.Groups)
        {
            var one = textbook.GetProperty($"expected_fixed_margins_{group}_vs_rest");
            Assert.Equal(one.GetProperty("E[M]").GetDouble(), grid.Value("expected-mutual-information", group), 1e-10);
            Assert.Equal(one.GetProperty("E[H]").GetDouble(), grid.Value("expected-information-theory", group), 1e-10);
            Assert.Equal(one.GetProperty("E[D]").GetDouble(), grid.Value("expected-dissimilarity", group), 1e-10);
        }
    }

    [SharedFact]
    public void Agrees_with_R_segregation_on_its_own_schools()
    {
        var schools = Cases.Schools;
        var counts = schools.Counts;
        var reference = Cases.Json("schools00_reference.json");
        Assert.Equal(Estimate("total_s00", "M"), counts.Value("mutual-information"), 1e-12);
        Assert.Equal(Estimate("total_s00", "H"), counts.Value("information-theory"), 1e-12);
        Assert.Equal(Estimate("total_s00_base2", "M"), counts.Value("mutual-information", null, null, ("base", "2")), 1e-12);
        Assert.Equal(reference.GetProperty("entropy_s00_race").GetProperty("result").GetDouble(), counts.Value("diversity"), 1e-12);
        foreach (var pair in reference.GetProperty("exposure_s00").GetProperty("result").EnumerateArray())
        {
            var (of, to) = (pair.GetProperty("of").GetString()!, pair.GetProperty("to").GetString()!);
            Assert.Equal(pair.GetProperty("exposure").GetDouble(), of == to ? counts.Value("isolation", of)
                : counts.Value("exposure", of, to), 1e-8);
        }

        foreach (var state in reference.GetProperty("within_s00_state").GetProperty("result").EnumerateArray())
        {
            var alone = schools.Split(0).Single(area => area.Area == state.GetProperty("state").GetString()).Counts;
            Assert.Equal(state.GetProperty("M").GetDouble(), alone.Value("mutual-information"), 1e-12);
            Assert.Equal(state.GetProperty("H").GetDouble(), alone.Value("information-theory"), 1e-12);
        }

        var nested = reference.GetProperty("nested_s00").GetProperty("result").EnumerateArray().ToList();
        foreach (var measure in WithinBetween.Measures(schools, "school"))
        {
            var stat = measure.Definition.Id.StartsWith("mutual", StringComparison.Ordinal) ? "M" : "H";
            var level = measure.Parameters["division"];
            var expected =
                nested.Single(row => row.GetProperty("stat").GetString() == stat && row.GetProperty("between").GetString() == level);
            Assert.Equal(expected.GetProperty("est").GetDouble(), measure.Of(counts)[0].Value.Number, 1e-12);
        }

        Assert.Equal(0.00480551854, counts.Value("expected-mutual-information"), 1e-11);

        double Estimate(string call, string stat) => reference.GetProperty(call).GetProperty("result").EnumerateArray()
            .Single(row => row.GetProperty("stat").GetString() == stat).GetProperty("est").GetDouble();
    }

    [SharedFact]
    public void Local_scores_of_groups_agree_with_R_segregation()
    {
        // Units and groups exchanged: M is symmetric, and so are its local scores.
        var counts = Cases.Schools.Counts;
        var turned = new double[counts.Counts.Length];
        for (var unit = 0; unit < counts.Units.Length; unit++)
        {
            for (var group = 0; group < counts.Groups.Length; group++) turned[(group * counts.Units.Length) + unit] = counts[unit, group];
        }

        var races = new GroupCounts(counts.Groups, counts.Units, turned);
        var scores = SegregationMeasures.Find("local-mutual-information").Single().Of(races);
        foreach (var row in Cases.Json("schools00_reference.json").GetProperty("local_s00_race").GetProperty("result").EnumerateArray())
        {
            var score = scores.Single(result => result.Area == row.GetProperty("race").GetString());
            Assert.Equal(row.GetProperty("ls").GetDouble(), score.Value.Number, 1e-8);
            Assert.Equal(row.GetProperty("p").GetDouble(), score.N!.Value / counts.Total, 1e-8);
        }
    }

    [SharedTheory]
    [InlineData("dissimilarity", 0.2957943852)]
    [InlineData("gini", 0.3837581364)]
    [InlineData("information-theory", 0.1055382463)]
    [InlineData("correlation-ratio", 0.1366863153)]
    [InlineData("isolation", 0.3940780959)]
    [InlineData("exposure", 0.6059219041)]
    [InlineData("atkinson", 0.1441092191)]
    public void Stockholm_2011(string id, double expected) =>
    Assert.Equal(expected, Cases.Stockholm("fb_total").Value(id, "fb_total"), 1e-10);

    [SharedTheory]
    [InlineData("fb_africa", 0.445245)]
    [InlineData("fb_asia", 0.364352)]
    [InlineData("fb_s_america", 0.202555)]
    [InlineData("fb_n_america", 0.083682)]
    [InlineData("fb_europe_ex_nordic", 0.083636)]
    [InlineData("fb_nordic", 0.028220)]
    public void Stockholm_2011_by_origin(string group, double expected) =>
    Assert.Equal(expected, Cases.Stockholm(group).Value("dissimilarity", group), 1e-6);

    [Fact]
    public void Hand_values()
    {
        // cyclic: P = 1/3, rows (.6, .3, .1) in turn.
        var cyclic = Cases.Table([6, 3, 1], [1, 6, 3], [3, 1, 6]);
        Assert.Equal(Math.Log(3) + (0.6 * Math.Log(0.6)) + (0.3 * Math.Log(0.3)) + (0.1 * Math.Log(0.1)),
            cyclic.Value("mutual-information"), 1e-12);
        Assert.Equal(0.4, cyclic.Value("multigroup-dissimilarity"), 1e-12);
        Assert.Equal(0.19, cyclic.Value("relative-diversity"), 1e-12);
        Assert.Equal(0.19, cyclic.Value("normalised-exposure"), 1e-12);
        var partial = Cases.Table([8, 2], [2, 8]);
        Assert.Equal(0.3, partial.Value("gorard", "A"), 1e-12);
        Assert.Equal(0.6 * 2 / 1.6, partial.Value("min-max", "A"), 1e-12);
        Assert.Equal(1 - (2 * Math.Sqrt(0.16)), partial.Value("hutchens", "A"), 1e-12);
        // v = 1 up to .2, .8 up to .8, 0 above: (.5 - (.2 + .8*.3) + .8*.3) / .5 = .6.
        Assert.Equal(0.6, partial.Value("concentration-profile", "A"), 1e-12);
        Assert.Equal(0.6, partial.Value("concentration-profile", "A", null, ("m", "100000")), 1e-4);
        // Three brackets; Lo by hand: c = (.5, .75) in the whole, (1, 1) and (0, .5) in the halves.
        var brackets = Cases.Table([10, 0, 0], [0, 5, 5]);
        Assert.Equal(1 - (0.5 * 0.5 / ((1 + 0.5) / 2)), brackets.Value("ordinal-absolute-difference"), 1e-12);
        // Incomes 1, 2, 4: means 1 and 3 about 2; variance between 1, all (10 + 0 + 20) / 20.
        Assert.Equal(Math.Sqrt(1 / 1.5), brackets.Value("neighbourhood-sorting", null, null, ("values", "1,2,4")), 1e-12);
        Assert.Equal(2, SegregationMeasures.Find("location-quotient").Single().Of(brackets)[0].Value.Number, 1e-12);
    }

    [Fact]
    public void Rank_order_weights_are_the_means_of_the_powers()
    {
        // Two groups: one limit, the polynomial is a constant, and the index is the binary one.
        var table = Cases.Table([80, 20], [20, 80]);
        Assert.Equal(table.Value("information-theory"), table.Value("rank-order-information-theory"), 1e-12);
        Assert.Equal(table.Value("correlation-ratio", "A"), table.Value("rank-order-variation-ratio"), 1e-12);
        Assert.Equal(table.Value("hutchens", "A"), table.Value("rank-order-square-root"), 1e-12);
        // Closed-form weights against the integral by many midpoints.
        foreach (var m in Enumerable.Range(0, 5))
        {
            double all = 0, power = 0;
            for (var p = 0.5e-5; p < 1; p += 1e-5)
            {
                var weight = -(p * Math.Log(p)) - ((1 - p) * Math.Log(1 - p));
                all += weight;
                power += weight * Math.Pow(p, m);
            }

            Assert.Equal(power / all, RankOrderWeights.Entropy(m), 1e-6);
        }
    }

    [Fact]
    public void With_a_separate_total_everyone_else_is_a_group()
    {
        var listed = new GroupCounts(["1", "2"], ["A"], [8, 2], [10, 10]);
        var both = Cases.Table([8, 2], [2, 8]);
        Assert.Equal(both.Value("information-theory"), listed.Value("information-theory"), 1e-12);
        Assert.Equal(both.Value("dissimilarity", "A"), listed.Value("dissimilarity", "A"), 1e-12);
        var overlap = new GroupCounts(["1", "2"], ["A", "B"], [8, 9, 2, 3], [10, 10]);
        Assert.Equal("the groups overlap", MultigroupInformationTheory.Measure.Of(overlap)[0].Value.Reason);
        Assert.Equal(ValueStatus.Known, Dissimilarity.Measure.Of(overlap, "A")[0].Value.Status);
    }
}
