using System.Collections.Immutable;
using Analys.Measure.Income.Poverty;
using Analys.Measure.Inference;
using Analys.Measure.Segregation;
using Analys.Measure.Source;
using Analys.Measure.Study;

namespace Analys.Tests.Measure.Study;

public class PanelTests
{
    // P poor, - not poor, blank not observed; years 2015 to 2018.
    private static readonly string[] Lives = ["PPPP", "PP-P", "---P", "P--P", "-P-P", "PPP-", "----", " PPP", "-PP ", "  -P"];

    [Fact]
    public void Persistent_entry_and_exit_by_hand()
    {
        var results = Run(PanelMeasures.All, Lives);
        double Value(string id, string period) => results.Single(result => result.Measure.Id == id && result.Period == period).Value.Number;
        // Observed in all four years: the first seven. Poor in 2018 and in two of the three before: the first two.
        Assert.Equal(2 / 7.0, Value("persistent-at-risk-of-poverty-rate", "2018"), 1e-12);
        Assert.DoesNotContain(results, result => result.Measure.Id == "persistent-at-risk-of-poverty-rate" && result.Period != "2018");
        // 2017 → 2018. Not poor in 2017 and seen in 2018: lives 2, 3, 4, 5, 7, 10; poor then all but the seventh.
        Assert.Equal(5 / 6.0, Value("poverty-entry-rate", "2018"), 1e-12);
        // Poor in 2017 and seen in 2018: 1, 6, 8; the sixth left poverty.
        Assert.Equal(1 / 3.0, Value("poverty-exit-rate", "2018"), 1e-12);
        Assert.Equal(1, Value("panel-left", "2018"));
        Assert.Equal(1, Value("panel-entered", "2017"));
        Assert.Equal(1, Value("panel-entered", "2016"));
        Assert.Equal(9, Value("panel-stayed", "2018"));
    }

    [Fact]
    public void Spells_are_those_whose_start_was_seen_and_censored_ones_are_not_cut_short()
    {
        // Starts seen: life 2 in 2018 (censored at 1), 3 (1+), 4 (1+), 5 in 2016 (ended after 1) and 2018 (1+), 9 in 2016 (2+), 10 (1+).
        // Ended after one year: 1 of the 2 whose second year was seen; S(1) = 1/2, S(2) = 1/2 as none at risk: mean 1 + 1/2 + 1/2.
        var spell = Run(PanelMeasures.All, Lives).Single(result => result.Measure.Id == "poverty-spell-length");
        Assert.Equal(2, spell.Value.Number, 1e-12);
        Assert.Equal(7, spell.N);
        Assert.Equal("2015-2018", spell.Period);
    }

    [Fact]
    public void Persistent_never_exceeds_current_poverty_among_the_same_persons()
    {
        var random = new Random(2);
        string[] lives =
            [.. Enumerable.Range(0, 200).Select(_ => string.Concat(Enumerable.Range(0, 4).Select(_ => random.Next(3) == 0 ? 'P' : '-')))];
        var results = Run(PanelMeasures.All, lives);
        var current = lives.Count(life => life[3] == 'P') / 200.0;
        var persistent = results.Single(result => result.Measure.Id == "persistent-at-risk-of-poverty-rate");
        Assert.InRange(persistent.Value.Number, 1e-9, current);
        Assert.Equal(lives.Count(life => life[3] == 'P' && life[..3].Count(c => c == 'P') >= 2) / 200.0, persistent.Value.Number, 1e-12);
        Assert.True(persistent.Lower < persistent.Value.Number && persistent.Value.Number < persistent.Upper);
    }

    [Fact]
    public void The_bootstrap_of_a_panel_gives_the_binomial_error_with_a_fixed_line()
    {
        var random = new Random(3);
        string[] lives =
            [.. Enumerable.Range(0, 300).Select(_ => string.Concat(Enumerable.Range(0, 2).Select(_ => random.Next(3) == 0 ? 'P' : '-')))];
        var study = Study(lives) with { Lines = [PovertyLine.Fixed(50)], Uncertainty = new(IntervalMethod.Bootstrap, 300) };
        var entry = PanelStudy.Run(study, [.. PanelMeasures.All.Where(measure => measure.Kind == PanelKind.Entry)]).Single();
        var (p, n) = (entry.Value.Number, entry.N!.Value);
        Assert.Equal(Math.Sqrt(p * (1 - p) / n), entry.StandardError!.Value, 0.15 * entry.StandardError!.Value);
    }

    [Fact]
    public void A_person_twice_in_a_year_is_refused()
    {
        var study = Study(["PP", "--"]);
        var twice = study with { Persons = study.Persons with { Periods = new[] { 0, 0, 0, 1 } } };
        Assert.Throws<CountException>(() => PanelStudy.Run(twice, PanelMeasures.All));
    }

    [Fact]
    public void The_anchored_line_moves_with_prices_only()
    {
        var persons = People.Make([50, 100, 100, 65, 150, 150])
            with
        { Periods = new[] { 0, 0, 0, 1, 1, 1 }, PeriodNames = ["2015", "2016"] };
        var study = new IncomeStudy { Persons = persons, Anchor = Anchor.Parse("2015", ["2015=100", "2016=110"]) };
        var results = study.Run([Fgt.AtRiskOfPovertyRate, Fgt.AnchoredAtRiskOfPovertyRate]);
        // 2016: the year's own line is 90, the anchored one 60 · 1.1 = 66; 65 is poor by both, and not by 60.
        Assert.Equal(1 / 3.0, results.Single(result => result.Measure.Id.StartsWith("anchored", StringComparison.Ordinal)
            && result.Period == "2016").Value.Number, 1e-12);
        var cheap = (study with { Anchor = Anchor.Parse("2015", ["2015=100", "2016=105"]) }).Run([Fgt.AnchoredAtRiskOfPovertyRate]);
        Assert.Equal(0, cheap.Single(result => result.Period == "2016").Value.Number);
        Assert.Throws<ArgumentException>(() => (study with { Anchor = Anchor.Parse("2015", ["2015=100"]) })
            .Run([Fgt.AnchoredAtRiskOfPovertyRate]));
    }

    [Fact]
    public void Change_between_years_is_compared()
    {
        var study = Study(["P-", "P-", "P-", "--", "--", "-P"]) with { Lines = [PovertyLine.Fixed(50)], Comparison = new(null, true, []) };
        var change = study.Run([Fgt.Headcount]).Single(result => result.Measure.Id == "change");
        Assert.Equal(-2 / 6.0, change.Value.Number, 1e-12);
        Assert.Equal(("2016", "2015"), (change.Period, change.Reference));
    }

    private static Results Run(ImmutableArray<PanelMeasure> measures, string[] lives) =>
        PanelStudy.Run(Study(lives) with { Lines = [PovertyLine.Fixed(50)] }, measures);

    private static IncomeStudy Study(string[] lives)
    {
        var rows = lives.SelectMany((life, person) => life.Select((state, year) => (person, year, state))).Where(row => row.state != ' ')
            .ToArray();
        return new IncomeStudy
        {
            Persons = new PersonTable
            {
                Count = rows.Length,
                Incomes = rows.Select(row => row.state == 'P' ? 10.0 : 100).ToArray(),
                Persons = rows.Select(row => row.person).ToArray(),
                Households = rows.Select(row => row.person).ToArray(),
                Periods = rows.Select(row => row.year).ToArray(),
                PeriodNames = [.. Enumerable.Range(2015, lives[0].Length).Select(year => $"{year}")],
            },
        };
    }
}
