namespace Analys.Measure.Inequality;

/// <summary>Finds a weighted quantile by adding up weights in the order of the incomes.</summary>
internal static class QuantileScan
{
    /// <summary>The quantile; null where the weights end before it is found.</summary>
    /// <param name="incomes">In rising order.</param>
    /// <param name="weights">Their weights.</param>
    /// <param name="below">The weight of all incomes that come before the first.</param>
    /// <param name="target">The cumulated weight that is looked for.</param>
    /// <param name="tolerance">Cumulated weights this close are equal.</param>
    /// <param name="rule">What holds where the cumulated weight meets the target.</param>
    public static double? Of(ReadOnlySpan<double> incomes, ReadOnlySpan<double> weights, double below, double target, double tolerance, QuantileRule rule)
    {
        var i = 0;
        var sum = below;
        for (; i < incomes.Length; i++)
        {
            sum += weights[i];
            if (sum >= target - tolerance && weights[i] > 0) break;
        }

        if (i == incomes.Length) return null;
        var met = incomes[i];
        // Equal incomes are one step of F: go to the last of them before asking whether F meets p.
        var next = i + 1;
        while (next < incomes.Length && (incomes[next] == met || weights[next] == 0))
        {
            sum += weights[next];
            next++;
        }

        if (rule == QuantileRule.Inverse || Math.Abs(sum - target) > tolerance) return met;
        if (next == incomes.Length) return null;
        return rule == QuantileRule.Above ? incomes[next] : (met + incomes[next]) / 2;
    }
}
