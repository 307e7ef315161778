using System.Collections.Immutable;
using Analys.Database.Contract;

namespace Analys.Database.Pushed;

/// <summary>The influence of a person on a measure as a sum of functions of income, and what must be known for it.</summary>
/// <param name="Of">The function: terms with their coefficients.</param>
internal sealed record PushedInfluence(Func<Facts, ImmutableArray<(double Coefficient, Term Term)>> Of)
{
    /// <summary>What must be asked for; its formula is not used.</summary>
    public PushedMeasure Needs { get; init; } = Asking;

    /// <summary>Where the density of incomes must be known, among everyone or among the poor.</summary>
    public Func<Facts, IEnumerable<(double At, bool Poor)>>? Densities { get; init; }

    /// <summary>The derivative of the measure by the line.</summary>
    public Func<Facts, double> Slope { get; init; } = _ => 0;

    /// <summary>A measure that only asks.</summary>
    public static PushedMeasure Asking { get; } = new(_ => throw new InvalidOperationException());
}
