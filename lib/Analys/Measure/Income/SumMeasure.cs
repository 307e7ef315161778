using System.Collections.Immutable;
using Analys.Measure.Source;

namespace Analys.Measure.Income;

/// <summary>A measure that is a function of weighted sums over persons. It states its sums and the function once; the figure from rows, the
/// questions to a database or a stream, the influence function behind its error and what a release rounds by all follow.</summary>
/// <remarks>
/// θ = g(S_1, …, S_K, W, z), S_k = Σ w f_k(y, z). The influence of a person is Σ_k ∂g/∂S_k f_k(y, z) + ∂g/∂W, by which a new measure needs
/// no derivation of its own; the derivative by an estimated line is ∂g/∂z + Σ_k ∂g/∂S_k (Σ w ∂f_k/∂z + f_k(z, z) W f(z)), f the density at
/// the
/// line: those who stand on it become poor. The derivatives of g are central differences (relative error below 1e-9). Source: Deville 1999,
/// Survey Methodology 25(2).
/// </remarks>
internal static class SumMeasure
{
    private const double Step = 6e-6;

    /// <summary>The measure.</summary>
    /// <param name="definition">What it is.</param>
    /// <param name="sums">What is added up.</param>
    /// <param name="value">How the measure follows; where it does not exist it says why. It is asked only where somebody is.</param>
    public static IncomeMeasure Of(Definition definition, ImmutableArray<IncomeSum> sums, Func<SumTotals, Quantity> value)
    {
        var ofPoor = sums.Any(sum => sum.Whose is Among.Poor or Among.PositivePoor);
        return new IncomeMeasure(definition, (incomes, context) => value(Totals(incomes, sums, context)))
        {
            Choices = ofPoor ? Choices.Line | Choices.Poor : Choices.None,
            Influence = (incomes, context, influence) =>
            {
                var (bySum, byWeight, _) = Gradient(Totals(incomes, sums, context), value);
                for (var i = 0; i < influence.Length; i++)
                {
                    influence[i] = byWeight;
                    for (var k = 0; k < sums.Length; k++) influence[i] += bySum[k] * sums[k].Term(context).Of(incomes.Incomes[i]);
                }
            },
            Slope = !ofPoor ? null : (incomes, context) =>
            {
                var density = sums.Any(sum => sum.Jumps(context.Line)) ? QuantileInfluence.DensityAt(incomes, context.Line) : 0;
                return ByLine(sums, Totals(incomes, sums, context), value, density, Totals(incomes, [.. sums.Select(sum => sum.ByLine())],
                    context).Sums);
            },
            Aggregate = new(f => value(Totals(f, sums))) { MoreTerms = f => sums.Select(sum => sum.Term(f.Context)) },
            AggregateInfluence = new(f =>
            {
                var (bySum, byWeight, _) = Gradient(Totals(f, sums), value);
                return [.. sums.Select((sum, k) => (bySum[k], sum.Term(f.Context))), (byWeight, new Term(TermKind.One))];
            })
            {
                // How bent the formula is, nobody knows here: ratios and powers of sums were found up to a third beyond their first order.
                Margin = 1.5,
                Needs = AggregateForm.Asking with
                {
                    MoreTerms = f => sums.Concat(ofPoor ? sums.Select(sum => sum.ByLine()) : []).Select(sum => sum.Term(f.Context)),
                },
                Densities = !ofPoor ? null : f => sums.Any(sum => sum.Jumps(f.Context.Line)) ? [(f.Context.Line, false)] : [],
                Slope = !ofPoor ? _ => 0 : f => ByLine(sums, Totals(f, sums), value,
                    f.Densities.GetValueOrDefault((f.Context.Line, false)), Totals(f, [.. sums.Select(sum => sum.ByLine())]).Sums),
            },
        };
    }

    private static double ByLine(ImmutableArray<IncomeSum> sums, SumTotals totals, Func<SumTotals, Quantity> value, double density,
        ImmutableArray<double> slopes)
    {
        var (bySum, _, slope) = Gradient(totals, value);
        var line = totals.Context.Line;
        for (var k = 0; k < sums.Length; k++)
            slope += bySum[k] * (slopes[k] + (sums[k].Jumps(line) ? sums[k].Function.At(line, line) * totals.Weight * density : 0));
        return slope;
    }

    private static SumTotals Totals(WeightedIncomes incomes, ImmutableArray<IncomeSum> sums, MeasureContext context)
    {
        var totals = ImmutableArray.CreateBuilder<double>(sums.Length);
        foreach (var sum in sums)
        {
            var term = sum.Term(context);
            var total = default(Compensated);
            for (var i = 0; i < incomes.Incomes.Length; i++) total.Add(incomes.Weights[i] * term.Of(incomes.Incomes[i]));
            totals.Add(total.Value);
        }

        return new SumTotals(totals.MoveToImmutable(), incomes.Total, context);
    }

    private static SumTotals Totals(Facts facts, ImmutableArray<IncomeSum> sums) =>
        new([.. sums.Select(sum => facts.Terms[sum.Term(facts.Context)])], facts.Weight, facts.Context);

    // How the value changes with each sum, with the weight of all, and with the line itself.
    private static (double[] BySum, double ByWeight, double ByLine) Gradient(SumTotals totals, Func<SumTotals, Quantity> value)
    {
        var bySum = new double[totals.Sums.Length];
        for (var k = 0; k < bySum.Length; k++)
        {
            var place = k;
            bySum[k] = Central(by => totals with { Sums = totals.Sums.SetItem(place, totals.Sums[place] + by) },
                totals.Sums[k] == 0 ? totals.Weight : totals.Sums[k]);
        }

        var line = totals.Context.Line;
        return (bySum, Central(by => totals with { Weight = totals.Weight + by }, totals.Weight), double.IsNaN(line) ? 0
            : Central(by => totals with { Context = totals.Context with { Line = line + by } }, line));

        double Central(Func<double, SumTotals> moved, double size)
        {
            var step = Step * Math.Abs(size);
            Quantity up = value(moved(step)), down = value(moved(-step));
            if (up.HasNumber && down.HasNumber) return (up.Number - down.Number) / (2 * step);
            // At the edge of where the measure exists one side is all there is.
            var here = value(totals);
            return !here.HasNumber ? 0 : up.HasNumber ? (up.Number - here.Number) / step
                : down.HasNumber ? (here.Number - down.Number) / step : 0;
        }
    }
}

/// <summary>A sum over persons that a measure is made of.</summary>
/// <param name="Function">What each adds, times the weight.</param>
/// <param name="Whose">Who adds.</param>
internal sealed record IncomeSum(IncomeFunction Function, Among Whose = Among.Everyone)
{
    /// <summary>The sum of what the function changes with the line.</summary>
    public IncomeSum ByLine() => this with { Function = Function.ByLine() };

    /// <summary>Whether those who stand on the line add something as soon as they are poor.</summary>
    public bool Jumps(double line) => Whose is Among.Poor or Among.PositivePoor && Math.Abs(Function.At(line, line)) > 1e-12;

    /// <summary>The question that a source is asked.</summary>
    public Term Term(MeasureContext context) => new(TermKind.Function, 0, context.Line, context.Poor)
    {
        Function = Function,
        Whose = Whose
    };
}

/// <summary>The sums of a measure for one domain.</summary>
/// <param name="Sums">In the order in which the measure names them.</param>
/// <param name="Weight">The weight of all.</param>
/// <param name="Context">The line and the choices of definition.</param>
internal sealed record SumTotals(ImmutableArray<double> Sums, double Weight, MeasureContext Context)
{
    /// <summary>One of the sums.</summary>
    public double this[int place] => Sums[place];
}
