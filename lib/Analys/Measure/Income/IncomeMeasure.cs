using System.Collections.Immutable;
using Analys.Measure.Source;

namespace Analys.Measure.Income;

/// <summary>A formula on a weighted income distribution.</summary>
/// <param name="incomes">The distribution; not empty.</param>
/// <param name="context">The line and the choices of definition.</param>
internal delegate Quantity IncomeFormula(WeightedIncomes incomes, MeasureContext context);

/// <summary>For each person the derivative of the measure by the person's weight, the line held still: the influence, from which variance
/// follows.</summary>
/// <param name="incomes">The distribution; not empty.</param>
/// <param name="context">The line and the choices of definition.</param>
/// <param name="influence">Where to write it, in the order of the incomes.</param>
internal delegate void IncomeInfluence(WeightedIncomes incomes, MeasureContext context, Span<double> influence);

/// <summary>The derivative of the measure by the line, the incomes held still.</summary>
/// <param name="incomes">The distribution; not empty.</param>
/// <param name="context">The line and the choices of definition.</param>
internal delegate double LineSlope(WeightedIncomes incomes, MeasureContext context);

/// <summary>The quantiles that a value is made of.</summary>
/// <param name="incomes">The distribution; not empty.</param>
/// <param name="context">The line and the choices of definition.</param>
internal delegate IReadOnlyList<IncomePosition> IncomePositions(WeightedIncomes incomes, MeasureContext context);

/// <summary>A quantile within a value.</summary>
/// <param name="At">The income at which it stands.</param>
/// <param name="Slope">How the value changes with it.</param>
/// <param name="OfPoor">Whether it is a quantile of the poor.</param>
/// <param name="Side">Of whom it is a quantile: those with this number beside the income; null for all.</param>
internal readonly record struct IncomePosition(double At, double Slope, bool OfPoor = false, double? Side = null);

/// <summary>A measure of poverty or inequality over weighted persons.</summary>
/// <param name="Definition">What it is.</param>
/// <param name="Formula">How it is computed.</param>
internal sealed record IncomeMeasure(Definition Definition, IncomeFormula Formula)
{
    /// <summary>Why a measure does not exist where there is nobody.</summary>
    public const string Nobody = "nobody in the population";

    /// <summary>Why a gap does not exist where half of all persons have no income.</summary>
    public const string NoLine = "the poverty line is not above zero";

    /// <summary>Which choices of definition it depends on; the others are not named in its records.</summary>
    public Choices Choices { get; init; }

    /// <summary>Its place among the figures of a call that names none; those without one come last, by id.</summary>
    public int Place { get; init; } = int.MaxValue;

    /// <summary>Whether it is computed only where a call names it: a call that names none gets the measures that most readers
    /// know.</summary>
    public bool OnRequest { get; init; }

    /// <summary>The numbers of its formula that a call may choose; null where it has none.</summary>
    public FormulaNumbers? Numbers { get; init; }

    /// <summary>The options that it takes, in the command and in <see cref="StudyChoices"/>: the numbers of its formula, and the choices of
    /// definition that it depends on.</summary>
    public ImmutableArray<MeasureOption> Options => [.. Numbers?.Options ?? [], .. IncomeOptions.Of(this)];

    /// <summary>The parameters of the formula itself, such as α.</summary>
    public ImmutableSortedDictionary<string, string> Parameters { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Its influence function; null where only a bootstrap gives its variance.</summary>
    public IncomeInfluence? Influence { get; init; }

    /// <summary>What is asked of a source that shows no rows, and the formula on the answers; null where the measure needs the rows
    /// themselves.</summary>
    public AggregateForm? Aggregate { get; init; }

    /// <summary>The influence function as a sum of functions of income; null where the influence of a person depends on the order of all
    /// incomes.</summary>
    public AggregateInfluence? AggregateInfluence { get; init; }

    /// <summary>Its derivative by the line; null where it does not depend on one.</summary>
    public LineSlope? Slope { get; init; }

    /// <summary>The quantiles that the value is made of, where it is a position; null where it is not.</summary>
    internal IncomePositions? Positions { get; init; }

    /// <summary>What the value tells of the persons behind it: a share of persons their counts, a quantile somebody's income, all else an
    /// amount that every household adds to.</summary>
    public Tells Tells => IsPoorShare ? Tells.Counts : OfWhole || Positions is not null ? Tells.Position : Tells.Amount;

    /// <summary>Who stands in the numerator of a share of persons; null where the value counts nobody.</summary>
    public string? Counts => !IsPoorShare ? null : Concept switch
    {
        IncomeConcept.SupportMonths => $"persons in households with {-OwnLine:0} months of income support or more",
        IncomeConcept.BeforeTransfers => "persons whose income less social transfers is below the line",
        _ when CountsNamed is not null => $"persons who are {CountsNamed}",
        _ when CountsAbove => "persons whose income is above the line of affluence",
        IncomeConcept.AfterHousing => "persons whose income after the cost of the dwelling is below the line",
        _ => "persons whose income is below the line",
    };

    /// <summary>Which incomes it is computed on.</summary>
    public IncomeConcept Concept { get; init; }

    /// <summary>The bounds that its intervals keep to, where incomes are not negative; null for those of the definition.</summary>
    public ValueRange? Within { get; init; }

    /// <summary>For a measure that is zero where nobody is poor: the most that it can be by the share of the poor, from which an interval
    /// follows
    /// where a sample has none of them. Null for other measures.</summary>
    public Func<double, double>? ByHeadcount { get; init; }

    /// <summary>Whether negative incomes take it out of its usual bounds, so that its value is not comparable: a note says so.</summary>
    public bool NeedsNonNegative { get; init; }

    /// <summary>Whether it is one figure of the whole population, whatever the domains.</summary>
    public bool OfWhole { get; init; }

    /// <summary>Whether the value is a share of persons, with the poor as its numerator: an interval for a share applies.</summary>
    public bool IsPoorShare { get; init; }

    /// <summary>The line that the measure brings itself, at or below which a person counts; null to use the study's.</summary>
    public double? OwnLine { get; init; }

    /// <summary>Its line as a multiple of the study's.</summary>
    public double LineFactor { get; init; } = 1;

    /// <summary>Whether those above its line are counted, and not those below.</summary>
    public bool CountsAbove { get; init; }

    /// <summary>Makes it for the persons of a study, where it holds a column against the income that a call names; null where it needs
    /// none.</summary>
    public Func<PersonTable, IReadOnlyList<IncomeMeasure>>? Bind { get; init; }

    /// <summary>Whether it compares two groups of persons, those with 0 and those with 1 in the column beside the income.</summary>
    public bool HasSides { get; init; }

    /// <summary>Whom a share of persons counts, where it is not those below a line of income; null where it is.</summary>
    public string? CountsNamed { get; init; }

    /// <summary>Whether its line is that of a base year, moved by prices.</summary>
    public bool IsAnchored { get; init; }

    /// <summary>How it follows from FGT sums without a sorted distribution (α of the sum); null where it does not.</summary>
    public int? SumPower { get; init; }

    /// <summary>The measure of one distribution, for tests and for aggregates from elsewhere.</summary>
    /// <param name="incomes">The distribution.</param>
    /// <param name="context">The line and the choices of definition.</param>
    public Quantity Of(WeightedIncomes incomes, MeasureContext context) =>
        incomes.IsEmpty ? Quantity.Undefined(Nobody) : Refused(context.Line) ?? Formula(incomes, context);

    /// <summary>Why the measure does not exist by a line; null where it does. A share of persons below a line of zero exists, a gap to it
    /// does not.</summary>
    /// <param name="line">The line.</param>
    internal Quantity? Refused(double line) =>
        line <= 0 && Choices.HasFlag(Choices.Line) && !IsPoorShare && !OfWhole ? Quantity.Undefined(NoLine) : null;
}

/// <summary>The choices of definition that a measure may depend on.</summary>
[Flags]
internal enum Choices
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The poverty line.</summary>
    Line = 1,

    /// <summary>Whether a person on the line is poor.</summary>
    Poor = 2,

    /// <summary>The rule of weighted quantiles.</summary>
    Quantiles = 4,

    /// <summary>What logarithms do with incomes of zero and below.</summary>
    NonPositive = 8,
}

/// <summary>The income that a measure is computed on.</summary>
internal enum IncomeConcept
{
    /// <summary>Disposable income per consumption unit.</summary>
    Disposable,

    /// <summary>Disposable income less social transfers; the line stays that of disposable income (Eurostat).</summary>
    BeforeTransfers,

    /// <summary>Disposable income less the cost of the dwelling.</summary>
    AfterHousing,

    /// <summary>Not an income: minus the months with income support, so that those with most support come first.</summary>
    SupportMonths,
}
