using System.Collections.Immutable;
using static Analys.Tests.Disclosure.Counts.Figures;

namespace Analys.Tests.Disclosure.Counts;

/// <summary>What one figure withholds, others must not give back.</summary>
public class SecondaryReleaseTests
{
    [Fact]
    public void The_citys_share_and_the_others_do_not_give_the_withheld_one()
    {
        var released = Areas(("Bromma", 3, 300), ("Farsta", 40, 400), ("Kista", 90, 350), ("Älvsjö", 20, 200)).Release(Policy.Stockholm);
        Assert.Equal(["Bromma", "Älvsjö"], released.Withheld().Order(StringComparer.Ordinal));
        Assert.Equal("threshold", released.Single(row => row.Area == "Bromma").Value.Reason);
        Assert.Equal("secondary", released.Single(row => row.Area == "Älvsjö").Value.Reason);
        foreach (var row in released.Where(row => row.IsWithheld()))
            Assert.Equal((null, null, null, null, null), (row.N, row.Lower, row.Upper, row.StandardError, row.Basis));
        Assert.All(released, row => Assert.Null(row.Basis));
    }

    [Fact]
    public void What_one_family_knows_of_itself_is_no_reason_to_refuse()
    {
        // One family in Norrmalm is poor by the higher line, nobody by the lower: those between the lines are that family.
        Result[] Line(string line, double bromma, double farsta, double kista, double norrmalm, double? families) =>
        [
            Poor("Bromma", bromma, 300, null, line), Poor("Farsta", farsta, 400, null, line), Poor("Kista", kista, 350, null, line),
            Poor("Norrmalm", norrmalm, 245, null, line) with { Basis = new Basis(norrmalm, 245, families) },
            Poor(null, bromma + farsta + kista + norrmalm, 1295, null, line),
        ];
        var released = Confidential([.. Line("median:60", 40, 70, 120, 2, 1), .. Line("median:50", 20, 40, 60, 0, null)])
            .Release(Policy.Stockholm);
        Assert.Contains("Norrmalm", released.Withheld());
        Assert.Contains(released, row => row.Area == "Bromma" && !row.IsWithheld());
    }

    [Fact]
    public void Nothing_small_costs_nothing()
    {
        var released = Areas(("Bromma", 30, 300), ("Farsta", 40, 400)).Release(Policy.Stockholm);
        Assert.Equal(0, released.SuppressedCount);
        Assert.All(released, row => Assert.NotNull(row.N));
        Assert.Empty(released.Audit!.Bounds);
    }

    [Fact]
    public void N_is_a_count_like_any_other()
    {
        // Three children in Kista: the city's number less the others' must not tell it. Medians have no numerator.
        var results = Confidential(
            Of(Median, "Bromma", 100, null, 300), Of(Median, "Farsta", 120, null, 60), Of(Median, "Kista", 90, null, 3),
            Of(Median, null, 110, null, 363));
        var released = results.Release(Policy.Stockholm);
        Assert.Equal(["Farsta", "Kista"], released.Withheld().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_area_that_is_left_out_is_not_given_away_by_the_rest()
    {
        var results = Areas(("Bromma", 3, 300), ("Farsta", 40, 400), ("Kista", 90, 350));
        var released = results.Where(row => row.Area != "Bromma").Release(Policy.Stockholm);
        Assert.NotEmpty(released.Withheld());
    }

    [Fact]
    public void A_rate_and_a_headcount_meet_in_one_count()
    {
        (string Area, double Poor, double All)[] areas = [("Bromma", 3, 300), ("Farsta", 40, 400), ("Kista", 20, 350)];
        var rates = Areas(areas);
        var counts = Confidential(areas.Select(area => Of(Headcount, area.Area, area.Poor, area.Poor, area.All))
            .Append(Of(Headcount, null, 63, 63, 1050)));
        var released = rates.Concat(counts).Release(Policy.Stockholm);
        Assert.Equal(["Bromma", "Kista"], released.Where(row => row.Measure == PoorShare).Withheld());
        Assert.Equal(["Bromma", "Kista"], released.Where(row => row.Measure == Headcount).Withheld());
    }

    [Fact]
    public void Lines_that_contain_each_other_are_subtracted_by_nobody()
    {
        // Below 50 %: 30; below 60 %: 32. Two children between the lines.
        var results = Confidential(
            Poor("Bromma", 30, 300, line: "median:50"), Poor("Farsta", 40, 400, line: "median:50"),
            Poor("Kista", 55, 500, line: "median:50"), Poor(null, 125, 1200, line: "median:50"),
            Poor("Bromma", 32, 300, line: "median:60"), Poor("Farsta", 60, 400, line: "median:60"),
            Poor("Kista", 75, 500, line: "median:60"), Poor(null, 167, 1200, line: "median:60"));
        var released = results.Release(Policy.Stockholm);
        var bromma = released.Where(row => row.Area == "Bromma").ToList();
        Assert.Contains(bromma, row => row.IsWithheld());
        Assert.Equal("secondary", bromma.First(row => row.IsWithheld()).Value.Reason);
        // And not by way of the city either.
        Assert.True(released.SuppressedCount >= 2);
    }

    [Fact]
    public void Women_and_men_add_up_to_everyone()
    {
        var results = Confidential(
            Poor("Bromma", 3, 150, "0-17, sex=woman"), Poor("Bromma", 40, 160, "0-17, sex=man"), Poor("Bromma", 43, 310, "0-17"),
            Poor("Farsta", 50, 150, "0-17, sex=woman"), Poor("Farsta", 60, 160, "0-17, sex=man"), Poor("Farsta", 110, 310, "0-17"));
        var released = results.Release(Policy.Stockholm);
        var bromma = released.Where(row => row.Area == "Bromma").ToList();
        Assert.Equal(2, bromma.Count(row => row.IsWithheld()));
        Assert.Equal(0, released.Where(row => row.Area == "Farsta").Count(row => row.IsWithheld()));
    }

    [Fact]
    public void Divisions_side_by_side_are_one_city()
    {
        var results = Confidential(
            Poor("Norrmalm", 3, 300), Poor("Östermalm", 41, 500), Poor("Norra innerstaden", 44, 800), Poor("Bromma", 50, 600),
            Poor("Farsta", 90, 700), Poor(null, 184, 2100));
        var withheld = results.Release(Policy.Stockholm).Withheld().ToList();
        // Norra innerstaden = Norrmalm + Östermalm: another district of the city alone would not do.
        Assert.Contains("Norrmalm", withheld);
        Assert.True(withheld.Contains("Östermalm") || withheld.Contains("Norra innerstaden"));
    }

    [Fact]
    public void Regions_are_sums_of_their_districts()
    {
        var results = Confidential(
            Poor("Bromma", 3, 300), Poor("Hässelby-Vällingby", 80, 500), Poor("Farsta", 6, 100), Poor("Älvsjö", 30, 200),
            Poor("Västerort", 83, 800), Poor("Söderort", 36, 300), Poor(null, 119, 1100));
        var withheld = results.Release(Policy.Stockholm).Withheld().ToList();
        Assert.Contains("Bromma", withheld);
        Assert.True(withheld.Contains("Hässelby-Vällingby") || withheld.Contains("Västerort"), string.Join(", ", withheld));
    }

    [Fact]
    public void Codes_are_sums_of_longer_codes()
    {
        var results = Confidential(Poor("0180C10", 43, 300), Poor("0180C1010", 3, 100), Poor("0180C1020", 40, 200),
            Poor("0180C20", 60, 300), Poor(null, 103, 600));
        var withheld = results.Release(Policy.Stockholm).Withheld().ToList();
        Assert.Contains("0180C1010", withheld);
        Assert.True(withheld.Contains("0180C1020") || withheld.Contains("0180C10"));
    }

    [Fact]
    public void A_gap_that_names_a_withheld_area_is_withheld_too()
    {
        Result Between(string area, string? reference) =>
            Of(Gap, area, 0.1, 40, 400)
            with
            { Reference = reference, Parameters = ImmutableSortedDictionary<string, string>.Empty.Add("of", "poor-share") };
        var results = Areas(("Bromma", 3, 300), ("Farsta", 40, 400), ("Kista", 90, 350), ("Älvsjö", 20, 200))
            .Concat(Confidential(Between("Farsta", "Bromma"), Between("Farsta", "Kista"), Between("Älvsjö", "Kista"),
                Between("Kista", "whole")));
        var gaps = results.Release(Policy.Stockholm).Where(row => row.Measure == Gap).ToList();
        Assert.Equal([true, false, true, false], gaps.Select(row => row.IsWithheld()));
    }

    [Fact]
    public void Groups_and_everyone_else_are_the_whole()
    {
        Result Local(string? unit, string group, double count, double all) =>
            Of(PoorShare, unit, count / all, count, all) with { Group = group };
        var results = Confidential(
            Local("a", "x", 3, 100), Local("a", "y", 97, 100), Local("b", "x", 40, 100), Local("b", "y", 60, 100), Local("c", "x", 30, 100),
            Local("c", "y", 70, 100),
            Local(null, "x", 73, 300), Local(null, "y", 227, 300));
        var released = results.Release(Policy.Stockholm);
        Assert.Equal(["x", "y"], released.Where(row => row.Area == "a" && row.IsWithheld()).Select(row => row.Group));
        Assert.Contains(released, row => row.Area is "b" or "c" && row.IsWithheld());
    }

    [Fact]
    public void Six_siblings_are_one_household()
    {
        var results = Confidential(Of(PoorShare, "a", 0.06, 6, 100, households: 1), Of(PoorShare, "b", 0.4, 40, 100, households: 30),
            Of(PoorShare, "c", 0.3, 30, 100, households: 20), Of(PoorShare, null, 76.0 / 300, 76, 300, households: 51));
        var released = results.Release(Policy.Stockholm);
        Assert.Equal("threshold-contributors", released[0].Value.Reason);
        Assert.Equal(2, released.SuppressedCount);
    }

    [Fact]
    public void One_common_mark_where_two_would_tell()
    {
        // 4 + 4 = 8: marks that say "1 to 4" leave one table only, and with the city's 8 withheld nothing else could hide it.
        var policy = Policy.Stockholm with { LegendTellsApart = false };
        var released = Areas(("Bromma", 3, 300), ("Farsta", 40, 400), ("Kista", 90, 350)).Release(policy);
        Assert.All(released.Where(row => row.IsWithheld()), row => Assert.Equal("withheld", row.Value.Reason));
    }

    [Fact]
    public void The_audit_has_the_bounds_and_true_values_lie_within()
    {
        var released = Areas(("Bromma", 3, 300), ("Farsta", 40, 400), ("Kista", 90, 350), ("Älvsjö", 20, 200)).Release(Policy.Stockholm);
        var bounds = released.Audit!.Bounds.Single(bound => bound.Cell == "Bromma|T|poor-share");
        Assert.Equal((0, 23), (bounds.Lower, bounds.Upper));
        Assert.Equal((1, 4), (bounds.LegendLower, bounds.LegendUpper));
        Assert.True(released.Audit.LeastWidth >= 1);
        Assert.DoesNotContain("Bromma", released.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_names_the_rule_and_the_cells()
    {
        var refused =
            new ReleaseRefusedException("secondary-suppression", "these cells would follow from the rest", "Bromma|T", "Farsta|T");
        Assert.Equal(
            "Release refused by the rule secondary-suppression: these cells would follow from the rest; cells: Bromma|T, Farsta|T.",
            refused.Message);
    }

    [Fact]
    public void Amounts_add_up_though_the_persons_behind_them_do_not()
    {
        // A scenario's counts: the basis is the fewest who move, the value adds up over areas.
        var results = Confidential(Of(Headcount, "a", 120, 3, 500), Of(Headcount, "b", 300, 20, 800), Of(Headcount, "c", 200, 11, 700),
            Of(Headcount, null, 620, 25, 2000));
        Assert.True(results.Release(Policy.Stockholm).Where(row => row.Area is not null).Withheld().Count() >= 2);
    }
}
