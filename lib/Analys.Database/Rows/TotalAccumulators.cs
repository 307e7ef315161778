using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Analys.Measure.Source;

namespace Analys.Database.Rows;

/// <summary>Totals of functions of income by cluster or household. One is remembered at a time where their rows stand together; else each,
/// in several passes where they are too many at once.</summary>
internal abstract class TotalAccumulator : Accumulator
{
    private readonly ImmutableArray<LinearPart> parts;
    private readonly AggregateQuery query;
    private readonly CompensatedRows rows;
    private readonly (int Form, double Coefficient)[][] formsOf;
    private readonly (Scope Scope, int[][] PartsOf)[] scopes;
    private readonly Dictionary<(int Stratum, long Key), double[]> totals = [];
    private readonly bool together;
    private readonly double[] formTotals;
    private readonly bool[] touched;
    private readonly List<int> met = [];
    private readonly List<int> moved = [];
    private readonly double[] alone;
    private readonly bool[] isMoved;
    private readonly (double Coefficient, Term Term)[][] influences;
    private int openStratum = -1;
    private long open = RowChunk.NoKey;
    private int pass;
    private int passes = 1;

    protected TotalAccumulator(SourceFrame frame, AggregateQuery query, ImmutableArray<LinearPart> parts, ImmutableArray<LinearForm> forms)
        : base(frame)
    {
        (this.query, this.parts) = (query, parts);
        rows = new CompensatedRows(frame.Domains(query.Scope), query.Width);
        together = KeysTogether(frame, query.Scope);
        scopes =
        [
            .. parts.Select((part, i) => (part, i)).GroupBy(pair => pair.part.Scope).Select(scope => (scope.Key,
                Enumerable.Range(0, frame.Domains(scope.Key)).Select(domain =>
                    scope.Where(pair => pair.part.Domain == domain).Select(pair => pair.i).ToArray()).ToArray())),
        ];
        // Who is in a few domains moves few forms: those are found from the parts, not tried one by one.
        var places = parts.Select(_ => new List<(int, double)>()).ToArray();
        for (var form = 0; form < forms.Length; form++)
        {
            foreach (var (coefficient, part) in forms[form].Sum) places[part].Add((form, coefficient));
        }

        formsOf = [.. places.Select(place => place.ToArray())];
        (formTotals, touched, alone) = (new double[forms.Length], new bool[forms.Length], new double[parts.Length]);
        (isMoved, influences) = (new bool[parts.Length], [.. parts.Select(part => part.Influence.ToArray())]);
    }

    // An entry has a number for each part.
    public override long Entries(long count) => together ? 0 : count * (1 + (parts.Length / 4));

    public override void Begin(int pass, int passes) => (this.pass, this.passes) = (pass, passes);

    public override void Add(RowChunk chunk)
    {
        var strata = chunk.Of(Frame, query.Scope).Domains;
        // Parts of one scope share their incomes and domains.
        var columns = Array.ConvertAll(scopes, scope => (scope.PartsOf, Rows: chunk.Of(Frame, scope.Scope)));
        var keys = Keys(chunk);
        for (var row = 0; row < chunk.Count; row++)
        {
            var key = keys[row];
            if (strata[row] < 0 || !Owns(key)) continue;
            var own = alone;
            if (key == RowChunk.NoKey || together)
            {
                if (key == RowChunk.NoKey || key != open || strata[row] != openStratum) CloseOpen();
                (open, openStratum) = (key, strata[row]);
            }
            else own = CollectionsMarshal.GetValueRefOrAddDefault(totals, (strata[row], key), out _) ??= new double[parts.Length];

            foreach (var (partsOf, of) in columns)
            {
                if (of.Domains[row] < 0) continue;
                foreach (var part in partsOf[of.Domains[row]])
                {
                    if (ReferenceEquals(own, alone) && !isMoved[part]) Move(part);
                    own[part] += of.Weights[row] * Influence(influences[part], of.Incomes[row]);
                }
            }
        }
    }

    public override void End()
    {
        CloseOpen();
        foreach (var ((stratum, _), own) in totals) Close(stratum, own);
        totals.Clear();
    }

    public override double[]?[] Answer() => rows.Answer();

    /// <summary>The keys that rows are gathered by.</summary>
    protected abstract long[] Keys(RowChunk chunk);

    /// <summary>Learns of a cluster or household.</summary>
    protected abstract void Meet(double[] row);

    /// <summary>Learns its total of a form.</summary>
    protected abstract void Learn(double[] row, int form, double total);

    private void Move(int part)
    {
        isMoved[part] = true;
        moved.Add(part);
    }

    private void CloseOpen()
    {
        if (openStratum < 0) return;
        // In the order of the parts, as where all are remembered.
        moved.Sort();
        var row = rows[openStratum];
        foreach (var part in moved)
        {
            Give(part, alone[part]);
            (isMoved[part], alone[part]) = (false, 0);
        }

        moved.Clear();
        Close(row);
        openStratum = -1;
    }

    private void Close(int stratum, double[] own)
    {
        for (var part = 0; part < own.Length; part++)
        {
            if (own[part] != 0) Give(part, own[part]);
        }

        Close(rows[stratum]);
    }

    private void Give(int part, double total)
    {
        foreach (var (form, coefficient) in formsOf[part])
        {
            if (!touched[form])
            {
                touched[form] = true;
                met.Add(form);
            }

            formTotals[form] += coefficient * total;
        }
    }

    private void Close(double[] row)
    {
        Meet(row);
        foreach (var form in met)
        {
            Learn(row, form, formTotals[form]);
            (touched[form], formTotals[form]) = (false, 0);
        }

        met.Clear();
    }

    private static double Influence((double Coefficient, Term Term)[] influence, double income)
    {
        var sum = 0.0;
        foreach (ref readonly var term in influence.AsSpan()) sum += term.Coefficient * TermAccumulator.Of(term.Term, income);
        return sum;
    }

    private bool Owns(long key) => key == RowChunk.NoKey ? pass == 0 : KeyPart.Of(key, passes) == pass;
}

/// <summary>The spread of totals over clusters.</summary>
internal sealed class LinearAccumulator(SourceFrame frame, LinearQuery query) : TotalAccumulator(frame, query, query.Parts, query.Forms)
{
    protected override long[] Keys(RowChunk chunk) => chunk.Clusters;

    protected override void Meet(double[] row) => CompensatedRows.Count(row, 0);

    protected override void Learn(double[] row, int form, double total)
    {
        CompensatedRows.Add(row, 1 + (3 * form), total);
        CompensatedRows.Add(row, 2 + (3 * form), total * total);
        CompensatedRows.Add(row, 3 + (3 * form), total * total * total * total);
    }
}

/// <summary>The largest totals of households, either way, and their sums.</summary>
internal sealed class ReachAccumulator(SourceFrame frame, ReachQuery query) : TotalAccumulator(frame, query, query.Parts, query.Forms)
{
    protected override long[] Keys(RowChunk chunk) => chunk.Households;

    protected override void Meet(double[] row)
    {
    }

    protected override void Learn(double[] row, int form, double total)
    {
        CompensatedRows.Raise(row, 2 * form, Math.Abs(total));
        CompensatedRows.Add(row, (2 * form) + 1, total);
    }
}
