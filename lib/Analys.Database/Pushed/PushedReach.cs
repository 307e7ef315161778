using System.Collections.Immutable;
using Analys.Database.Rows;
using Analys.Measure;
using Analys.Measure.Income;
using Analys.Measure.Source;
using Analys.Measure.Study;

namespace Analys.Database.Pushed;

/// <summary>How far one household moves each figure of a source: what disclosure control rounds by, from the largest totals of influence
/// that any
/// household has.</summary>
/// <remarks>
/// <para>An amount moves by Σ w z over the household when it is left out, by Σ w (z − z(0)) when it comes without its money, both over 1
/// less its
/// share of the weight or of the money, whichever is larger, and with a margin, since a derivative is of something small; and by its
/// line's own move. A position is as far from others as k households on either side reach, counted on a scale that grows by a third.</para>
/// <para>The sums of contributions to an amount come with the same answers: dominance is judged by the largest, taken for each of those
/// that the
/// rule adds up.</para>
/// </remarks>
internal sealed class PushedReach(IAggregateSource source, SourceFrame frame, StudyPlan plan, PushedPersons aggregates,
    CancellationToken cancel)
{
    private const int Neighbours = 25;
    private const int Shown = 5;
    private const int Steps = 30;
    private const double Growth = 4.0 / 3;

    // Beyond, one household is the figure: dominance and the number of households have withheld it.
    private const double MostOfOne = 0.95;
    private static readonly Scope Whole = new(-1, IncomeConcept.Disposable, [], null);
    private readonly PushedFunctions functions = new(source, frame, plan, aggregates, cancel);
    private readonly List<LinearForm> forms = [];
    private double[] answer = [];

    /// <summary>The bases of open figures, filled.</summary>
    public Basis[] Of(int[] open, Basis[] bases)
    {
        var filled = bases.ToArray();
        open = [.. open.Where(i => plan.Estimates[i].Measure.AggregateInfluence is not null)];
        if (open.Length == 0) return filled;
        functions.Find(open.Select(i => plan.Estimates[i]));
        var asked = open.Select(i => Ask(plan.Estimates[i])).ToArray();
        if (functions.Parts.IsEmpty) return filled;
        answer = source.Answer(frame, [new ReachQuery(Whole, functions.Parts, [.. forms])], cancel)[0][0] ?? new double[2 * forms.Count];
        var near = Near(open, asked);
        for (var k = 0; k < open.Length; k++)
        {
            var (i, figure) = (open[k], asked[k]);
            var byLine = figure.Line is { } line ? Math.Abs(line.Slope) * Largest(line.Form) : 0;
            if (near.TryGetValue(i, out var distances))
            {
                // The line that is a figure itself stands at its own quantile.
                if (plan.Estimates[i].Measure.OfWhole) byLine = 0;
                filled[i] = filled[i] with { Near = [.. distances.Select(distance => distance + byLine)] };
                continue;
            }

            if (plan.Estimates[i].Measure.OfWhole)
            {
                filled[i] = filled[i] with { Near = [.. Enumerable.Repeat(byLine, Neighbours)] };
                continue;
            }

            // Of a ratio of sums A/B a household changes L/(1 − its share of B), L its linear influence, and exactly so. What B is, is not
            // asked: persons or money, so the larger share stands for both. Measures of the poor are over persons.
            var money = plan.Estimates[i].Measure.Choices.HasFlag(Choices.Line) ? 0 : answer[(2 * figure.Contribution) + 1];
            var share = Math.Min(MostOfOne, Math.Max(Largest(figure.Weight) / Math.Max(double.Epsilon, plan.Estimates[i].Sums.Weight),
                money > 0 ? Largest(figure.Contribution) / money : 0));
            var moved = Math.Max(Largest(figure.LeftOut), Largest(figure.WithoutMoney))
                * plan.Estimates[i].Measure.AggregateInfluence!.Margin / (1 - share);
            if (!double.IsFinite(moved)) continue;
            filled[i] = filled[i] with
            {
                Influence = moved + byLine,
                Largest = [.. Enumerable.Repeat(Largest(figure.Contribution), Shown)],
                Total = answer[(2 * figure.Contribution) + 1],
            };
        }

        return filled;
    }

    private double Largest(int? form) => form is { } place ? answer[2 * place] : 0;

    private int Form(params ImmutableArray<(double, int)> sum)
    {
        forms.Add(new LinearForm(sum));
        return forms.Count - 1;
    }

    private (int? LeftOut, int? WithoutMoney, int Contribution, int Weight, (double Slope, int Form)? Line) Ask(Estimate estimate)
    {
        var scope = aggregates.Scope(estimate.Period, estimate.Measure.Concept, estimate.Cut, estimate.Ages);
        var everyone = functions.Place(scope, estimate.DomainIndex, [(1, new Term(TermKind.One))]);
        int? leftOut = null, without = null;
        if (functions.Own(estimate) is { } own)
        {
            var atZero = functions.Parts[own].Influence.Sum(term => term.Coefficient * TermAccumulator.Of(term.Term, 0));
            leftOut = Form((1, own));
            without = Form((1, own), (-atZero, everyone));
        }

        var (figure, _) = functions.Of(estimate);
        var context = figure.Facts!.Context;
        // What is wanting to the line, or the income whatever its sign: |y| = y − 2 y [y ≤ 0].
        ImmutableArray<(double, Term)> part = estimate.Measure.Choices.HasFlag(Choices.Line)
            ? [(1, Term.Shortfall(context.Line))]
            : [(1, new Term(TermKind.Income)), (-2, new Term(TermKind.IncomeBelow, 0, 0, PoorRule.AtOrBelow))];
        var contribution = Form((1, functions.Place(scope, estimate.DomainIndex, part)));
        return (leftOut, without, contribution, Form((1, everyone)), functions.Line(estimate) is { } line
            ? (line.Slope, Form((1, line.Part))) : null);
    }

    // The distances within which k households stand on each side of the quantiles that a figure is made of.
    private Dictionary<int, double[]> Near(int[] open, IReadOnlyList<(int? LeftOut, int? WithoutMoney, int Contribution, int Weight,
        (double Slope, int Form)? Line)> asked)
    {
        var points = new List<(int Estimate, Scope Scope, int Domain, IncomePosition Position, double[] Distances, double End)>();
        for (var k = 0; k < open.Length; k++)
        {
            var estimate = plan.Estimates[open[k]];
            var (figure, influence) = functions.Position(estimate);
            if (influence.Positions?.Invoke(figure.Facts!) is not { Count: > 0 } positions) continue;
            foreach (var position in positions)
            {
                if (position.Slope == 0) continue;
                var one =
                    Largest(plan.Estimates[open[k]].Measure.OfWhole ? asked[k].Line?.Form : asked[k].LeftOut) / Math.Abs(position.Slope);
                var first = Math.Max(one / 8, 1e-6 * Math.Max(1, Math.Abs(position.At)));
                var distances = Enumerable.Range(0, Steps).Select(step => first * Math.Pow(Growth, step)).ToArray();
                points.Add((open[k], figure.Scope!, figure.Domain, position, distances,
                    position.OfPoor ? figure.Facts!.Context.Line : double.PositiveInfinity));
            }
        }

        var near = new Dictionary<int, double[]>();
        var scopes = points.GroupBy(point => point.Scope).ToArray();
        if (scopes.Length == 0) return near;
        var queries =
            scopes.Select(scope => new BinQuery(scope.Key, Pivots(scope.Select(point => (point.Domain, Ends(point.Position, point.Distances,
            point.End))), frame.Domains(scope.Key)))
            { CountsHouseholds = true }).ToArray();
        var answers = source.Answer(frame, queries, cancel);
        for (var s = 0; s < scopes.Length; s++)
        {
            foreach (var point in scopes[s])
            {
                var (pivots, bins) = (queries[s].Pivots[point.Domain]!, answers[s][point.Domain]!);
                double Households(double from, double to) => Between(pivots, bins.AsSpan(2 * (pivots.Length + 1)), from, to);
                var own = new double[Neighbours];
                Array.Fill(own, double.PositiveInfinity);
                foreach (var distance in point.Distances.Reverse())
                {
                    var at = point.Position.At;
                    var side = Math.Min(Households(Math.BitDecrement(at - distance), at),
                        Households(Math.BitDecrement(at), Math.Min(at + distance, point.End)));
                    for (var k = 0; k < own.Length && k + 1 <= side; k++) own[k] = distance;
                }

                if (!near.TryGetValue(point.Estimate, out var sum)) near[point.Estimate] = sum = new double[Neighbours];
                var slope = Math.Abs(point.Position.Slope) * functions.Scale(plan.Estimates[point.Estimate]);
                for (var k = 0; k < sum.Length; k++) sum[k] += slope * own[k];
            }
        }

        return near;
    }

    private static IEnumerable<double> Ends(IncomePosition position, double[] distances, double end) =>
        distances.SelectMany(distance => new[] { Math.BitDecrement(position.At - distance), Math.Min(position.At + distance, end) })
            .Concat([position.At, Math.BitDecrement(position.At)]);

    private static double[]?[] Pivots(IEnumerable<(int Domain, IEnumerable<double> Ends)> points, int domains)
    {
        var pivots = new double[]?[domains];
        foreach (var domain in points.GroupBy(point => point.Domain))
            pivots[domain.Key] = [.. domain.SelectMany(point => point.Ends).Distinct().Order()];
        return pivots;
    }

    // The households above one pivot, at or below another.
    private static double Between(double[] pivots, ReadOnlySpan<double> bins, double from, double to)
    {
        var sum = 0.0;
        for (var j = Array.BinarySearch(pivots, from) + 1; j <= Array.BinarySearch(pivots, to); j++) sum += bins[j];
        return sum;
    }
}
