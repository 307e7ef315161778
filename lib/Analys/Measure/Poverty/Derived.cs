using System.Collections.Immutable;
using Analys.Domain;

namespace Analys.Measure.Poverty;

/// <summary>A figure that follows from others: a difference, a ratio, a share of the poor.</summary>
/// <param name="Definition">What it is.</param>
/// <param name="Of">The estimate that it is about; its place in the record is this one's.</param>
/// <param name="Value">How it follows from all values; NaN where it does not exist.</param>
internal sealed record Derived(Definition Definition, int Of, Func<double[], double> Value)
{
    /// <summary>The estimate that is subtracted, where it is a difference of two.</summary>
    public int? Minus { get; init; }

    public string? Reference { get; init; }

    public required Basis Basis { get; init; }

    /// <summary>Whether it is about the whole population rather than the domain of <see cref="Of"/>.</summary>
    public bool OfWhole { get; init; }

    public ImmutableSortedDictionary<string, string> Parameters { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
