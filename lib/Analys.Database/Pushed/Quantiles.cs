using Analys.Measure;
using Analys.Measure.Source;

namespace Analys.Database.Pushed;

/// <summary>Where the smallest income lies at which the cumulated weight reaches a target: above <see cref="Low"/>, at or below
/// <see cref="High"/>.</summary>
/// <remarks>
/// The ends are doubles in their order as 64-bit keys, so that the search is exact for every income: it is over when the two are
/// neighbours. Half of the pivots divide the keys evenly, which bounds the number of rounds; the others are the roundest decimals in the
/// bracket, each with its lower neighbour, because most incomes are whole kronor.
/// </remarks>
internal sealed class Bracket(bool strict)
{
    private const double MostPower = 60;
    private const double LowLikely = 8_000;
    private const double HighLikely = 4_000_000;
    private long low = Key(-double.MaxValue) - 1;
    private long high = Key(double.MaxValue);
    private bool untouched = true;

    /// <summary>The target of the cumulated weight.</summary>
    public double Target { get; set; } = double.NaN;

    public bool IsFound => unchecked((ulong)(high - low)) <= 1;

    public double Value => Income(high) + 0.0;

    /// <summary>The income that it lies above.</summary>
    public double Low => Income(low);

    /// <summary>The income that it lies at or below.</summary>
    public double High => Income(high);

    /// <summary>The weight at or below <see cref="Low"/>.</summary>
    public double WeightBelow { get; private set; }

    /// <summary>Whether another bracket has the same ends, so that one set of pivots serves both.</summary>
    public bool SameAs(Bracket other) => low == other.low && high == other.high;

    /// <summary>At most <paramref name="most"/> pivots, and never none.</summary>
    public void AddPivots(int most, SortedSet<double> pivots)
    {
        if (IsFound) return;
        if (untouched)
        {
            Powers(most, pivots);
            return;
        }

        var round = Round(Math.Max(1, most / 4), pivots);
        var even = Math.Max(1, most - (2 * round));
        for (var i = 1; i <= even; i++)
        {
            var key = low + (long)(((Int128)high - low) * i / (even + 1));
            if (key > low && key < high) pivots.Add(Income(key));
        }

    }

    /// <summary>Narrows the bracket by the cumulated weights at rising pivots.</summary>
    public void Narrow(double[] pivots, double[] cumulated)
    {
        untouched = false;
        for (var i = 0; i < pivots.Length; i++)
        {
            var key = Key(pivots[i]);
            if (Reaches(cumulated[i]))
            {
                if (key < high && key > low) high = key;
                return;
            }

            if (key > low && key < high) (low, WeightBelow) = (key, cumulated[i]);
        }
    }

    private bool Reaches(double weight) => strict ? weight > Target : weight >= Target;

    // Zero and powers of two of both signs; where more may be asked, a fine scale over the incomes that most people have.
    private static void Powers(int most, SortedSet<double> pivots)
    {
        var each = Math.Min((int)MostPower, Math.Max(1, (most - 1) / 2));
        pivots.Add(0);
        var step = Math.Max(1, MostPower / each);
        for (var i = 0; i < each; i++)
        {
            // From the middle of likely incomes outwards.
            var power = Math.Pow(2, Math.Round((i + 1) * step) - 8);
            pivots.Add(power);
            pivots.Add(-power);
        }

        var fine = most - pivots.Count;
        for (var i = 0; i < fine; i++) pivots.Add(Math.Round(LowLikely * Math.Pow(HighLikely / LowLikely, (double)i / fine)));
    }

    // Multiples of the roundest step that gives no more than so many, each with its lower neighbour.
    private int Round(int most, SortedSet<double> pivots)
    {
        double bottom = Low, top = High;
        if (!(Math.Abs(bottom) < 1e15 && Math.Abs(top) < 1e15)) return 0;
        var width = (decimal)top - (decimal)bottom;
        for (var exponent = -9; exponent <= 15; exponent++)
        {
            foreach (var digit in (ReadOnlySpan<int>)[1, 2, 5])
            {
                var step = digit * Power10(exponent);
                if (width / step > most) continue;
                var count = 0;
                for (var multiple = decimal.Floor((decimal)bottom / step) * step; multiple <= (decimal)top + step; multiple += step)
                {
                    var value = (double)multiple;
                    var key = Key(value);
                    if (key > high || key <= low) continue;
                    if (key < high) pivots.Add(Income(key));
                    if (key - 1 > low) pivots.Add(Income(key - 1));
                    count++;
                }

                return count;
            }
        }

        return 0;
    }

    private static decimal Power10(int exponent)
    {
        var power = 1m;
        for (var i = 0; i < Math.Abs(exponent); i++) power *= 10;
        return exponent < 0 ? 1 / power : power;
    }

    /// <summary>The place of an income in the order of doubles.</summary>
    public static long Key(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value == 0 ? 0.0 : value);
        return bits >= 0 ? bits : long.MinValue - bits;
    }

    // Keys around zero: key 0 is +0; negative keys are negative numbers, −0 has the key of 0.
    /// <summary>The income of a place.</summary>
    public static double Income(long key) => BitConverter.Int64BitsToDouble(key >= 0 ? key : long.MinValue - key);

    /// <summary>The next smaller double.</summary>
    public static double Below(double value) => Income(Key(value) - 1);
}

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
    private bool isKnown;
    private double? known;

    /// <summary>Whether nothing more must be counted.</summary>
    public bool IsDone => isKnown || nobody || (started && met.IsFound && (Rule == QuantileRule.Inverse || next.IsFound));

    /// <summary>The quantile; null where nobody is there.</summary>
    public double? Value => isKnown ? known : nobody ? null : Rule switch
    {
        QuantileRule.Inverse => met.Value,
        _ when next.Value == met.Value || next.Value >= double.MaxValue => met.Value,
        QuantileRule.Above => next.Value,
        _ => (met.Value + next.Value) / 2,
    };

    /// <summary>The brackets that hold more than one income.</summary>
    public IEnumerable<Bracket> Open()
    {
        if (nobody || !started) yield break;
        if (!met.IsFound) yield return met;
        if (Rule != QuantileRule.Inverse && !next.IsFound) yield return next;
    }

    /// <summary>Takes the answer from where it was found before.</summary>
    public void Know(double? value) => (known, isKnown) = (value, true);

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

/// <summary>A source whose incomes can be looked at here, without a round for each step of a search.</summary>
internal interface IRowsAtHand
{
    /// <summary>Narrows the brackets of quantiles as far as it can.</summary>
    void Narrow(SourceFrame frame, IReadOnlyList<QuantileRequest> requests, CancellationToken cancel);
}

/// <summary>Finds quantiles of all domains at once by rounds of counting queries: weights between pivots come back, never an
/// income.</summary>
internal static class QuantileSearch
{
    // 64 bits of a double, at least one a round and mostly seven; beyond it something is wrong with the source.
    private const int MostRounds = 80;

    /// <summary>Fills in the requests.</summary>
    /// <returns>The number of rounds.</returns>
    public static int Run(IAggregateSource source, SourceFrame frame, IReadOnlyCollection<QuantileRequest> requests,
        CancellationToken cancel)
    {
        foreach (var request in requests)
        {
            if (frame.Quantiles.TryGetValue(Key(request), out var known)) request.Know(known);
        }

        if (source is IRowsAtHand rows && requests.Any(request => !request.IsDone))
            rows.Narrow(frame, [.. requests.Where(request => !request.IsDone)], cancel);
        var rounds = Count(source, frame, requests, cancel);
        // Replicates ask once; what is asked of everyone is asked by several figures, and by what is known of their errors.
        foreach (var request in requests)
        {
            if (request.Scope.Replicate is null) frame.Quantiles[Key(request)] = request.Value;
        }

        return rounds;
    }

    private static (Scope, int, double, QuantileRule, double?) Key(QuantileRequest request) =>
        (request.Scope, request.Domain, request.P, request.Rule, request.Total);

    private static int Count(IAggregateSource source, SourceFrame frame, IReadOnlyCollection<QuantileRequest> requests,
        CancellationToken cancel)
    {
        for (var round = 0; ; round++)
        {
            var open = requests.Where(request => !request.IsDone).GroupBy(request => request.Scope).ToArray();
            if (open.Length == 0) return round;
            if (round == MostRounds)
                throw new InvalidOperationException("The counts of the source contradict each other: does somebody write to the table?");
            var queries = open.Select(scope => Ask(source, frame, scope.Key, [.. scope])).ToArray();
            var answers = source.Answer(frame, queries, cancel);
            for (var i = 0; i < open.Length; i++)
            {
                foreach (var request in open[i])
                {
                    var pivots = queries[i].Pivots[request.Domain]!;
                    request.Learn(pivots, answers[i][request.Domain] ?? new double[2 * (pivots.Length + 1)]);
                }
            }
        }
    }

    private static BinQuery Ask(IAggregateSource source, SourceFrame frame, Scope scope, QuantileRequest[] requests)
    {
        var pivots = new double[]?[frame.Domains(scope)];
        var domains = requests.GroupBy(request => request.Domain).ToArray();
        var most = source.Fineness(domains.Length);
        foreach (var domain in domains)
        {
            var some = new SortedSet<double>();
            var each = Math.Max(1, most / domain.Count());
            foreach (var request in domain) request.AddPivots(each, some);
            pivots[domain.Key] = [.. some];
        }

        return new BinQuery(scope, pivots);
    }
}
