using System.Collections.Immutable;
using Analys.Measure.Income;
using Analys.Measure.Study;

namespace Analys.Measure.Source;

/// <summary>A measure as an aggregate and a formula: what must be asked of a source that shows no rows, and what follows from the
/// answers.</summary>
/// <param name="Formula">The measure of a domain in which somebody is.</param>
internal sealed record AggregateForm(Func<Facts, Quantity> Formula)
{
    /// <summary>Of a measure that follows from the sums of poverty, which every study asks for: nothing more is asked.</summary>
    public static AggregateForm OfSums { get; } = new(_ => throw new InvalidOperationException());

    /// <summary>What an influence needs to know: no formula, only questions.</summary>
    public static AggregateForm Asking { get; } = OfSums with { };

    /// <summary>The quantiles of the domain that the formula needs, with their rule; null for the rule of the study.</summary>
    public ImmutableArray<(double P, QuantileRule? Rule)> Quantiles { get; init; } = [];

    /// <summary>The quantiles of the domain's poor that the formula needs, with their rule; null for the rule of the study.</summary>
    public ImmutableArray<(double P, QuantileRule? Rule)> PoorQuantiles { get; init; } = [];

    /// <summary>The sums that the formula needs.</summary>
    public ImmutableArray<(TermKind Kind, double Power)> Terms { get; init; } = [];

    /// <summary>More sums that the formula needs, when quantiles are known.</summary>
    public Func<Facts, IEnumerable<Term>>? MoreTerms { get; init; }

    /// <summary>Where the formula cuts the distribution, when quantiles and sums are known.</summary>
    public Func<Facts, IEnumerable<double>>? Pivots { get; init; }

    /// <summary>Whether the formula needs the sum of maxima of everyone or of the poor: all incomes in one order.</summary>
    public MaximaOf Maxima { get; init; }
}

/// <summary>Whose incomes are put in one order.</summary>
internal enum MaximaOf
{
    /// <summary>Nobody's.</summary>
    None,

    /// <summary>Everyone's.</summary>
    Everyone,

    /// <summary>Those of the poor.</summary>
    Poor,
}

/// <summary>The influence of a person on a measure as a sum of functions of income, and what must be known for it.</summary>
/// <param name="Of">The function: terms with their coefficients.</param>
internal sealed record AggregateInfluence(Func<Facts, ImmutableArray<(double Coefficient, Term Term)>> Of)
{
    /// <summary>What must be asked for; its formula is not used.</summary>
    public AggregateForm Needs { get; init; } = AggregateForm.Asking;

    /// <summary>Whether it is exact only at some incomes and drawn straight between them: good for how far a household reaches, not for an
    /// error.</summary>
    public bool IsApproximate { get; init; }

    /// <summary>What the change by one household may be above its first order.</summary>
    public double Margin { get; init; } = 1.15;

    /// <summary>The quantiles that the value is made of, where it is a position; null where it is not.</summary>
    public Func<Facts, IReadOnlyList<IncomePosition>>? Positions { get; init; }

    /// <summary>Where the density of incomes must be known, among everyone or among the poor.</summary>
    public Func<Facts, IEnumerable<(double At, bool Poor)>>? Densities { get; init; }

    /// <summary>The derivative of the measure by the line.</summary>
    public Func<Facts, double> Slope { get; init; } = _ => 0;

    /// <summary>The influence of quantiles, each with what the measure changes by it: −([y ≤ q] − p) / (f(q) W), nothing where all incomes
    /// are
    /// alike and there is no density.</summary>
    public static AggregateInfluence OfQuantiles(ImmutableArray<double> p, Func<Facts, int, double>? scale = null) => new(f =>
        [.. p.SelectMany((q, i) => Quantile(f.Quantile(q), f.Densities[(f.Quantile(q), false)], q, f.Weight, scale?.Invoke(f, i) ?? 1))])
    {
        Needs = AggregateForm.Asking with { Quantiles = [.. p.Select(q => (q, (QuantileRule?)null))] },
        Densities = f => p.Select(q => (f.Quantile(q), false)),
        Positions = f => [.. p.Select((q, i) => new IncomePosition(f.Quantile(q), scale?.Invoke(f, i) ?? 1))],
    };

    private static ImmutableArray<(double, Term)> Quantile(double at, double density, double p, double weight, double scale) => density > 0
        ? [(-scale / (density * weight), new Term(TermKind.Below, 0, at, PoorRule.AtOrBelow)),
            (scale * p / (density * weight), new Term(TermKind.One))]
        : [];
}

/// <summary>The aggregates of one domain that the formula of a measure may ask for.</summary>
internal sealed class Facts(PovertySums sums, MeasureContext context)
{
    public PovertySums Sums { get; } = sums;

    public MeasureContext Context { get; } = context;

    public Dictionary<Term, double> Terms { get; } = [];

    public Dictionary<(double P, QuantileRule Rule), double> Quantiles { get; } = [];

    public Dictionary<double, (double Weight, double Income)> BelowPivots { get; } = [];

    /// <summary>The weighted income of those above an income: added up by itself, so that it is zero where nobody is.</summary>
    public Dictionary<double, double> IncomeAbove { get; } = [];

    public Dictionary<(double P, QuantileRule Rule), double> PoorQuantiles { get; } = [];

    /// <summary>The density of incomes at a point: among everyone, or among the poor.</summary>
    public Dictionary<(double At, bool Poor), double> Densities { get; } = [];

    public double Maxima { get; set; }

    public double Weight => Sums.Weight;

    public double Income => Of(TermKind.Income);

    public double Quantile(double p) => Quantiles[(p, Context.Quantiles)];

    public double PoorQuantile(double p) => PoorQuantiles[(p, Context.Quantiles)];

    /// <summary>The weight, and the weighted income, of those at or below an income.</summary>
    public (double Weight, double Income) AtOrBelow(double income) => BelowPivots[income];

    public double Of(TermKind kind, double power = 0) => Terms[Key(kind, power, Context)];

    /// <summary>A term with what it needs of the context.</summary>
    public static Term Key(TermKind kind, double power, MeasureContext context) =>
        kind is TermKind.PoorLogarithm or TermKind.GapPower or TermKind.Below or TermKind.IncomeBelow or TermKind.SquareBelow
        ? new Term(kind, power, context.Line, context.Poor)
        : new Term(kind, power);
}
