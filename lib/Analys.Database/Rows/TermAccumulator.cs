using Analys.Database.Contract;
using Analys.Measure.Inequality;

namespace Analys.Database.Rows;

/// <summary>Weighted sums of functions of income.</summary>
internal sealed class TermAccumulator(SourceFrame frame, TermQuery query) : ScopeAccumulator(frame, query)
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
            for (var term = 0; term < row.Length; term++) row[term] += query.Terms[term].Kind == TermKind.NonPositiveCount ? Of(query.Terms[term], incomes[i]) : weights[i] * Of(query.Terms[term], incomes[i]);
        }
    }

    public override double[]?[] Answer() => rows;

    /// <summary>The function of an income.</summary>
    public static double Of(Term term, double y)
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
            _ => below ? Math.Pow((term.Line - y) / term.Line, term.Power) : 0,
        };
    }

    private static double Kernel(Term term, double y, bool below)
    {
        if (!(y >= term.At - (6 * term.Power) && y <= term.At + (6 * term.Power)) || (!double.IsNaN(term.Line) && !below)) return 0;
        var u = (y - term.At) / term.Power;
        return Math.Exp(-u * u / 2);
    }
}
