using Analys.Domain;
using Analys.Measure.Segregation.Resampling;

namespace Analys.Measure.Segregation;

/// <summary>xPy: the chance that someone drawn from the unit of a member of the group is of the other group.</summary>
/// <remarks>
/// xPy = Σ (x_i / X)(y_i / t_i), t_i everyone in the unit, so that a group's exposures to all groups and its isolation add up to 1.
/// Swedish: <i>exponeringsindex</i>.
/// </remarks>
public static class Exposure
{
    /// <summary>The measure.</summary>
    public static ExposureMeasure Measure { get; } = new(
        new Definition(
            "exposure", "Exposure index", "Exponeringsindex", "xPy = Σ (x_i / X)(y_i / t_i)",
            Units.Index, ValueRange.Unit, "Bell 1954, Social Forces 32(4); Lieberson 1981"),
        Formula)
    { ComparesUnits = false, NaturalTail = Tail.Less };

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit.</param>
    /// <param name="t">Everyone by unit.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> t)
    {
        double sumX = Sums.Of(x), sum = 0;
        for (var i = 0; i < x.Length; i++)
        {
            if (x[i] > 0) sum += x[i] / sumX * (y[i] / t[i]);
        }

        return Quantity.Known(sum);
    }
}
