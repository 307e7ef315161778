using System.Collections.Immutable;

namespace Analys.Measure.Effects;

/// <summary>One estimated number: what it is, its value, how uncertain it is, and on how many units it rests.</summary>
/// <remarks>
/// An estimator states its value and its influence function; <see cref="Errors"/> makes the standard error and the interval of both, for
/// single units and for clusters, so that no estimator has an error formula of its own unless its convention names one.
/// </remarks>
/// <param name="Id">The id of the measure, in kebab case.</param>
internal sealed record Estimate(string Id)
{
    /// <summary>What tells this record from others of the same id: cohort, time, event, covariate, donor, inference.</summary>
    public ImmutableSortedDictionary<string, string> Parameters { get; init; } = ImmutableSortedDictionary.Create<string,
        string>(StringComparer.Ordinal);

    /// <summary>The value; null where it is undefined, with <see cref="Reason"/>.</summary>
    public double? Value { get; init; }

    /// <summary>The standard error, where there is one.</summary>
    public double? StandardError { get; init; }

    /// <summary>The lower end of the interval.</summary>
    public double? Lower { get; init; }

    /// <summary>The upper end of the interval.</summary>
    public double? Upper { get; init; }

    /// <summary>Degrees of freedom of the t interval; null for the normal one.</summary>
    public double? Degrees { get; init; }

    /// <summary>Degrees of freedom of the residual of the fit behind the value; null where there is no fit to speak of.</summary>
    public double? ResidualDegrees { get; init; }

    /// <summary>Why there is no value, or no interval.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// The influence function: one number a unit, with mean 0, so that sqrt(Σψ²)/n is the standard error; empty where the measure has none.
    /// </summary>
    public double[] Influence { get; init; } = [];

    /// <summary>How far the value moves at most when one unit is left out; null where that is not known.</summary>
    public double? Sway { get; init; }

    /// <summary>The smallest count behind the value, where it is smaller than the treated: a cell of a table.</summary>
    public int? Least { get; init; }

    /// <summary>The cells of the table that the value tells of; empty where it tells of none.</summary>
    public ImmutableArray<double> Cells { get; init; } = [];

    /// <summary>True where the value follows from counts alone.</summary>
    public bool OfCounts { get; init; }

    /// <summary>The treated units behind the value.</summary>
    public int Treated { get; init; }

    /// <summary>The comparison units behind the value.</summary>
    public int Comparison { get; init; }

    /// <summary>The same with one more parameter.</summary>
    public Estimate With(string parameter, string value) => this with { Parameters = Parameters.SetItem(parameter, value) };

    /// <summary>A record that says why there is no value.</summary>
    public static Estimate Undefined(string id, string reason) => new(id) { Reason = reason };
}

/// <summary>The call or the data do not allow what was asked; the message says why and what would help, and never a cell's value.</summary>
internal sealed class EffectException(string message) : Exception(message);
