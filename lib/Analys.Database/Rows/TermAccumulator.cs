using Analys.Database.Contract;
using Analys.Measure.Inequality;

namespace Analys.Database.Rows;

/// <summary>Weighted sums of functions of income.</summary>
internal sealed class TermAccumulator(SourceFrame frame, TermQuery query) : Accumulator(frame, query)
{
    private readonly double[]?[] rows = new double[]?[frame.Domains(query.Scope)];
    private bool first = true;

    public override void Begin(int pass, int passes) => first = pass == 0;

    protected override void Add(RowChunk chunk, double[] incomes, double[] weights, int[] domains)
    {
        if (!first) return;
        for (var i = 0; i < chunk.Count; i++)
        {
            if (domains[i] < 0) continue;
            var row = rows[domains[i]] ??= new double[query.Terms.Length];
            for (var term = 0; term < row.Length; term++) row[term] += Value(query.Terms[term], incomes[i], weights[i]);
        }
    }

    public override double[]?[] Answer() => rows;

    private static double Value(Term term, double y, double weight)
    {
        var poor = y < term.Line || (term.Rule == PoorRule.AtOrBelow && y == term.Line);
        return term.Kind switch
        {
            TermKind.Income => weight * y,
            TermKind.NonPositiveCount => y <= 0 ? 1 : 0,
            TermKind.Square => weight * (y / Term.Scale) * (y / Term.Scale),
            TermKind.PositiveWeight => y > 0 ? weight : 0,
            TermKind.PositiveIncome => y > 0 ? weight * y : 0,
            TermKind.Logarithm => y > 0 ? weight * Math.Log(y) : 0,
            TermKind.IncomeLogarithm => y > 0 ? weight * y * Math.Log(y) : 0,
            TermKind.Power => y > 0 ? weight * Math.Pow(y / Term.Scale, term.Power) : 0,
            TermKind.PoorLogarithm => y > 0 && poor ? weight * Math.Log(term.Line / y) : 0,
            _ => poor ? weight * Math.Pow((term.Line - y) / term.Line, term.Power) : 0,
        };
    }
}
