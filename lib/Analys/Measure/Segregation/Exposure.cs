using Analys.Domain;

namespace Analys.Measure.Segregation;

/// <summary>xPy: the chance that someone drawn from the unit of a member of the group is of the other group.</summary>
/// <remarks>xPy = Σ (x_i / X)(y_i / t_i). Swedish: <i>exponeringsindex</i>.</remarks>
public static class Exposure
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = new(
        new Definition(
            "exposure", "Exposure index", "Exponeringsindex", "xPy = Σ (x_i / X)(y_i / t_i)",
            Units.Index, ValueRange.Unit, "Bell 1954, Social Forces 32(4); Lieberson 1981"),
        Formula);

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sumX = Sums.Of(x), sum = 0;
        for (var i = 0; i < x.Length; i++)
        {
            if (x[i] > 0) sum += x[i] / sumX * (y[i] / (x[i] + y[i]));
        }

        return Quantity.Known(sum);
    }
}
