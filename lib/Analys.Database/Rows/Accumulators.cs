using System.Runtime.InteropServices;
using Analys.Measure;
using Analys.Measure.Source;

namespace Analys.Database.Rows;

/// <summary>Adds up the answer to one query, chunk by chunk.</summary>
internal abstract class Accumulator(SourceFrame frame)
{
    protected SourceFrame Frame { get; } = frame;

    /// <summary>How many entries it may have to keep at once for so many rows; 0 where their number does not depend on the rows.</summary>
    public virtual long Entries(long rows) => 0;

    /// <summary>Prepares a pass: of several passes each keeps a part of the entries.</summary>
    public virtual void Begin(int pass, int passes)
    {
    }

    /// <summary>Adds rows.</summary>
    public abstract void Add(RowChunk chunk);

    /// <summary>Ends a pass.</summary>
    public virtual void End()
    {
    }

    /// <summary>The answer.</summary>
    public abstract double[]?[] Answer();

    /// <summary>Whether the rows of a household or cluster that a scope meets follow each other.</summary>
    protected static bool KeysTogether(SourceFrame frame, Scope scope) =>
        frame.Census.KeysTogether && (scope.Period >= 0 || frame.Periods.Length <= 1);

    public static Accumulator Of(SourceFrame frame, AggregateQuery query) => query switch
    {
        SumQuery sums => new SumAccumulator(frame, sums),
        BinQuery bins => new BinAccumulator(frame, bins),
        TermQuery terms => new TermAccumulator(frame, terms),
        MaximaQuery maxima => new MaximaAccumulator(frame, maxima),
        LinearQuery linear => new LinearAccumulator(frame, linear),
        ReachQuery reach => new ReachAccumulator(frame, reach),
        PanelQuery panel => new PanelAccumulator(frame, panel),
        _ => throw new ArgumentException("There is no accumulator for this query.", nameof(query)),
    };
}

/// <summary>One that adds up the rows of the query's own scope.</summary>
internal abstract class ScopeAccumulator(SourceFrame frame, AggregateQuery query) : Accumulator(frame)
{
    public override void Add(RowChunk chunk)
    {
        var rows = chunk.Of(Frame, query.Scope);
        Add(chunk, rows.Incomes, rows.Weights, rows.Domains);
    }

    protected abstract void Add(RowChunk chunk, double[] incomes, double[] weights, int[] domains);
}

/// <summary>Weights and weighted incomes between pivots, and the households there where those are asked for.</summary>
internal sealed class BinAccumulator(SourceFrame frame, BinQuery query) : ScopeAccumulator(frame, query)
{
    private readonly CompensatedRows rows = Rows(query);
    private readonly HashSet<(int Domain, int Bin, long Household)> seen = [];
    private readonly bool together = KeysTogether(frame, query.Scope);
    private long household = RowChunk.NoKey;
    private int pass;
    private int passes = 1;

    public override long Entries(long count) =>
        query.CountsHouseholds && !together && Frame.Layout.Household is not null ? count : 0;

    public override void Begin(int pass, int passes) => (this.pass, this.passes) = (pass, passes);

    public override void End() => seen.Clear();

    protected override void Add(RowChunk chunk, double[] incomes, double[] weights, int[] domains)
    {
        if (pass > 0 && !query.CountsHouseholds) return;
        for (var i = 0; i < chunk.Count; i++)
        {
            if (domains[i] < 0 || query.Pivots[domains[i]] is not { } pivots) continue;
            var bin = Array.BinarySearch(pivots, incomes[i]);
            if (bin < 0) bin = ~bin;
            var row = rows[domains[i]];
            if (query.CountsHouseholds && IsNew(chunk.Households[i], domains[i], bin))
                CompensatedRows.Count(row, (2 * (pivots.Length + 1)) + bin);
            if (pass > 0) continue;
            CompensatedRows.Add(row, bin, weights[i]);
            CompensatedRows.Add(row, pivots.Length + 1 + bin, weights[i] * incomes[i]);
        }
    }

    public override double[]?[] Answer() => rows.Answer();

    // A domain that is asked about has bins though nobody is in it.
    private static CompensatedRows Rows(BinQuery query)
    {
        var rows = new CompensatedRows(query.Pivots.Length, query.Width);
        for (var domain = 0; domain < query.Pivots.Length; domain++)
        {
            if (query.Pivots[domain] is not null) _ = rows[domain];
        }

        return rows;
    }

    private bool IsNew(long key, int domain, int bin)
    {
        if (key == RowChunk.NoKey) return pass == 0;
        if (together && key != household)
        {
            household = key;
            seen.Clear();
        }

        return KeyPart.Of(key, passes) == pass && seen.Add((domain, bin, key));
    }
}

/// <summary>Divides keys evenly among passes.</summary>
internal static class KeyPart
{
    public static int Of(long key, int parts) =>
        parts == 1 ? 0 : (int)((unchecked((ulong)key * 0x9E3779B97F4A7C15UL) >> 33) % (ulong)parts);
}

/// <summary>Σ_i Σ_j w_i w_j max(y_i, y_j) from the weights of distinct incomes, band by rising band of incomes where they are too many at
/// once.</summary>
internal sealed class MaximaAccumulator(SourceFrame frame, MaximaQuery query) : ScopeAccumulator(frame, query)
{
    private readonly CompensatedRows rows = new(frame.Domains(query.Scope), _ => 1);
    private readonly Compensated[] below = new Compensated[frame.Domains(query.Scope)];
    private readonly Dictionary<(int Domain, double Income), double> weightOf = [];
    private double from = double.NegativeInfinity;
    private double to = double.PositiveInfinity;

    /// <summary>The incomes that divide the bands, one fewer than there are passes.</summary>
    public double[] Bands { get; set; } = [];

    public override long Entries(long count) => count;

    public override void Begin(int pass, int passes)
    {
        from = pass == 0 ? double.NegativeInfinity : pass - 1 < Bands.Length ? Bands[pass - 1] : double.PositiveInfinity;
        to = pass < Bands.Length ? Bands[pass] : double.PositiveInfinity;
    }

    protected override void Add(RowChunk chunk, double[] incomes, double[] weights, int[] domains)
    {
        for (var i = 0; i < chunk.Count; i++)
        {
            if (domains[i] < 0 || !(incomes[i] > from && incomes[i] <= to)) continue;
            _ = rows[domains[i]];
            if (query.Line is { } line && !(incomes[i] < line || (query.Rule == PoorRule.AtOrBelow && incomes[i] == line))) continue;
            CollectionsMarshal.GetValueRefOrAddDefault(weightOf, (domains[i], incomes[i]), out _) += weights[i];
        }
    }

    public override void End()
    {
        var sorted = weightOf.ToArray();
        Array.Sort(sorted, (a, b) => a.Key.Domain != b.Key.Domain ? a.Key.Domain.CompareTo(b.Key.Domain)
            : a.Key.Income.CompareTo(b.Key.Income));
        foreach (var ((domain, income), weight) in sorted)
        {
            rows.Add(domain, 0, weight * income * ((2 * below[domain].Value) + weight));
            below[domain].Add(weight);
        }

        weightOf.Clear();
    }

    public override double[]?[] Answer() => rows.Answer();
}

/// <summary>Weighted sums of functions of income.</summary>
internal sealed class TermAccumulator(SourceFrame frame, TermQuery query) : ScopeAccumulator(frame, query)
{
    private readonly CompensatedRows rows = new(frame.Domains(query.Scope), _ => query.Terms.Length);
    private readonly Term[] terms = [.. query.Terms];
    private readonly int[] all = [.. Enumerable.Range(0, query.Terms.Length)];
    private bool first = true;

    public override void Begin(int pass, int passes) => first = pass == 0;

    protected override void Add(RowChunk chunk, double[] incomes, double[] weights, int[] domains)
    {
        if (!first) return;
        for (var i = 0; i < chunk.Count; i++)
        {
            if (domains[i] < 0) continue;
            var row = rows[domains[i]];
            foreach (var term in query.Asked is { } asked ? asked[domains[i]] : all)
            {
                var own = Of(terms[term], incomes[i]);
                CompensatedRows.Add(row, term, terms[term].Kind == TermKind.NonPositiveCount ? own : weights[i] * own);
            }
        }
    }

    public override double[]?[] Answer() => rows.Answer();

    /// <summary>The function of an income.</summary>
    public static double Of(in Term term, double y)
    {
        var below = y < term.Line || (term.Rule == PoorRule.AtOrBelow && y == term.Line);
        return term.Kind switch
        {
            TermKind.One => 1,
            TermKind.Income => y,
            TermKind.NonPositiveCount => y <= 0 ? 1 : 0,
            TermKind.Square => y / Term.Scale * (y / Term.Scale),
            TermKind.PositiveWeight => y > 0 ? 1 : 0,
            TermKind.PositiveIncome => y > 0 ? y : 0,
            TermKind.Logarithm => y > 0 ? Math.Log(y) : 0,
            TermKind.IncomeLogarithm => y > 0 ? y * Math.Log(y) : 0,
            TermKind.Power => y > 0 ? Math.Pow(y / Term.Scale, term.Power) : 0,
            TermKind.PoorLogarithm => y > 0 && below ? Math.Log(term.Line / y) : 0,
            TermKind.Below => below ? 1 : 0,
            TermKind.IncomeBelow => below ? y : 0,
            TermKind.SquareBelow => below ? y / Term.Scale * (y / Term.Scale) : 0,
            TermKind.Kernel => Kernel(term, y, below),
            TermKind.Function => term.Of(y),
            _ => below ? Math.Pow((term.Line - y) / term.Line, term.Power) : 0,
        };
    }

    private static double Kernel(in Term term, double y, bool below)
    {
        if (!(y >= term.At - (6 * term.Power) && y <= term.At + (6 * term.Power)) || (!double.IsNaN(term.Line) && !below)) return 0;
        var u = (y - term.At) / term.Power;
        return Math.Exp(-u * u / 2);
    }
}

/// <summary>The sums of each domain with what rounding took from them, so that a stream of a hundred million rows gives what memory
/// gives.</summary>
/// <param name="domains">How many domains.</param>
/// <param name="width">How many sums a domain has.</param>
internal sealed class CompensatedRows(int domains, Func<int, int> width)
{
    // Each sum beside what it lost.
    private readonly double[]?[] sums = new double[]?[domains];

    /// <summary>The sums of a domain that somebody is in, for <see cref="Add(double[], int, double)"/>.</summary>
    public double[] this[int domain] => sums[domain] ??= new double[2 * width(domain)];

    /// <summary>Adds to a sum.</summary>
    public void Add(int domain, int place, double term) => Add(this[domain], place, term);

    /// <summary>Adds to a sum of a domain.</summary>
    public static void Add(double[] row, int place, double term) => Compensated.Add(ref row[2 * place], ref row[(2 * place) + 1], term);

    /// <summary>Adds one to a count.</summary>
    public static void Count(double[] row, int place) => row[2 * place]++;

    /// <summary>Makes a sum the larger of what it is and a number.</summary>
    public static void Raise(double[] row, int place, double number) => row[2 * place] = Math.Max(row[2 * place], number);

    /// <summary>The sums; null for a domain that nobody is in.</summary>
    public double[]?[] Answer() => [.. sums.Select(row => row is null ? null
        : Enumerable.Range(0, row.Length / 2).Select(i => row[2 * i] + row[(2 * i) + 1]).ToArray())];
}
