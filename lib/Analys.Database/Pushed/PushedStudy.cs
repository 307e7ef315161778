using System.Collections.Immutable;
using Analys.Measure.Income;
using Analys.Measure.Inference;
using Analys.Measure.Segregation;
using Analys.Measure.Source;
using Analys.Measure.Study;

namespace Analys.Database.Pushed;

/// <summary>Measures of persons who stay where they are: the figures of <see cref="IncomeStudy"/> from the aggregates of a
/// source.</summary>
internal sealed class PushedStudy
{
    private readonly IAggregateSource source;
    private readonly SourceFrame frame;
    private readonly CancellationToken cancel;

    /// <summary>Counts which periods and values a source has.</summary>
    /// <param name="source">The source.</param>
    /// <param name="columns">Which columns; by role where not named.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="ColumnNotFoundException">A named column is not there, or no column has a role that is needed.</exception>
    /// <exception cref="CountException">A weight is negative or missing, or an income is missing and must not be.</exception>
    public PushedStudy(IAggregateSource source, PersonColumns columns, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        this.source = source;
        this.cancel = cancel;
        var layout = PersonLayout.Of(source.Description.Schema, columns);
        var census = source.Count(layout, cancel);
        if (census.BadWeights > 0)
            throw new CountException($"column {layout.Weight}: {census.BadWeights} weights are negative or missing.");
        if (census.BadUnits > 0)
            throw new CountException($"column {layout.Units}: {census.BadUnits} numbers of consumption units are not above 0.");
        if (census.BadIncomes > 0) throw new CountException($"column {layout.Income}: {census.BadIncomes} incomes are not finite numbers.");
        if (census.WithoutIncome > 0 && layout.RejectMissingIncome)
            throw new CountException(
                $"column {layout.Income}: {census.WithoutIncome} incomes are missing, and the call refuses missing incomes.");
        frame = new SourceFrame(layout, census);
        Persons = frame.Persons(source.Description);
    }

    /// <summary>Persons of no rows, with the breakdowns and periods of the source: what a study is made of.</summary>
    public PersonTable Persons { get; }

    /// <summary>The periods and values that domains are numbered by.</summary>
    public SourceFrame Frame => frame;

    /// <summary>Whether persons can be followed over years in this source.</summary>
    public bool CanFollow =>
        frame.Layout.Person is not null && frame.Layout.Income is not null && frame.Periods.Length > 1 && source is not ShardedSource;

    /// <summary>Whether a measure can be asked of this source with the interval of a study: see <see cref="PushDown.NotPushed"/>.</summary>
    /// <param name="study">The study.</param>
    /// <param name="measure">The measure.</param>
    public bool CanRun(IncomeStudy study, IncomeMeasure measure)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(measure);
        return measure.Aggregate is { } form && (form.Maxima == MaximaOf.None || source is not ShardedSource)
            && (study.Uncertainty.Method != IntervalMethod.Linearised || measure.AggregateInfluence is { IsApproximate: false });
    }

    /// <summary>Computes the measures.</summary>
    /// <param name="study">The study; its persons are <see cref="Persons"/>.</param>
    /// <param name="measures">Which.</param>
    /// <exception cref="NotPushedException">A measure or an interval needs the rows themselves.</exception>
    public Results Run(IncomeStudy study, IReadOnlyList<IncomeMeasure> measures)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(measures);
        foreach (var measure in measures)
        {
            if (measure.Aggregate is null)
                throw new NotPushedException($"{measure.Definition.Id}: no aggregate form of it is known here");
            Require(measure.Concept);
        }

        if (study.Uncertainty.Method == IntervalMethod.ReplicateWeights && frame.Census.BadReplicateWeights > 0)
            throw new CountException("A replicate weight is missing.");
        RequireClusters(study);
        var aggregates = new PushedPersons(source, frame, study, default, cancel);
        return Named(study, (study with { Source = aggregates }).Run(measures, cancel));
    }

    /// <summary>Computes measures of persons who are followed over years.</summary>
    /// <param name="study">The study; its persons are <see cref="Persons"/>.</param>
    /// <param name="measures">Which.</param>
    /// <exception cref="ColumnNotFoundException">Persons or years are not known.</exception>
    /// <exception cref="NotPushedException">The source is several servers that do not see each other's persons.</exception>
    public Results RunPanel(IncomeStudy study, IReadOnlyList<PanelMeasure> measures)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(measures);
        RequireClusters(study);
        return Named(study, PanelStudy.Run(study, new PushedPanel(source, frame, study, cancel), measures, cancel));
    }

    /// <summary>The contributions of groups to poverty and inequality: see <see cref="SubgroupDecomposition"/>.</summary>
    /// <param name="study">The study, with one breakdown.</param>
    /// <param name="alpha">α of the FGT and entropy indices.</param>
    /// <param name="epsilon">ε of Atkinson's index.</param>
    public Results Decompose(IncomeStudy study, double alpha, double epsilon = 0.5) =>
        new PushedDecomposition(source, frame, study, cancel).Subgroups(alpha, epsilon);

    /// <summary>What the change of poverty comes from: see <see cref="ShapleyChange"/>.</summary>
    /// <param name="study">The study, of several periods.</param>
    /// <param name="alphas">α of each FGT index, Watts's index beside them; null for the headcount alone.</param>
    public Results Shapley(IncomeStudy study, IReadOnlyList<double>? alphas = null) =>
        new PushedDecomposition(source, frame, study, cancel).Shapley(alphas);

    private void RequireClusters(IncomeStudy study)
    {
        if (study.Uncertainty.Method == IntervalMethod.Bootstrap && frame.Layout.Cluster is null)
            throw new NotPushedException("--interval bootstrap: the source needs a column of households or clusters with whole numbers.");
    }

    private static Results Named(IncomeStudy study, Results results) => study.Uncertainty.Method == IntervalMethod.Bootstrap
        ? new Results(results.Select(Poisson), results.Confidentiality, results.Provenance)
        : results;

    // The record must not take one bootstrap for the other.
    private static Result Poisson(Result result) => result.Parameters.TryGetValue("interval", out var method) && method == "bootstrap"
        ? result with { Parameters = result.Parameters.SetItem("interval", "poisson-bootstrap") }
        : result;

    private void Require(IncomeConcept concept)
    {
        var (column, role, option) = concept switch
        {
            IncomeConcept.BeforeTransfers => (frame.Layout.Transfers, "Transfers", "--transfers"),
            IncomeConcept.AfterHousing => (frame.Layout.HousingCost, "HousingCost", "--housing-cost"),
            IncomeConcept.SupportMonths => (frame.Layout.SupportMonths, "IncomeSupportMonths", "--support-months"),
            _ => (frame.Layout.Income, "EquivalisedIncome", "--income"),
        };
        if (column is null) throw new ColumnNotFoundException($"The measure needs a column of the role {role}: name it with {option}.");
    }
}

/// <summary>A figure was asked of a source that needs the rows themselves.</summary>
/// <param name="message">Which, and why.</param>
public sealed class NotPushedException(string message) : Exception(message);

/// <summary>Which measures of persons are asked of a source as aggregates, and what is not.</summary>
internal static class PushDown
{
    private static readonly string Ordered = Ids(measure => measure.Aggregate is { Maxima: not MaximaOf.None });
    private static readonly string OfRows = Ids(measure => measure.Aggregate is null);

    /// <summary>The measures of one year, and of persons who are followed over years, that are asked of a source.</summary>
    public static ImmutableArray<string> Pushed { get; } =
        [.. IncomeMeasures.All.Where(measure => measure.Aggregate is not null).Select(measure => measure.Definition.Id),
            .. PanelMeasures.All.Select(measure => measure.Definition.Id)];

    /// <summary>What is not asked of a source, or not of every source, with the reason.</summary>
    public static ImmutableSortedDictionary<string, string> NotPushed { get; } = ImmutableSortedDictionary<string, string>.Empty
        .Add($"{Ids(measure => measure.Aggregate is not null && measure.AggregateInfluence is not { IsApproximate: false })} with "
            + "--interval linearised",
            "the influence of a person depends on the order of all incomes: take bootstrap")
        .Add($"{Ordered} of servers side by side",
            "they need all incomes in one order: name one database that knows all parts")
        .AddRange(OfRows.Length == 0 ? [] : [new(OfRows, "no aggregate form is known: load the rows into memory")])
        .Add("panel measures of servers side by side",
            "a person may have moved from one server to another: name one database that knows all parts")
        .Add("child-poverty-index and the other measures of the income standard",
            "households are held against the norm one by one: load them into memory");

    private static string Ids(Func<IncomeMeasure, bool> which) =>
        string.Join(", ", IncomeMeasures.All.Where(which).Select(measure => measure.Definition.Id).Order(StringComparer.Ordinal));
}
