using System.Runtime.InteropServices;
using Analys.Database.Pushed;
using Analys.Measure;
using Analys.Measure.Source;

namespace Analys.Database.Rows;

/// <summary>A sketch of the incomes of a scope: weights in cells of the order of doubles, some hundred to each doubling of
/// income.</summary>
internal sealed class CellAccumulator(SourceFrame frame, Scope scope, bool[] wanted, int bits)
    : ScopeAccumulator(frame, new SketchQuery(scope))
{
    private const int Doublings = 40;
    private const int Bias = 1023;
    private const int Mantissa = 52;
    private readonly Cell[]?[] near = new Cell[wanted.Length * Doublings][];
    private readonly Dictionary<(int Domain, long Page), Cell[]> far = [];

    protected override void Add(RowChunk chunk, double[] incomes, double[] weights, int[] domains)
    {
        for (var i = 0; i < chunk.Count; i++)
        {
            var domain = domains[i];
            if (domain < 0 || !wanted[domain]) continue;
            var key = Bracket.Key(incomes[i]);
            // From 1 on by its exponent; small and negative incomes, and those beyond all bounds, are few.
            var exponent = (key >> Mantissa) - Bias;
            var page = exponent is >= 0 and < Doublings ? near[(domain * Doublings) + (int)exponent] ??= new Cell[1 << bits]
                : CollectionsMarshal.GetValueRefOrAddDefault(far, (domain, key >> Mantissa), out _) ??= new Cell[1 << bits];
            ref var cell = ref page[(key >> (Mantissa - bits)) & ((1 << bits) - 1)];
            cell.Count++;
            cell.Weight.Add(weights[i]);
        }
    }

    public override double[]?[] Answer() => throw new InvalidOperationException("A sketch is read cell by cell.");

    /// <summary>The cells of a domain that somebody is in, rising: above the first key, at or below the last.</summary>
    public (long Low, long High, double Weight, long Count)[] Cells(int domain)
    {
        var pages = Enumerable.Range(0, Doublings).Select(exponent => ((long)exponent + Bias, near[(domain * Doublings) + exponent]))
            .Concat(far.Where(pair => pair.Key.Domain == domain).Select(pair => (pair.Key.Page, (Cell[]?)pair.Value)));
        var cells = new List<(long, long, double, long)>();
        foreach (var (page, own) in pages.Where(page => page.Item2 is not null).OrderBy(page => page.Item1))
        {
            for (var i = 0; i < own!.Length; i++)
            {
                if (own[i].Count == 0) continue;
                var first = ((page << bits) + i) << (Mantissa - bits);
                cells.Add((first - 1, first + (1L << (Mantissa - bits)) - 1, own[i].Weight.Value, own[i].Count));
            }
        }

        return [.. cells];
    }

    private struct Cell
    {
        public Compensated Weight;
        public long Count;
    }
}

/// <summary>The incomes within some brackets, and their weights.</summary>
internal sealed class BracketAccumulator(SourceFrame frame, Scope scope, (double Low, double High)[]?[] brackets)
    : ScopeAccumulator(frame, new SketchQuery(scope))
{
    private readonly Dictionary<double, double>?[] weightOf = new Dictionary<double, double>[brackets.Length];

    protected override void Add(RowChunk chunk, double[] incomes, double[] weights, int[] domains)
    {
        for (var i = 0; i < chunk.Count; i++)
        {
            if (domains[i] < 0 || brackets[domains[i]] is not { } own) continue;
            foreach (var (low, high) in own)
            {
                if (!(incomes[i] > low && incomes[i] <= high)) continue;
                CollectionsMarshal.GetValueRefOrAddDefault(weightOf[domains[i]] ??= [], incomes[i] + 0.0, out _) += weights[i];
                break;
            }
        }
    }

    public override double[]?[] Answer() => throw new InvalidOperationException("Incomes are read bracket by bracket.");

    /// <summary>The incomes of a domain within one of its brackets, rising.</summary>
    public (double Income, double Weight)[] Within(int domain, double low, double high) => weightOf[domain] is not { } known ? []
        : [.. known.Where(pair => pair.Key > low && pair.Key <= high).OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value))];
}

/// <summary>What an accumulator that answers no query of another's asks about.</summary>
/// <param name="Scope">Whose.</param>
internal sealed record SketchQuery(Scope Scope) : AggregateQuery(Scope)
{
    /// <inheritdoc/>
    public override int Width(int domain) => 0;
}

/// <summary>Quantiles where the rows are: a pass that sketches the incomes, and one that takes the few within the cells that the quantiles
/// lie in.</summary>
/// <param name="frame">The values that domains are numbered by.</param>
/// <param name="requests">The quantiles.</param>
/// <param name="most">How many incomes are kept at once; beyond it the brackets are counted out further.</param>
/// <param name="pass">Reads the rows once.</param>
internal sealed class RowQuantiles(SourceFrame frame, IReadOnlyList<QuantileRequest> requests, long most,
    Action<IReadOnlyList<Accumulator>> pass)
{
    // All cells together: a dozen megabytes.
    private const int MostCells = 1 << 19;
    private const int LikelyDoublings = 8;

    /// <summary>Narrows the brackets of the requests, mostly to nothing.</summary>
    public void Find()
    {
        var scopes = requests.GroupBy(request => request.Scope).Select(scope => (Scope: scope.Key, Requests: scope.ToArray())).ToArray();
        var domains = scopes.Sum(scope => (long)frame.Domains(scope.Scope));
        var bits = Math.Clamp((int)Math.Log2(MostCells / (double)(domains * LikelyDoublings)), 4, 10);
        var sketches = scopes.Select(scope => new CellAccumulator(frame, scope.Scope, Wanted(scope.Scope, scope.Requests), bits)).ToArray();
        pass(sketches);
        var within = 0L;
        for (var i = 0; i < scopes.Length; i++)
        {
            foreach (var domain in scopes[i].Requests.GroupBy(request => request.Domain))
                within += Narrow([.. domain], sketches[i].Cells(domain.Key));
        }

        if (within > most) return;
        var open = scopes.Where(scope => scope.Requests.Any(request => !request.IsDone)).ToArray();
        if (open.Length == 0) return;
        var taken = open.Select(scope => new BracketAccumulator(frame, scope.Scope, Brackets(scope.Scope, scope.Requests))).ToArray();
        pass(taken);
        for (var i = 0; i < open.Length; i++)
        {
            foreach (var request in open[i].Requests)
            {
                foreach (var bracket in request.Open().ToArray())
                    Learn(request, bracket, taken[i].Within(request.Domain, bracket.Low, bracket.High));
            }
        }
    }

    private bool[] Wanted(Scope scope, QuantileRequest[] requests)
    {
        var wanted = new bool[frame.Domains(scope)];
        foreach (var request in requests) wanted[request.Domain] = true;
        return wanted;
    }

    // How many rows the brackets hold in the end.
    private static long Narrow(QuantileRequest[] requests, (long Low, long High, double Weight, long Count)[] cells)
    {
        var (pivots, weights) = (new List<double>(), new List<double>());
        foreach (var (low, high, weight, _) in cells)
        {
            if (pivots.Count == 0 || pivots[^1] != Bracket.Income(low))
            {
                pivots.Add(Bracket.Income(low));
                weights.Add(0);
            }

            pivots.Add(Bracket.Income(high));
            weights.Add(weight);
        }

        var (at, of) = (pivots.ToArray(), weights.Append(0).ToArray());
        foreach (var request in requests) request.Learn(at, of);
        var open = requests.SelectMany(request => request.Open()).Select(bracket => (bracket.Low, bracket.High)).ToHashSet();
        return cells.Where(cell => open.Any(bracket => Bracket.Income(cell.High) > bracket.Low && Bracket.Income(cell.Low) < bracket.High))
            .Sum(cell => cell.Count);
    }

    private (double Low, double High)[]?[] Brackets(Scope scope, QuantileRequest[] requests)
    {
        var brackets = new (double, double)[]?[frame.Domains(scope)];
        foreach (var domain in requests.GroupBy(request => request.Domain))
        {
            var open = domain.SelectMany(request => request.Open());
            (double, double)[] own = [.. open.Select(bracket => (bracket.Low, bracket.High)).Distinct()];
            if (own.Length > 0) brackets[domain.Key] = own;
        }

        return brackets;
    }

    // Each income stands between its lower neighbour and itself.
    private static void Learn(QuantileRequest request, Bracket bracket, (double Income, double Weight)[] incomes)
    {
        var (pivots, weights) = (new List<double> { bracket.Low }, new List<double> { bracket.WeightBelow });
        foreach (var (income, weight) in incomes)
        {
            if (Bracket.Below(income) > pivots[^1])
            {
                pivots.Add(Bracket.Below(income));
                weights.Add(0);
            }

            pivots.Add(income);
            weights.Add(weight);
        }

        request.Learn([.. pivots], [.. weights, 0]);
    }
}
