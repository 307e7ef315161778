using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Analys.Measure.Source;

namespace Analys.Database.Rows;

/// <summary>Totals of functions of income by cluster or household. These need not stand together: each is remembered, in several passes
/// where
/// they are too many at once.</summary>
internal abstract class TotalAccumulator(SourceFrame frame, AggregateQuery query, ImmutableArray<LinearPart> parts) : Accumulator(frame)
{
    private readonly double[]?[] rows = new double[]?[frame.Domains(query.Scope)];
    private readonly Dictionary<(int Stratum, long Key), double[]> totals = [];
    private readonly (Scope Scope, int[][] PartsOf)[] scopes =
    [
        .. parts.Select((part, i) => (part, i)).GroupBy(pair => pair.part.Scope).Select(scope => (scope.Key,
            Enumerable.Range(0, frame.Domains(scope.Key)).Select(domain =>
                scope.Where(pair => pair.part.Domain == domain).Select(pair => pair.i).ToArray()).ToArray())),
    ];
    private int pass;
    private int passes = 1;

    // An entry has a number for each part.
    public override long Entries(long count) => count * (1 + (parts.Length / 4));

    public override void Begin(int pass, int passes) => (this.pass, this.passes) = (pass, passes);

    public override void Add(RowChunk chunk)
    {
        var strata = chunk.Domains(Frame, query.Scope, chunk.Disposable);
        // Parts of one scope share their incomes and domains.
        var columns = scopes.Select(scope =>
        {
            var incomes = chunk.Incomes(scope.Scope.Concept);
            return (scope.PartsOf, Incomes: incomes, Weights: chunk.WeightsOf(scope.Scope), Domains: chunk.Domains(Frame, scope.Scope,
                incomes));
        }).ToArray();
        var keys = Keys(chunk);
        var alone = new double[parts.Length];
        for (var row = 0; row < chunk.Count; row++)
        {
            var key = keys[row];
            if (strata[row] < 0 || !Owns(key)) continue;
            var own = alone;
            if (key == RowChunk.NoKey) Array.Clear(alone);
            else own = CollectionsMarshal.GetValueRefOrAddDefault(totals, (strata[row], key), out _) ??= new double[parts.Length];
            foreach (var (partsOf, incomes, weights, domains) in columns)
            {
                if (domains[row] < 0) continue;
                foreach (var part in partsOf[domains[row]]) own[part] += weights[row] * Influence(parts[part], incomes[row]);
            }

            if (key == RowChunk.NoKey) Close(rows[strata[row]] ??= new double[query.Width(strata[row])], alone);
        }
    }

    public override void End()
    {
        foreach (var ((stratum, _), own) in totals) Close(rows[stratum] ??= new double[query.Width(stratum)], own);
        totals.Clear();
    }

    public override double[]?[] Answer() => rows;

    /// <summary>The keys that rows are gathered by.</summary>
    protected abstract long[] Keys(RowChunk chunk);

    /// <summary>Learns the totals of one cluster or household.</summary>
    protected abstract void Close(double[] row, double[] totals);

    /// <summary>The total of a form.</summary>
    protected static double Total(LinearForm form, double[] totals)
    {
        var total = 0.0;
        foreach (var (coefficient, part) in form.Sum) total += coefficient * totals[part];
        return total;
    }

    private static double Influence(LinearPart part, double income)
    {
        var sum = 0.0;
        foreach (var (coefficient, term) in part.Influence) sum += coefficient * TermAccumulator.Of(term, income);
        return sum;
    }

    private bool Owns(long key) => key == RowChunk.NoKey ? pass == 0 : KeyPart.Of(key, passes) == pass;
}

/// <summary>The spread of totals over clusters.</summary>
internal sealed class LinearAccumulator(SourceFrame frame, LinearQuery query) : TotalAccumulator(frame, query, query.Parts)
{
    protected override long[] Keys(RowChunk chunk) => chunk.Clusters;

    protected override void Close(double[] row, double[] totals)
    {
        row[0]++;
        for (var form = 0; form < query.Forms.Length; form++)
        {
            var total = Total(query.Forms[form], totals);
            row[1 + (3 * form)] += total;
            row[2 + (3 * form)] += total * total;
            row[3 + (3 * form)] += total * total * total * total;
        }
    }
}

/// <summary>The largest totals of households, either way, and their sums.</summary>
internal sealed class ReachAccumulator(SourceFrame frame, ReachQuery query) : TotalAccumulator(frame, query, query.Parts)
{
    protected override long[] Keys(RowChunk chunk) => chunk.Households;

    protected override void Close(double[] row, double[] totals)
    {
        for (var form = 0; form < query.Forms.Length; form++)
        {
            var total = Total(query.Forms[form], totals);
            row[2 * form] = Math.Max(row[2 * form], Math.Abs(total));
            row[(2 * form) + 1] += total;
        }
    }
}
