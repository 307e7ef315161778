using System.Collections.Immutable;
using Analys.Domain;
using Analys.Measure.Inequality;

namespace Analys.Database.Contract;

/// <summary>Whose aggregates are asked for, and by what they are divided.</summary>
/// <param name="Period">The place of the period among the frame's; −1 for all rows.</param>
/// <param name="Concept">Which income.</param>
/// <param name="By">The places of the breakdowns among the frame's; empty for the whole.</param>
/// <param name="Ages">Who belongs, by age; null for everyone.</param>
/// <param name="Replicate">The replicate whose weights are used; null for the weights as they are.</param>
/// <param name="WeightColumn">The place of the replicate weights that are used among the layout's; null for the weights as they are.</param>
public sealed record Scope(int Period, IncomeConcept Concept, ImmutableArray<int> By, AgeSpan? Ages, PoissonReplicate? Replicate = null, int? WeightColumn = null)
{
    /// <inheritdoc/>
    public bool Equals(Scope? other) => other is not null && Period == other.Period && Concept == other.Concept
        && Ages == other.Ages && Replicate == other.Replicate && WeightColumn == other.WeightColumn && By.SequenceEqual(other.By);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Period, Concept, Ages, Replicate, WeightColumn, By.Length == 0 ? -1 : By[0], By.Length);
}

/// <summary>One kind of aggregate. The answer to a query is a row of numbers for each domain; null for a domain that nobody is in.</summary>
/// <param name="Scope">Whose.</param>
public abstract record AggregateQuery(Scope Scope);

/// <summary>The sums of poverty and the counts that disclosure control checks, in the order of <see cref="SumColumns"/>.</summary>
/// <param name="Scope">Whose.</param>
/// <param name="Line">The line; NaN where nobody is poor by it.</param>
/// <param name="Rule">Whether an income on the line is poor.</param>
public sealed record SumQuery(Scope Scope, double Line, PoorRule Rule) : AggregateQuery(Scope);

/// <summary>Weights and weighted incomes between pivots: first the weights of all bins, then their incomes.</summary>
/// <param name="Scope">Whose.</param>
/// <param name="Pivots">For each domain the pivots in rising order; null to leave the domain out. Bin j holds incomes above pivot j − 1, at or below pivot j.</param>
public sealed record BinQuery(Scope Scope, double[]?[] Pivots) : AggregateQuery(Scope);

/// <summary>Weighted sums of functions of income.</summary>
/// <param name="Scope">Whose.</param>
/// <param name="Terms">Which functions.</param>
public sealed record TermQuery(Scope Scope, ImmutableArray<Term> Terms) : AggregateQuery(Scope);

/// <summary>Σ_i Σ_j w_i w_j max(y_i, y_j), from which Gini's, Sen's and Shorrocks's indices follow.</summary>
/// <param name="Scope">Whose.</param>
/// <param name="Line">Only the poor by this line; null for everyone.</param>
/// <param name="Rule">Whether an income on the line is poor.</param>
public sealed record MaximaQuery(Scope Scope, double? Line, PoorRule Rule) : AggregateQuery(Scope);

/// <summary>The places of the numbers in the answer to a <see cref="SumQuery"/>.</summary>
internal static class SumColumns
{
    public const int Count = 0, PoorCount = 1, Weight = 2, PoorWeight = 3, Gaps = 4, SquaredGaps = 5, PoorHouseholds = 6, OtherHouseholds = 7, SquaredClusterWeights = 8, Width = 9;
}
