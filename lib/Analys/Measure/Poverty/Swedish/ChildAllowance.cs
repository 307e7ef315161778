using System.Collections.Immutable;
using Analys.Load.Parameters;

namespace Analys.Measure.Poverty.Swedish;

/// <summary>Child allowance of a household with its supplement for several children, kronor a month.</summary>
/// <remarks>
/// For children under 16; student aid, which follows it, is not counted. Swedish: <i>barnbidrag</i> and <i>flerbarnstillägg</i>. Source:
/// <i>socialförsäkringsbalken</i> 15 kap.
/// </remarks>
public static class ChildAllowance
{
    /// <summary>The age at which the allowance has ended.</summary>
    public const int EndsAt = 16;

    /// <summary>The allowance in a month.</summary>
    /// <param name="childAges">The ages of the household's children.</param>
    /// <param name="date">A day of the month.</param>
    /// <exception cref="ParameterException">The amounts are not known for that day.</exception>
    public static double Of(IEnumerable<int> childAges, DateOnly date)
    {
        var children = childAges.Count(age => age < EndsAt);
        var allowance = PolicyParameters.ChildAllowance.At(date).Value;
        return children < 2 ? children * allowance : Of(children, allowance, PolicyParameters.MultiChildSupplement.At(date).Value);
    }

    /// <summary>The allowance for a number of children.</summary>
    /// <param name="children">Children with allowance.</param>
    /// <param name="allowance">The amount for each.</param>
    /// <param name="supplement">What the second, third, … and each further child adds.</param>
    public static double Of(int children, double allowance, ImmutableArray<double> supplement)
    {
        var sum = children * allowance;
        for (var child = 2; child <= children; child++) sum += supplement[Math.Min(child - 2, supplement.Length - 1)];
        return sum;
    }
}
