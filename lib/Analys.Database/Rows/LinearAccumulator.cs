using System.Runtime.InteropServices;
using Analys.Database.Contract;

namespace Analys.Database.Rows;

/// <summary>The spread of totals over clusters. Clusters need not stand together: each is remembered, in several passes where they are too many at once.</summary>
internal sealed class LinearAccumulator(SourceFrame frame, LinearQuery query) : Accumulator(frame)
{
    private readonly double[]?[] rows = new double[]?[frame.Domains(query.Scope)];
    private readonly Dictionary<(int Stratum, long Key), double[]> clusters = [];
    private int pass;
    private int passes = 1;

    // An entry has a number for each part.
    public override long Entries(long count) => count * (1 + (query.Parts.Length / 4));

    public override void Begin(int pass, int passes) => (this.pass, this.passes) = (pass, passes);

    public override void Add(RowChunk chunk)
    {
        var strata = chunk.Domains(Frame, query.Scope, chunk.Disposable);
        // Parts of one scope share their incomes and domains.
        var scopes = query.Parts.Select(part => part.Scope).Distinct().ToDictionary(scope => scope, scope =>
        {
            var incomes = chunk.Incomes(scope.Concept);
            return (Incomes: incomes, Weights: chunk.WeightsOf(scope), Domains: chunk.Domains(Frame, scope, incomes));
        });
        var parts = query.Parts.Select(part => scopes[part.Scope]).ToArray();
        var own = new double[parts.Length];
        for (var row = 0; row < chunk.Count; row++)
        {
            var key = chunk.Clusters[row];
            if (strata[row] < 0 || !Owns(key)) continue;
            var totals = own;
            if (key == RowChunk.NoKey) Array.Clear(own);
            else totals = CollectionsMarshal.GetValueRefOrAddDefault(clusters, (strata[row], key), out _) ??= new double[parts.Length];
            for (var part = 0; part < parts.Length; part++)
            {
                if (parts[part].Domains[row] == query.Parts[part].Domain) totals[part] += parts[part].Weights[row] * Influence(query.Parts[part], parts[part].Incomes[row]);
            }

            if (key == RowChunk.NoKey) Square(strata[row], own);
        }
    }

    public override void End()
    {
        foreach (var ((stratum, _), totals) in clusters) Square(stratum, totals);
        clusters.Clear();
    }

    public override double[]?[] Answer() => rows;

    private static double Influence(LinearPart part, double income)
    {
        var sum = 0.0;
        foreach (var (coefficient, term) in part.Influence) sum += coefficient * TermAccumulator.Of(term, income);
        return sum;
    }

    private void Square(int stratum, double[] totals)
    {
        var row = rows[stratum] ??= new double[query.Width];
        row[0]++;
        for (var form = 0; form < query.Forms.Length; form++)
        {
            var total = 0.0;
            foreach (var (coefficient, part) in query.Forms[form].Sum) total += coefficient * totals[part];
            row[1 + (2 * form)] += total;
            row[2 + (2 * form)] += total * total;
        }
    }

    private bool Owns(long key) => key == RowChunk.NoKey ? pass == 0 : KeyPart.Of(key, passes) == pass;
}

/// <summary>Divides keys evenly among passes.</summary>
internal static class KeyPart
{
    public static int Of(long key, int parts) => parts == 1 ? 0 : (int)((unchecked((ulong)key * 0x9E3779B97F4A7C15UL) >> 33) % (ulong)parts);
}
