using Analys.Domain;
using Analys.Measure.Spatial;

namespace Analys.Measure.Segregation.Spatial;

/// <summary>Mean proximities within and between two groups: P_xx = Σ_i Σ_j x_i x_j c_ij / X² and so on, c the decay of distance.</summary>
/// <param name="Xx">Within the group of interest.</param>
/// <param name="Yy">Within the other.</param>
/// <param name="Xy">Between the two.</param>
/// <param name="Tt">Among everyone of the two.</param>
/// <param name="MeanDecay">The mean of c_ij over pairs of inhabited units, a unit with itself among them.</param>
/// <param name="X">The size of the group of interest.</param>
/// <param name="Y">The size of the other.</param>
public readonly record struct Proximities(double Xx, double Yy, double Xy, double Tt, double MeanDecay, double X, double Y)
{
    /// <summary>The proximities of two groups.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    /// <param name="decay">The decay of distance between units.</param>
    public static Proximities Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Surroundings decay)
    {
        ArgumentNullException.ThrowIfNull(decay);
        var rows = new double[x.Length * 3];
        double sumX = Sums.Of(x), sumY = Sums.Of(y), units = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var inhabited = x[i] + y[i] > 0 ? 1 : 0;
            (rows[3 * i], rows[(3 * i) + 1], rows[(3 * i) + 2]) = (x[i], y[i], inhabited);
            units += inhabited;
        }

        var sums = decay.Sums(rows, 3);
        double xx = 0, yy = 0, xy = 0, all = 0;
        for (var i = 0; i < x.Length; i++)
        {
            xx += x[i] * sums[3 * i];
            yy += y[i] * sums[(3 * i) + 1];
            xy += x[i] * sums[(3 * i) + 1];
            all += rows[(3 * i) + 2] * sums[(3 * i) + 2];
        }

        var total = sumX + sumY;
        return new Proximities(
            xx / (sumX * sumX), yy / (sumY * sumY), xy / (sumX * sumY), (xx + (2 * xy) + yy) / (total * total), all / (units * units), sumX, sumY);
    }

    /// <summary>A measure made of proximities.</summary>
    internal static TwoGroupMeasure Measure(Definition definition, Func<Proximities, Quantity> formula) => SpatialCall.TwoGroup(
        definition,
        [SpatialOptions.Decay, SpatialOptions.SelfDistance],
        call =>
        {
            var (decay, lack) = call.Decay();
            return decay is null ? (null, lack) : ((x, y) => formula(Of(x, y, decay)), null);
        });
}
