using Analys.Database.Contract;
using Analys.Measure.Inequality;
using Analys.Measure.Poverty;

namespace Analys.Database.Pushed;

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
    public static Term Key(TermKind kind, double power, MeasureContext context) => kind is TermKind.PoorLogarithm or TermKind.GapPower or TermKind.Below or TermKind.IncomeBelow or TermKind.SquareBelow
        ? new Term(kind, power, context.Line, context.Poor)
        : new Term(kind, power);
}
