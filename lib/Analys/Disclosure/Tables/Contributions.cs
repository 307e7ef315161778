namespace Analys.Disclosure;

/// <summary>The contributions x₁ ≥ x₂ ≥ … to one cell of a magnitude table.</summary>
/// <remarks>Swedish: <i>bidrag till cellen</i>. Kept sorted; amounts must not be negative.</remarks>
public sealed class Contributions
{
    private readonly double[] sorted;

    private Contributions(double[] sorted)
    {
        this.sorted = sorted;
        foreach (var amount in sorted) Total += amount;
    }

    /// <summary>Takes the contributions in any order.</summary>
    /// <exception cref="ArgumentException">A contribution is negative or not a number.</exception>
    public static Contributions Of(IEnumerable<double> amounts)
    {
        ArgumentNullException.ThrowIfNull(amounts);
        var sorted = amounts.ToArray();
        if (Array.Exists(sorted, amount => !(amount >= 0) || double.IsInfinity(amount)))
            throw new ArgumentException("A contribution is negative or not a finite number.", nameof(amounts));
        Array.Sort(sorted, (a, b) => b.CompareTo(a));
        return new Contributions(sorted);
    }

    /// <summary>Number of contributors.</summary>
    public int Count => sorted.Length;

    /// <summary>X = Σ xᵢ.</summary>
    public double Total { get; }

    /// <summary>x₁ + … + xₙ, the n largest.</summary>
    public double Largest(int n)
    {
        var sum = 0.0;
        for (var i = 0; i < Math.Min(n, sorted.Length); i++) sum += sorted[i];
        return sum;
    }
}
