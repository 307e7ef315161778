using System.Collections.Immutable;
using System.Globalization;
using Analys.Measure.Income;
using Analys.Measure.Inference;
using Analys.Measure.Segregation;
using Analys.Measure.Source;

namespace Analys.Measure.Study;

/// <summary>Measures of persons who are followed over years, under the choices of a study.</summary>
/// <remarks>
/// A full-register panel has Wilson's interval on the effective number of households; with bootstrap replicates the same households are
/// drawn in all years and each year's line is estimated anew. There is no linearised variance of these measures: Wilson's interval stands
/// in.
/// </remarks>
internal static class PanelStudy
{
    /// <summary>Computes the measures of persons whose rows are in memory.</summary>
    /// <param name="study">The persons and the choices.</param>
    /// <param name="measures">Which.</param>
    /// <param name="cancel">Stops the bootstrap between replicates.</param>
    /// <exception cref="ColumnNotFoundException">Persons or years are not known.</exception>
    public static Results Run(IncomeStudy study, IReadOnlyList<PanelMeasure> measures, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(measures);
        study = study.WithClusters();
        return Run(study, new PanelInMemory(study), measures, cancel);
    }

    /// <summary>Computes the measures of persons wherever they are.</summary>
    /// <param name="study">The choices.</param>
    /// <param name="source">Where the persons are.</param>
    /// <param name="measures">Which.</param>
    /// <param name="cancel">Stops the bootstrap between replicates.</param>
    public static Results Run(IncomeStudy study, IPanelSource source, IReadOnlyList<PanelMeasure> measures, CancellationToken cancel)
    {
        var formulas = new PanelRecords(study, measures);
        var records = formulas.Of(source.Answers(formulas.Questions)).ToArray();
        if (study.Uncertainty.Method == IntervalMethod.Bootstrap)
            formulas.Replicated(records, source.Replicates(formulas.Questions, formulas.Numbers, cancel));
        return new Results(records.Where(record => record.N > 0), study.Persons.Confidentiality,
            study.Persons.Provenance.With("panel measures with each year's own line"));
    }
}

/// <summary>Persons who are followed and whose rows are in memory.</summary>
internal sealed class PanelInMemory : IPanelSource
{
    private readonly IncomeStudy study;
    private readonly PanelTable panel;
    private readonly ImmutableArray<Cut> cuts;
    private readonly (ReadOnlyMemory<double> Incomes, int[] Rows, int[] Order)[] periods;

    /// <summary>Prepares a panel.</summary>
    /// <param name="study">The persons and the choices.</param>
    /// <exception cref="ColumnNotFoundException">Persons or years are not known.</exception>
    public PanelInMemory(IncomeStudy study)
    {
        this.study = study;
        panel = new PanelTable(study.Persons);
        if (study.Ages.Length > 0 && study.Persons.Ages.IsEmpty)
            throw new ColumnNotFoundException("Ages are asked for, but no column has the role Age: name it with --age.");
        if (study.Persons.Incomes.IsEmpty) throw new ColumnNotFoundException("Panel measures need an income: name it with --income.");
        cuts = Cut.All(study.Persons.Breakdowns);
        periods = [.. Enumerable.Range(0, panel.PeriodCount).Select(Sorted)];
    }

    public IReadOnlyList<PanelAnswer> Answers(IReadOnlyList<PanelQuestion> asked) => Answers(asked, Own());

    public double[][] Replicates(IReadOnlyList<PanelQuestion> asked, Func<IReadOnlyList<PanelAnswer>, double[]> made,
        CancellationToken cancel)
    {
        var (own, clusters, how) = (Own(), study.Persons.Clusters, study.Uncertainty);
        var design = new ClusterDesign(clusters.Span, study.Persons.Strata.Span, KeyIndex.Size(clusters.Span));
        return Inference.Replicates.Run(how.Replicates, how.Seed,
            () => (Factors: new double[design.ClusterCount], Weights: new double[own.Length]),
            (random, state) =>
            {
                design.Draw(random, state.Factors);
                for (var row = 0; row < own.Length; row++) state.Weights[row] = own[row] * state.Factors[clusters.Span[row]];
                return made(Answers(asked, state.Weights));
            }, cancel);
    }

    private double[] Own() => [.. Enumerable.Range(0, study.Persons.Count)
        .Select(row => study.Persons.Weights.IsEmpty ? 1 : study.Persons.Weights.Span[row])];

    private PanelAnswer[] Answers(IReadOnlyList<PanelQuestion> asked, double[] weights)
    {
        var passes = asked.Select(question => question.Line).Distinct()
            .ToDictionary(line => line, line => new PanelPass(panel, Poor(line, weights), weights));
        return [.. asked.Select(question => passes[question.Line].Of(question.Kind, cuts[question.Cut], question.Ages))];
    }

    // For each row whether it is poor, by the line of its own period under these weights.
    private bool[] Poor(int line, double[] weights)
    {
        var poor = new bool[study.Persons.Count];
        foreach (var (incomes, rows, order) in periods)
        {
            if (rows.Length == 0) continue;
            var values = new double[order.Length];
            var theirs = new double[order.Length];
            for (var i = 0; i < order.Length; i++)
            {
                values[i] = incomes.Span[order[i]];
                theirs[i] = weights[rows[order[i]]];
            }

            var whole = new WeightedIncomes(values, theirs);
            var z = whole.IsEmpty ? double.NaN : study.Lines[line].Of(whole, study.Quantiles);
            var count = whole.CountPoor(z, study.Poor);
            for (var i = 0; i < count; i++) poor[rows[order[i]]] = true;
        }

        return poor;
    }

    private (ReadOnlyMemory<double>, int[], int[]) Sorted(int period)
    {
        var codes = study.Persons.Periods;
        int[] rows = [.. Enumerable.Range(0, study.Persons.Count).Where(row => codes.Span[row] == period)];
        var all = study.Persons.Incomes;
        double[] incomes = [.. rows.Select(row => all.Span[row])];
        return (incomes, rows, IncomeOrder.Of(incomes));
    }
}

/// <summary>Where each person stands in each period.</summary>
internal sealed class PanelTable
{
    private readonly int[] places;

    public PanelTable(PersonTable persons)
    {
        if (persons.Persons.IsEmpty) throw new ColumnNotFoundException("Panel measures need the person: name the column with --person.");
        if (persons.PeriodNames.Length < 2)
            throw new ColumnNotFoundException("Panel measures need two years or more: name their column with --period.");
        Persons = persons;
        PeriodCount = persons.PeriodNames.Length;
        places = new int[KeyIndex.Size(persons.Persons.Span) * PeriodCount];
        Array.Fill(places, -1);
        for (var row = 0; row < persons.Count; row++)
        {
            if (persons.Periods.Span[row] < 0) continue;
            ref var place = ref places[(persons.Persons.Span[row] * PeriodCount) + persons.Periods.Span[row]];
            if (place >= 0) throw new CountException("A person stands twice in one period.");
            place = row;
        }

        Years = new PanelYears(persons.PeriodNames);
    }

    public PersonTable Persons { get; }

    public int PeriodCount { get; }

    public PanelYears Years { get; }

    /// <summary>The row of a person in a period; −1 where not observed.</summary>
    public int Row(int person, int period) => period < 0 ? -1 : places[(person * PeriodCount) + period];
}

/// <summary>Which period stands a number of years before another: by the years' numbers, or by order where periods are no years.</summary>
internal sealed class PanelYears(ImmutableArray<string> periods)
{
    private readonly int?[] years =
        [.. periods.Select(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : (int?)null)];

    /// <summary>The period a number of years before (or after, when negative); −1 where the data do not have that year.</summary>
    public int Before(int period, int back)
    {
        if (years.All(year => year is not null)) return Array.IndexOf(years, years[period] - back);
        var place = period - back;
        return place >= 0 && place < years.Length ? place : -1;
    }
}

/// <summary>A measure of persons who are followed over years.</summary>
/// <param name="Definition">What it is.</param>
/// <param name="Kind">Who counts.</param>
internal sealed record PanelMeasure(Definition Definition, PanelKind Kind)
{
    /// <summary>The options that it takes: who only counts those observed is poor by no line.</summary>
    public ImmutableArray<MeasureOption> Options => Kind is PanelKind.Stayed or PanelKind.Left or PanelKind.Entered
        ? [] : [IncomeOptions.Line, IncomeOptions.Poor, IncomeOptions.Quantiles, IncomeOptions.Negative];
}

/// <summary>Who counts in a panel measure.</summary>
internal enum PanelKind
{
    /// <summary>Poor now and in at least two of the three years before, among those observed in all four.</summary>
    Persistent,

    /// <summary>Poor now, among those observed in both years who were not poor the year before.</summary>
    Entry,

    /// <summary>Not poor now, among those observed in both years who were poor the year before.</summary>
    Exit,

    /// <summary>The length of spells whose start was observed.</summary>
    Spell,

    /// <summary>Persons observed in the year before and now.</summary>
    Stayed,

    /// <summary>Persons observed in the year before, not now.</summary>
    Left,

    /// <summary>Persons observed now, not in the year before.</summary>
    Entered,
}

/// <summary>The catalogue of panel measures.</summary>
internal static class PanelMeasures
{
    private const string Persistence = "Σ w [poor at t and in ≥ 2 of t − 1, t − 2, t − 3] / Σ w, over those observed in all four years";

    /// <summary>All panel measures; the last three say who left the panel and who came.</summary>
    /// <remarks>
    /// A person's age, area and other values are those of the year t, for leavers those of the year before. Each year has its own line. The
    /// length of a spell is the restricted Kaplan-Meier mean over the years observed: spells that began before the first year are left out,
    /// those that had not ended are censored.
    /// </remarks>
    public static ImmutableArray<PanelMeasure> All { get; } =
    [
        new(new("persistent-at-risk-of-poverty-rate", "Persistent at-risk-of-poverty rate", "Andel med varaktig risk för fattigdom",
            Persistence, Units.Share, ValueRange.Unit, "Eurostat, ilc_li21")
            { Tells = Tells.Counts, Counts = "persons who are poor now and were in at least two of the three years before" },
                PanelKind.Persistent),
        new(new("persistent-low-economic-standard", "Persistent low economic standard", "Varaktigt låg ekonomisk standard", Persistence,
            Units.Share, ValueRange.Unit, "SCB, Inkomster och skatter (HE0110)")
            { Tells = Tells.Counts, Counts = "persons who are poor now and were in at least two of the three years before" },
                PanelKind.Persistent),
        new(new("poverty-entry-rate", "Poverty entry rate", "Inträde i fattigdom",
            "Σ w [not poor at t − 1, poor at t] / Σ w [not poor at t − 1], over those observed in both years", Units.Share, ValueRange.Unit,
            "Bane & Ellwood 1986, Journal of Human Resources 21(1)")
            { Tells = Tells.Counts, Counts = "persons who were not poor the year before and are now" }, PanelKind.Entry),
        new(new("poverty-exit-rate", "Poverty exit rate", "Utträde ur fattigdom",
            "Σ w [poor at t − 1, not poor at t] / Σ w [poor at t − 1], over those observed in both years", Units.Share, ValueRange.Unit,
            "Bane & Ellwood 1986, Journal of Human Resources 21(1)")
            { Tells = Tells.Counts, Counts = "persons who were poor the year before and are not now" }, PanelKind.Exit),
        new(new("poverty-spell-length", "Mean length of poverty spells", "Fattigdomsperiodernas medellängd",
            "Σ_k S(k), S the Kaplan-Meier survival in poverty of spells whose start was observed, k below the years of the panel",
            Units.Years, ValueRange.NonNegative, "Bane & Ellwood 1986, Journal of Human Resources 21(1); Kaplan & Meier 1958, JASA 53")
            { Tells = Tells.Counts, Counts = "persons whose spell of poverty began in the panel" },
            PanelKind.Spell),
        new(new("panel-stayed", "Persons observed in both years", "Personer som finns i båda åren", "Σ w [observed at t − 1 and t], w of t",
            Units.Persons, ValueRange.NonNegative, "count")
            { Tells = Tells.Counts, Counts = "persons observed in both years" }, PanelKind.Stayed),
        new(new("panel-left", "Persons who left the panel", "Personer som lämnat panelen", "Σ w [observed at t − 1, not at t], w of t − 1",
            Units.Persons, ValueRange.NonNegative, "count")
            { Tells = Tells.Counts, Counts = "persons who left" }, PanelKind.Left),
        new(new("panel-entered", "Persons who entered the panel", "Personer som tillkommit i panelen",
            "Σ w [observed at t, not at t − 1], w of t", Units.Persons, ValueRange.NonNegative, "count")
            { Tells = Tells.Counts, Counts = "persons who came" }, PanelKind.Entered),
    ];
}
