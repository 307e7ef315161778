namespace Analys.Attack.Tests.Play;

/// <summary>Whole numbers with bounds and linear relations: can one of them be another than it is?</summary>
/// <remarks>
/// Bounds are tightened relation by relation, then one variable is fixed at a value and, if that leads nowhere, at those below and
/// above. A search that ends without another solution is a proof; one that runs out of patience claims nothing. Where the true values
/// are given they are tried first: another solution that differs from the truth in few places is found at once, which saves time and
/// proves nothing that is not so. Every proof is repeated in the other order.
/// </remarks>
internal sealed class IntegerSystem
{
    private const int Patience = 1_500;
    private readonly List<(int[] Variables, double[] Factors, double Low, double High)> relations = [];
    private readonly List<double> low = [];
    private readonly List<double> high = [];
    private readonly List<double> hints = [];
    private int nodes;

    /// <summary>A new unknown within bounds.</summary>
    public int Add(double lower = 0, double upper = double.PositiveInfinity, double hint = double.NaN)
    {
        hints.Add(hint);
        low.Add(Math.Ceiling(lower - 1e-9));
        high.Add(Math.Floor(upper + 1e-9));
        return low.Count - 1;
    }

    /// <summary>Narrows an unknown.</summary>
    public void Bound(int variable, double lower, double upper)
    {
        low[variable] = Math.Max(low[variable], Math.Ceiling(lower - 1e-9));
        high[variable] = Math.Min(high[variable], Math.Floor(upper + 1e-9));
    }

    /// <summary>lower ≤ Σ factor · variable ≤ upper.</summary>
    public void Relate(IEnumerable<(int Variable, double Factor)> terms, double lower, double upper)
    {
        var list = terms.ToArray();
        relations.Add(([.. list.Select(term => term.Variable)], [.. list.Select(term => term.Factor)], lower, upper));
    }

    /// <summary>total = Σ parts.</summary>
    public void Sum(int total, IEnumerable<int> parts) => Relate([(total, -1), .. parts.Select(part => (part, 1.0))], 0, 0);

    /// <summary>The bounds of an unknown that can be proved, with its true value given as one that is possible: equal bounds where no
    /// other value is.</summary>
    public (double Low, double High) Prove(int variable, double truth, Func<double[], bool>? accepts = null)
    {
        if (low[variable] > truth || high[variable] < truth) return (low[variable], high[variable]);
        var unique = !CanBe(variable, low[variable], truth - 1, false, accepts) && !CanBe(variable, truth + 1, high[variable], false,
            accepts)
            && !CanBe(variable, low[variable], truth - 1, true, accepts) && !CanBe(variable, truth + 1, high[variable], true, accepts);
        return unique ? (truth, truth) : (low[variable], Math.Max(high[variable], low[variable] + 1));
    }

    private bool CanBe(int variable, double from, double to, bool backwards, Func<double[], bool>? accepts)
    {
        if (from > to) return false;
        var (lower, upper) = (low.ToArray(), high.ToArray());
        (lower[variable], upper[variable]) = (from, to);
        nodes = 0;
        return Search(lower, upper, backwards, accepts);
    }

    private bool Search(double[] lower, double[] upper, bool backwards, Func<double[], bool>? accepts)
    {
        if (++nodes > Patience) return true;
        if (!Tighten(lower, upper)) return false;
        var pick = -1;
        for (var i = 0; i < lower.Length; i++)
        {
            var at = backwards ? lower.Length - 1 - i : i;
            if (upper[at] - lower[at] < 0.5) continue;
            if (pick < 0 || (!backwards && upper[at] - lower[at] < upper[pick] - lower[pick])) pick = at;
        }

        if (pick < 0) return accepts?.Invoke(lower) ?? true;
        // Where nothing bounds it from above any large number will do.
        if (double.IsInfinity(upper[pick])) return true;
        var first = hints[pick] is var hint && hint >= lower[pick] && hint <= upper[pick] ? hint
            : Math.Floor((lower[pick] + upper[pick]) / 2);
        foreach (var (from, to) in ((double, double)[])[(first, first), (lower[pick], first - 1), (first + 1, upper[pick])])
        {
            if (from > to) continue;
            var (below, above) = ((double[])lower.Clone(), (double[])upper.Clone());
            (below[pick], above[pick]) = (from, to);
            if (Search(below, above, backwards, accepts)) return true;
        }

        return false;
    }

    private bool Tighten(double[] lower, double[] upper)
    {
        for (var (changed, round) = (true, 0); changed && round < 50; round++)
        {
            changed = false;
            foreach (var (variables, factors, from, to) in relations)
            {
                double least = 0, most = 0;
                for (var i = 0; i < variables.Length; i++)
                {
                    var (a, b) = factors[i] > 0 ? (lower[variables[i]], upper[variables[i]]) : (upper[variables[i]], lower[variables[i]]);
                    least += factors[i] * a;
                    most += factors[i] * b;
                }

                var slack = 1e-7 * Math.Max(1, Math.Abs(from) + Math.Abs(to));
                if (least > to + slack || most < from - slack) return false;
                for (var i = 0; i < variables.Length; i++)
                {
                    var (v, f) = (variables[i], factors[i]);
                    var (a, b) = f > 0 ? (lower[v], upper[v]) : (upper[v], lower[v]);
                    // What the others leave: infinite others leave nothing to say.
                    var otherLeast = double.IsInfinity(least) ? Without(variables, factors, i, lower, upper, true) : least - (f * a);
                    var otherMost = double.IsInfinity(most) ? Without(variables, factors, i, lower, upper, false) : most - (f * b);
                    var (x, y) = f > 0 ? ((from - otherMost) / f, (to - otherLeast) / f) : ((to - otherLeast) / f, (from - otherMost) / f);
                    var (newLow, newHigh) = (Math.Ceiling(x - 1e-6), Math.Floor(y + 1e-6));
                    if (newLow > lower[v] && !double.IsInfinity(newLow)) (lower[v], changed) = (newLow, true);
                    if (newHigh < upper[v] && !double.IsInfinity(newHigh)) (upper[v], changed) = (newHigh, true);
                    if (lower[v] > upper[v]) return false;
                    if (changed) (least, most) = Extremes(variables, factors, lower, upper);
                }
            }
        }

        return true;
    }

    private static (double, double) Extremes(int[] variables, double[] factors, double[] lower, double[] upper)
    {
        double least = 0, most = 0;
        for (var i = 0; i < variables.Length; i++)
        {
            var (a, b) = factors[i] > 0 ? (lower[variables[i]], upper[variables[i]]) : (upper[variables[i]], lower[variables[i]]);
            least += factors[i] * a;
            most += factors[i] * b;
        }

        return (least, most);
    }

    private static double Without(int[] variables, double[] factors, int left, double[] lower, double[] upper, bool least)
    {
        var sum = 0.0;
        for (var i = 0; i < variables.Length; i++)
        {
            if (i == left) continue;
            sum += factors[i] * (factors[i] > 0 == least ? lower[variables[i]] : upper[variables[i]]);
        }

        return sum;
    }
}
