using Analys.Domain;

namespace Analys.Measure.Segregation;

/// <summary>M: how much the unit says about whether someone is of the group, and the other way round.</summary>
/// <remarks>M = Σ_i Σ_g (n_ig / N) ln(n_ig N / (t_i G_g)) over the group and the others; at most ln 2 in nats. Also called divergence index (Roberto 2015). Swedish: <i>ömsesidig information</i>.</remarks>
public static class MutualInformation
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = new(
        new Definition(
            "mutual-information", "Mutual information index M (two groups)", "Ömsesidig information M", "M = Σ_i Σ_g (n_ig / N) ln(n_ig N / (t_i G_g))",
            Units.Nats, new ValueRange(0, Math.Log(2)), "Theil 1971; Mora & Ruiz-Castillo 2011, Sociological Methodology 41; Frankel & Volij 2011; Roberto 2015"),
        Formula)
    {
        Options = [LogarithmBase.Option],
        Configure = (arguments, _) =>
        {
            var logarithm = LogarithmBase.Of(arguments);
            return Measure! with
            {
                Formula = (x, y) => Formula(x, y).Select(logarithm.FromNats),
                Parameters = logarithm.Parameters,
                UnitOverride = logarithm.Unit,
            };
        },
    };

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sumX = Sums.Of(x), sumY = Sums.Of(y), total = sumX + sumY, sum = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var t = x[i] + y[i];
            if (x[i] > 0) sum += x[i] / total * Math.Log(x[i] / t * (total / sumX));
            if (y[i] > 0) sum += y[i] / total * Math.Log(y[i] / t * (total / sumY));
        }

        return Quantity.Known(Math.Max(0, sum));
    }
}
