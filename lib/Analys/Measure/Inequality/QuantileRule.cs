namespace Analys.Measure.Inequality;

/// <summary>What a weighted quantile is where the cumulated share of the weights meets p exactly.</summary>
/// <remarks>
/// Incomes 5, 1, 3, 3, 2, 9, 7, 4, 6, 8 with weights 2, 1, 3, 1, 1, 1, 2, 2, 1, 2 at p = 0.5: inverse 4, average 4.5, above 5. Cumulated
/// weights are compared with a tolerance, so that the order of additions does not decide.
/// </remarks>
public enum QuantileRule
{
    /// <summary>The mean of the two neighbours (Hyndman &amp; Fan type 2; SAS definition 5, which Eurostat uses). The default.</summary>
    Average,

    /// <summary>The smallest x with F(x) ≥ p (Hyndman &amp; Fan type 1).</summary>
    Inverse,

    /// <summary>The smallest x with F(x) &gt; p.</summary>
    Above,
}
