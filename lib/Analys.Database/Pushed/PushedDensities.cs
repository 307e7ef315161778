using Analys.Database.Contract;
using Analys.Measure.Inequality;

namespace Analys.Database.Pushed;

/// <summary>The density of income at points by a Gaussian kernel: first the bandwidth of each distribution, then the sums of the kernels.</summary>
/// <remarks>Silverman's bandwidth 0.9 min(s, IQR / 1.34) n^(−1/5), as the sorted rows have it.</remarks>
internal sealed class PushedDensities(StudyValues values)
{
    private const double Low = 0.25, High = 0.75;

    public void Find(IReadOnlyList<(PushedFigure Figure, PushedInfluence Influence)> figures)
    {
        var points = figures.SelectMany(pair => pair.Influence.Densities!(pair.Figure.Facts!).Distinct().Select(point => (pair.Figure, point.At, point.Poor))).ToArray();
        values.Find([.. points.Select(point => (point.Figure, point.Poor)).Distinct().Select(pair => new PushedFigure { Measure = Spread(pair.Poor), Scope = pair.Figure.Scope, Domain = pair.Figure.Domain, Facts = pair.Figure.Facts })]);
        var kernels = new List<(PushedFigure Figure, double At, bool Poor, double Bandwidth, Term Term)>();
        foreach (var (figure, at, poor) in points)
        {
            var bandwidth = Bandwidth(figure.Facts!, poor);
            var (line, rule) = poor ? (figure.Facts!.Context.Line, figure.Facts.Context.Poor) : (double.NaN, PoorRule.Below);
            if (bandwidth > 0 && double.IsFinite(at)) kernels.Add((figure, at, poor, bandwidth, new Term(TermKind.Kernel, bandwidth, line, rule, at)));
            else figure.Facts!.Densities[(at, poor)] = 0;
        }

        values.Find([.. kernels.Select(kernel => new PushedFigure
        {
            Measure = PushedInfluence.Asking with { MoreTerms = _ => [kernel.Term] },
            Scope = kernel.Figure.Scope,
            Domain = kernel.Figure.Domain,
            Facts = kernel.Figure.Facts,
        })]);
        foreach (var (figure, at, poor, bandwidth, term) in kernels)
        {
            var facts = figure.Facts!;
            facts.Densities[(at, poor)] = facts.Terms[term] / ((poor ? facts.Sums.PoorWeight : facts.Weight) * bandwidth * Math.Sqrt(2 * Math.PI));
        }
    }

    private static PushedMeasure Spread(bool poor) => poor
        ? PushedInfluence.Asking with { PoorQuantiles = [(Low, QuantileRule.Average), (High, QuantileRule.Average)], Terms = [(TermKind.IncomeBelow, 0), (TermKind.SquareBelow, 0)] }
        : PushedInfluence.Asking with { Quantiles = [(Low, QuantileRule.Average), (High, QuantileRule.Average)], Terms = [(TermKind.Income, 0), (TermKind.Square, 0)] };

    private static double Bandwidth(Facts facts, bool poor)
    {
        var (weight, count) = poor ? (facts.Sums.PoorWeight, facts.Sums.PoorCount) : (facts.Weight, facts.Sums.Count);
        if (!(weight > 0)) return 0;
        var quantiles = poor ? facts.PoorQuantiles : facts.Quantiles;
        var mean = facts.Of(poor ? TermKind.IncomeBelow : TermKind.Income) / weight / Term.Scale;
        var variance = (facts.Of(poor ? TermKind.SquareBelow : TermKind.Square) / weight) - (mean * mean);
        // What is left of the difference of two equal sums is no spread: all incomes are alike.
        var deviation = variance > 1e-12 * mean * mean ? Term.Scale * Math.Sqrt(variance) : 0;
        var spread = (quantiles[(High, QuantileRule.Average)] - quantiles[(Low, QuantileRule.Average)]) / 1.34;
        return 0.9 * (spread > 0 ? Math.Min(deviation, spread) : deviation) * Math.Pow(count, -0.2);
    }
}
