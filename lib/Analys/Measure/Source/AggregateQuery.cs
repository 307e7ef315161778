using System.Collections.Immutable;
using Analys.Measure.Income;

namespace Analys.Measure.Source;

/// <summary>Whose aggregates are asked for, and by what they are divided.</summary>
/// <param name="Period">The place of the period among the frame's; −1 for all rows.</param>
/// <param name="Concept">Which income.</param>
/// <param name="By">The places of the breakdowns among the frame's; empty for the whole.</param>
/// <param name="Ages">Who belongs, by age; null for everyone.</param>
/// <param name="Replicate">The replicate whose weights are used; null for the weights as they are.</param>
/// <param name="WeightColumn">The place of the replicate weights that are used among the layout's; null for the weights as they
/// are.</param>
internal sealed record Scope(int Period, IncomeConcept Concept, ImmutableArray<int> By, AgeSpan? Ages, PoissonReplicate? Replicate = null,
    int? WeightColumn = null)
{
    /// <inheritdoc/>
    public bool Equals(Scope? other) => other is not null && Period == other.Period && Concept == other.Concept
        && Ages == other.Ages && Replicate == other.Replicate && WeightColumn == other.WeightColumn && By.SequenceEqual(other.By);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(Period, Concept, Ages, Replicate, WeightColumn, By.Length == 0 ? -1 : By[0], By.Length);
}

/// <summary>One kind of aggregate. The answer to a query is a row of numbers for each domain; null for a domain that nobody is
/// in.</summary>
/// <param name="Scope">Whose.</param>
internal abstract record AggregateQuery(Scope Scope)
{
    /// <summary>How many numbers the row of a domain has.</summary>
    public abstract int Width(int domain);

    /// <summary>A number of the row, from two parts of a population that share no household: their sum, where nothing else is
    /// said.</summary>
    /// <param name="place">Its place in the row.</param>
    /// <param name="one">The number of one part.</param>
    /// <param name="other">That of the other.</param>
    public virtual double Together(int place, double one, double other) => one + other;

    /// <summary>The rows of two parts of a population; null for a part where nobody is.</summary>
    public double[]? Together(double[]? one, double[]? other) =>
        one is null ? other : other is null ? one : [.. one.Zip(other).Select((pair, place) => Together(place, pair.First, pair.Second))];
}

/// <summary>The sums of poverty and the counts that disclosure control checks, in the order of <see cref="SumColumns"/>.</summary>
/// <param name="Scope">Whose.</param>
/// <param name="Line">The line; NaN where nobody is poor by it.</param>
/// <param name="Rule">Whether an income on the line is poor.</param>
internal sealed record SumQuery(Scope Scope, double Line, PoorRule Rule) : AggregateQuery(Scope)
{
    /// <inheritdoc/>
    public override int Width(int domain) => SumColumns.Width;
}

/// <summary>Weights and weighted incomes between pivots: first the weights of all bins, then their incomes.</summary>
/// <param name="Scope">Whose.</param>
/// <param name="Pivots">For each domain the pivots in rising order; null to leave the domain out. Bin j holds incomes above pivot j − 1, at
/// or below pivot j.</param>
internal sealed record BinQuery(Scope Scope, double[]?[] Pivots) : AggregateQuery(Scope)
{
    /// <summary>Whether the number of households of each bin is asked for too, after the incomes; a person of no household is
    /// one.</summary>
    public bool CountsHouseholds { get; init; }

    /// <inheritdoc/>
    public override int Width(int domain) => (CountsHouseholds ? 3 : 2) * (Pivots[domain]!.Length + 1);
}

/// <summary>Weighted sums of functions of income.</summary>
/// <param name="Scope">Whose.</param>
/// <param name="Terms">Which functions.</param>
internal sealed record TermQuery(Scope Scope, ImmutableArray<Term> Terms) : AggregateQuery(Scope)
{
    /// <summary>For each domain the places of the terms that are asked of it; null where all are. An answer may have more.</summary>
    public int[][]? Asked { get; init; }

    /// <inheritdoc/>
    public override int Width(int domain) => Terms.Length;
}

/// <summary>Σ_i Σ_j w_i w_j max(y_i, y_j), from which Gini's, Sen's and Shorrocks's indices follow.</summary>
/// <param name="Scope">Whose.</param>
/// <param name="Line">Only the poor by this line; null for everyone.</param>
/// <param name="Rule">Whether an income on the line is poor.</param>
internal sealed record MaximaQuery(Scope Scope, double? Line, PoorRule Rule) : AggregateQuery(Scope)
{
    /// <inheritdoc/>
    public override int Width(int domain) => 1;
}

/// <summary>The places of the numbers in the answer to a <see cref="SumQuery"/>.</summary>
internal static class SumColumns
{
    public const int Count = 0, PoorCount = 1, Weight = 2, PoorWeight = 3, Gaps = 4, SquaredGaps = 5, PoorHouseholds = 6,
        OtherHouseholds = 7, SquaredClusterWeights = 8, Width = 9;
}

/// <summary>A function of income whose weighted sum is asked for.</summary>
/// <param name="Kind">Which function.</param>
/// <param name="Power">The exponent, where it has one.</param>
/// <param name="Line">The line, where it has one.</param>
/// <param name="Rule">Whether an income on the line is poor.</param>
/// <param name="At">Where a kernel stands.</param>
internal readonly record struct Term(TermKind Kind, double Power = 0, double Line = double.NaN, PoorRule Rule = PoorRule.Below,
    double At = double.NaN)
{
    /// <summary>Incomes are divided by this before they are raised to a power, so that no sum overflows.</summary>
    public const double Scale = 100_000;

    /// <summary>What is wanting to an income: (at − y) of those at or below it.</summary>
    public static Term Shortfall(double at) => new(TermKind.Function, 0, at, PoorRule.AtOrBelow)
    {
        Function = IncomeFunction.Line - IncomeFunction.Own,
        Whose = Among.Poor,
    };

    /// <summary>The function, where it is none of the named.</summary>
    public IncomeFunction? Function { get; init; }

    /// <summary>Whose incomes it is a function of, where it is none of the named.</summary>
    public Among Whose { get; init; }

    /// <summary>The value of a written function at an income; 0 for who is not meant.</summary>
    public double Of(double income) => (Whose is Among.Positive or Among.PositivePoor && !(income > 0))
        || (Whose is Among.Poor or Among.PositivePoor && !(income < Line || (Rule == PoorRule.AtOrBelow && income == Line)))
        ? 0 : Function!.At(income, Line);
}

/// <summary>The functions of income y that measures add up with weights.</summary>
internal enum TermKind
{
    /// <summary>1.</summary>
    One,

    /// <summary>y.</summary>
    Income,

    /// <summary>[y ≤ 0], unweighted.</summary>
    NonPositiveCount,

    /// <summary>[y > 0].</summary>
    PositiveWeight,

    /// <summary>y [y > 0].</summary>
    PositiveIncome,

    /// <summary>ln y [y > 0].</summary>
    Logarithm,

    /// <summary>y ln y [y > 0].</summary>
    IncomeLogarithm,

    /// <summary>(y / scale)^power [y > 0].</summary>
    Power,

    /// <summary>(y / scale)².</summary>
    Square,

    /// <summary>ln(z / y) [y > 0 and poor].</summary>
    PoorLogarithm,

    /// <summary>((z − y) / z)^power [poor].</summary>
    GapPower,

    /// <summary>[poor].</summary>
    Below,

    /// <summary>y [poor].</summary>
    IncomeBelow,

    /// <summary>(y / scale)² [poor].</summary>
    SquareBelow,

    /// <summary>exp(−u² / 2), u = (y − at) / power the distance in bandwidths, up to six of them; of the poor only where there is a
    /// line.</summary>
    Kernel,

    /// <summary>A function that a measure writes itself: <see cref="Term.Function"/>.</summary>
    Function,
}

/// <summary>
/// The spread of totals over clusters: for each form t_c = Σ_(i in c) w_i z_i, and what comes back by stratum is the number of clusters
/// and, for each form, Σ_c t_c, Σ_c t_c² and Σ_c t_c⁴. From these follows the variance of a linearised figure.
/// </summary>
/// <param name="Scope">Divides by the stratum, or by nothing; of no period and everyone's.</param>
/// <param name="Parts">Sums over the persons of a domain that forms are made of.</param>
/// <param name="Forms">The forms.</param>
internal sealed record LinearQuery(Scope Scope, ImmutableArray<LinearPart> Parts, ImmutableArray<LinearForm> Forms) : AggregateQuery(Scope)
{
    /// <inheritdoc/>
    public override int Width(int domain) => 1 + (3 * Forms.Length);
}

/// <summary>
/// How far single households reach: for each form t_h = Σ_(i in h) w_i z_i, and what comes back is max |t_h| and Σ_h t_h. A person of no
/// household
/// is one.
/// </summary>
/// <param name="Scope">Of no period and everyone's, divided by nothing.</param>
/// <param name="Parts">Sums over the persons of a domain that forms are made of.</param>
/// <param name="Forms">The forms.</param>
internal sealed record ReachQuery(Scope Scope, ImmutableArray<LinearPart> Parts, ImmutableArray<LinearForm> Forms) : AggregateQuery(Scope)
{
    /// <inheritdoc/>
    public override int Width(int domain) => 2 * Forms.Length;

    /// <inheritdoc/>
    public override double Together(int place, double one, double other) => place % 2 == 0 ? Math.Max(one, other) : one + other;
}

/// <summary>A function of the income of those in a domain; 0 for all others.</summary>
/// <param name="Scope">Whose domain.</param>
/// <param name="Domain">Which of the scope's.</param>
/// <param name="Influence">The function: terms with their coefficients.</param>
internal sealed record LinearPart(Scope Scope, int Domain, ImmutableArray<(double Coefficient, Term Term)> Influence);

/// <summary>A sum of parts.</summary>
/// <param name="Sum">The parts by their places, with their coefficients.</param>
internal sealed record LinearForm(ImmutableArray<(double Coefficient, int Part)> Sum);
