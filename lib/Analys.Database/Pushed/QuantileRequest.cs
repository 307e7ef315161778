using Analys.Database.Contract;
using Analys.Measure.Inequality;

namespace Analys.Database.Pushed;

/// <summary>A weighted quantile of a domain, found by counting.</summary>
/// <param name="Scope">Whose.</param>
/// <param name="Domain">Which domain of the scope.</param>
/// <param name="P">From 0 to 1.</param>
/// <param name="Rule">What holds where the cumulated weights meet p exactly.</param>
/// <param name="Total">The weight that p is a part of, where it is not that of the whole domain.</param>
internal sealed record QuantileRequest(Scope Scope, int Domain, double P, QuantileRule Rule, double? Total = null)
{
    // The tolerance of the sorted path: cumulated weights this close, relative to their sum, are equal.
    private const double Tolerance = 1e-10;
    private readonly Bracket met = new(strict: false);
    private readonly Bracket next = new(strict: true);
    private bool nobody;
    private bool started;

    /// <summary>Whether nothing more must be counted.</summary>
    public bool IsDone => nobody || (started && met.IsFound && (Rule == QuantileRule.Inverse || next.IsFound));

    /// <summary>The quantile; null where nobody is there.</summary>
    public double? Value => nobody ? null : Rule switch
    {
        QuantileRule.Inverse => met.Value,
        _ when next.Value == met.Value || next.Value >= double.MaxValue => met.Value,
        QuantileRule.Above => next.Value,
        _ => (met.Value + next.Value) / 2,
    };

    /// <summary>Adds what must be counted next.</summary>
    public void AddPivots(int most, SortedSet<double> pivots)
    {
        var both = Rule != QuantileRule.Inverse && started && !met.IsFound && !next.IsFound && !Agree();
        met.AddPivots(both ? Math.Max(1, most / 2) : most, pivots);
        if (Rule != QuantileRule.Inverse && (both || met.IsFound)) next.AddPivots(both ? Math.Max(1, most / 2) : most, pivots);
    }

    /// <summary>Learns what was counted: the weights between pivots.</summary>
    public void Learn(double[] pivots, ReadOnlySpan<double> weights)
    {
        var cumulated = new double[pivots.Length];
        var sum = 0.0;
        for (var i = 0; i < pivots.Length; i++) cumulated[i] = sum += weights[i];
        if (!started)
        {
            var total = Total ?? sum + weights[pivots.Length];
            nobody = !(total > 0);
            met.Target = (P * total) - (Tolerance * total);
            next.Target = (P * total) + (Tolerance * total);
            started = true;
        }

        met.Narrow(pivots, cumulated);
        next.Narrow(pivots, cumulated);
    }

    private bool Agree() => met.SameAs(next);
}
