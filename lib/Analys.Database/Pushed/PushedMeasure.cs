using System.Collections.Immutable;
using System.Globalization;
using Analys.Database.Contract;
using Analys.Domain;
using Analys.Measure.Inequality;

namespace Analys.Database.Pushed;

/// <summary>A measure as an aggregate and a formula: what must be asked of a source, and what follows from the answers.</summary>
/// <param name="Formula">The measure of a domain in which somebody is.</param>
internal sealed record PushedMeasure(Func<Facts, Quantity> Formula)
{
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

    /// <summary>Whether the formula needs the sum of maxima of everyone or of the poor.</summary>
    public MaximaOf Maxima { get; init; }

    /// <summary>The number that a measure has under the name of an argument.</summary>
    internal static double Argument(IncomeMeasure measure, string name) => double.Parse(measure.Parameters[name], CultureInfo.InvariantCulture);
}

/// <summary>Whose incomes are put in one order.</summary>
internal enum MaximaOf
{
    None,
    Everyone,
    Poor,
}
