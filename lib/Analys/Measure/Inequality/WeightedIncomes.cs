namespace Analys.Measure.Inequality;

/// <summary>
/// A weighted income distribution: incomes in rising order, each with a weight. It is the aggregate that every income measure is a formula
/// on; it may come from rows, from <c>select income, sum(weight) ... group by income order by income</c>, or from a stream.
/// </summary>
/// <remarks>A weight may be zero: a replicate keeps the order of the incomes and changes only their weights.</remarks>
public readonly ref struct WeightedIncomes
{
    // Cumulated weights this close, relative to their sum, are equal.
    private const double Tolerance = 1e-10;

    /// <summary>Wraps incomes that are already sorted.</summary>
    /// <param name="incomes">The incomes in rising order.</param>
    /// <param name="weights">Their weights, none negative.</param>
    public WeightedIncomes(ReadOnlySpan<double> incomes, ReadOnlySpan<double> weights)
        : this(incomes, weights, [])
    {
    }

    /// <summary>Wraps entries that each stand for one or several persons of one income.</summary>
    /// <param name="incomes">The incomes in rising order.</param>
    /// <param name="weights">Their weights, none negative.</param>
    /// <param name="persons">How many persons each entry stands for; empty for one each.</param>
    internal WeightedIncomes(ReadOnlySpan<double> incomes, ReadOnlySpan<double> weights, ReadOnlySpan<int> persons)
    {
        Incomes = incomes;
        Weights = weights;
        Persons = persons;
        Total = Sum(weights);
    }

    /// <summary>The incomes in rising order.</summary>
    public ReadOnlySpan<double> Incomes { get; }

    /// <summary>Their weights.</summary>
    public ReadOnlySpan<double> Weights { get; }

    /// <summary>The sum of the weights.</summary>
    public double Total { get; }

    /// <summary>How many persons there are.</summary>
    internal int PersonCount
    {
        get
        {
            if (Persons.IsEmpty) return Incomes.Length;
            var count = 0;
            foreach (var persons in Persons) count += persons;
            return count;
        }
    }

    private ReadOnlySpan<int> Persons { get; }

    /// <summary>Whether nobody is there.</summary>
    public bool IsEmpty => Total <= 0;

    /// <summary>How many incomes are below the line, or at or below it: they come first.</summary>
    /// <param name="line">The line.</param>
    /// <param name="rule">Whether an income on the line counts.</param>
    public int CountPoor(double line, PoorRule rule)
    {
        int low = 0, high = Incomes.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Incomes[middle] < line || (rule == PoorRule.AtOrBelow && Incomes[middle] == line)) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>The distribution of those below the line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="rule">Whether an income on the line counts.</param>
    public WeightedIncomes Poor(double line, PoorRule rule) => First(CountPoor(line, rule));

    /// <summary>The distribution of those with a positive income.</summary>
    public WeightedIncomes Positive() => From(CountPoor(0, PoorRule.AtOrBelow));

    /// <summary>The first <paramref name="count"/> incomes.</summary>
    public WeightedIncomes First(int count) => new(Incomes[..count], Weights[..count], Persons.IsEmpty ? [] : Persons[..count]);

    /// <summary>The incomes from a place on.</summary>
    public WeightedIncomes From(int start) => new(Incomes[start..], Weights[start..], Persons.IsEmpty ? [] : Persons[start..]);

    /// <summary>The weighted sum of the incomes.</summary>
    public double Sum()
    {
        var sum = 0.0;
        for (var i = 0; i < Incomes.Length; i++) sum += Weights[i] * Incomes[i];
        return sum;
    }

    /// <summary>The weighted quantile.</summary>
    /// <param name="p">From 0 to 1.</param>
    /// <param name="rule">What holds where the cumulated weights meet p exactly.</param>
    /// <exception cref="InvalidOperationException">Nobody is there.</exception>
    public double Quantile(double p, QuantileRule rule)
    {
        if (IsEmpty) throw new InvalidOperationException("An empty distribution has no quantile.");
        return QuantileScan.Of(Incomes, Weights, 0, p * Total, Tolerance * Total, rule) ?? Incomes[LastWeighted()];
    }

    /// <summary>Σ_i Σ_j w_i w_j max(x_i, x_j), from which the mean difference follows: |a − b| = 2 max(a, b) − a − b.</summary>
    public double SumOfMaxima()
    {
        double sum = 0, below = 0;
        for (var i = 0; i < Incomes.Length; i++)
        {
            sum += Weights[i] * Incomes[i] * ((2 * below) + Weights[i]);
            below += Weights[i];
        }

        return sum;
    }

    private int LastWeighted()
    {
        var i = Weights.Length - 1;
        while (i > 0 && Weights[i] == 0) i--;
        return i;
    }

    private static double Sum(ReadOnlySpan<double> weights)
    {
        // Four sums side by side: the additions do not wait for each other.
        double a = 0, b = 0, c = 0, d = 0;
        var i = 0;
        for (; i + 4 <= weights.Length; i += 4)
        {
            a += weights[i];
            b += weights[i + 1];
            c += weights[i + 2];
            d += weights[i + 3];
        }

        for (; i < weights.Length; i++) a += weights[i];
        return a + b + (c + d);
    }
}
