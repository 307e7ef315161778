using System.Globalization;

namespace Analys.Measure.Effects.Persons;

/// <summary>
/// Effects within strata of like persons, weighted by the number of treated: exact, coarsened and by classes of the propensity.
/// </summary>
/// <remarks>
/// τ = Σ_s n_Ts/n_T·(mean of the treated − mean of the comparison). Treated without a comparison in their stratum are left out and told:
/// the effect is then that on those who are left. The influence is that of a saturated regression; a stratum with one comparison adds
/// nothing of it to the error.
/// </remarks>
internal static class Strata
{
    /// <summary>att-exact-match: strata of equal covariates.</summary>
    public static Estimate Exact(CrossSection data) => Of("att-exact-match", data, Keys(data, (column, value) => value));

    /// <summary>
    /// att-coarsened-match: strata of equal covariates after cutting (Iacus, King and Porro 2012). A value on a cut stands above it.
    /// </summary>
    /// <param name="data">The data.</param>
    /// <param name="cuts">By covariate its cuts; a covariate without stands in equal bins, as many as Sturges' rule gives, or as it is
    /// where it is 0/1.</param>
    public static Estimate Coarsened(CrossSection data, IReadOnlyDictionary<string, double[]> cuts)
    {
        var all = new double[data.Covariates.Columns.Count][];
        for (var k = 0; k < all.Length; k++)
        {
            all[k] = cuts.TryGetValue(data.Covariates.Names[k], out var own) ? [.. own.Order()] : Sturges(data.Covariates.Columns[k]);
        }

        return Of("att-coarsened-match", data,
            Keys(data, (column, value) => all[column].Length == 0 ? value : all[column].Count(cut => value >= cut)));
    }

    /// <summary>
    /// att-subclass: classes of the propensity with equally many treated, by the treated's quantiles (Hyndman and Fan type 7).
    /// </summary>
    public static Estimate Subclasses(CrossSection data, double[] propensity, int classes)
    {
        var treated = CrossSection.At(propensity, data.TreatedRows);
        Array.Sort(treated);
        double[] cuts = [.. Enumerable.Range(1, classes - 1).Select(k => Inference.Replicates.Quantile(treated, (double)k / classes))];
        return Of("att-subclass", data, [.. propensity.Select(p => cuts.Count(cut => p >= cut).ToString(CultureInfo.InvariantCulture))])
            .With("classes", classes.ToString(CultureInfo.InvariantCulture));
    }

    private static double[] Sturges(double[] column)
    {
        double low = column.Min(), high = column.Max();
        if (column.All(value => value is 0 or 1) || low == high) return [];
        var bins = (int)Math.Ceiling(Math.Log2(column.Length)) + 1;
        return [.. Enumerable.Range(1, bins - 1).Select(k => low + ((high - low) * k / bins))];
    }

    private static string[] Keys(CrossSection data, Func<int, double, double> coarse) =>
    [
        .. Enumerable.Range(0, data.Units).Select(row => string.Join('|',
            data.Covariates.Columns.Select((column, k) => coarse(k, column[row]).ToString("R", CultureInfo.InvariantCulture)))),
    ];

    private static Estimate Of(string id, CrossSection data, string[] keys)
    {
        var strata = Enumerable.Range(0, data.Units).GroupBy(row => keys[row], StringComparer.Ordinal)
            .Select(rows => (Treated: rows.Where(row => data.Treated[row]).ToArray(),
                Others: rows.Where(row => !data.Treated[row]).ToArray()))
            .Where(stratum => stratum.Treated.Length > 0 && stratum.Others.Length > 0).ToArray();
        if (strata.Length == 0)
            return Estimate.Undefined(id, "no treated has a comparison with the same covariates; use fewer or coarser covariates");
        var total = strata.Sum(stratum => stratum.Treated.Sum(row => data.Weights[row]));
        int kept = strata.Sum(stratum => stratum.Treated.Length), compared = strata.Sum(stratum => stratum.Others.Length);
        var means = Array.ConvertAll(strata, stratum =>
            Compensated.Mean(CrossSection.At(data.Outcomes, stratum.Others), CrossSection.At(data.Weights, stratum.Others)));
        var sum = default(Compensated);
        for (var s = 0; s < strata.Length; s++)
        {
            foreach (var row in strata[s].Treated) sum.Add(data.Weights[row] / total * (data.Outcomes[row] - means[s]));
        }

        var value = sum.Value;
        var influence = new double[data.Units];
        for (var s = 0; s < strata.Length; s++)
        {
            double given = strata[s].Treated.Sum(row => data.Weights[row]), others = strata[s].Others.Sum(row => data.Weights[row]);
            foreach (var row in strata[s].Treated) influence[row] = data.Units * data.Weights[row] / total
                * (data.Outcomes[row] - means[s] - value);
            foreach (var row in strata[s].Others) influence[row] = -data.Units * given / total * data.Weights[row] / others
                * (data.Outcomes[row] - means[s]);
        }

        return new(id)
        {
            Value = value,
            Influence = influence,
            Treated = kept,
            Comparison = compared,
            Reason = kept < data.TreatedRows.Length
                ? "some treated have no comparison of their kind and are left out: the effect is that on the others" : null,
        };
    }
}
