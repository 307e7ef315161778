using System.Collections.Immutable;
using System.Globalization;
using Analys.Measure.Income.Poverty;
using Analys.Measure.Inference;
using MathNet.Numerics.Distributions;

namespace Analys.Measure.Study.Beside;

/// <summary>Whether one area has less poverty than another, or one year than the year before, whatever the line: a test of stochastic
/// dominance.</summary>
/// <remarks>
/// Of order s the curve is D(z) = Σ w (z − y)^(s − 1) [y &lt; z] / Σ w: headcounts, gaps, squared gaps. At each of many lines the
/// difference of two
/// curves has a linearised error, households drawn in their clusters. The hypothesis is that the first curve is not everywhere below; it is
/// refused where the least of the studentised differences is above the quantile, so that p = 1 − Φ(min_z t(z)). Lines are the fixed lines
/// of
/// <c>--line</c>, else nineteen quantiles (0.05 to 0.95) of everyone. Source: Kaur, Prakasa Rao &amp; Singh 1994, Econometric Theory 10(5);
/// Davidson
/// &amp; Duclos 2000, Econometrica 68(6); Howes 1996.
/// </remarks>
internal static class Dominance
{
    /// <summary>The test.</summary>
    public static Definition Test { get; } = new(
        "stochastic-dominance", "Test of less poverty by every line", "Test av mindre fattigdom vid varje gräns",
        "p = 1 − Φ(min_z (D_reference(z) − D(z)) / error), order 1, 2 or 3", Units.Share, ValueRange.Unit,
        "Kaur, Prakasa Rao & Singh 1994, Econometric Theory 10(5); Davidson & Duclos 2000, Econometrica 68(6)")
    {
        Tells = Tells.Summary,
    };

    /// <summary>The p-values of all comparisons of a study, both ways.</summary>
    /// <param name="study">The study, with its areas or periods to compare.</param>
    /// <param name="cancel">Stops the work.</param>
    public static Results Of(IncomeStudy study, CancellationToken cancel)
    {
        ImmutableArray<PovertyLine> fixedLines = [.. study.Lines.Where(line => line.Kind == LineKind.Fixed)];
        var lines = fixedLines.Length > 1 ? fixedLines : Quantiles(study);
        var grid = study with { Lines = lines, Uncertainty = study.Uncertainty with { Method = IntervalMethod.Linearised } };
        var figures = grid.Run([Fgt.Of(0), Fgt.Of(1), Fgt.Of(2)], cancel);
        var rows = new List<Result>();
        foreach (var group in figures.Where(row => row.Measure == Comparison.Difference || row.Measure == Comparison.ChangeOverTime)
            .GroupBy(row => (row.Measure.Id, row.Area, row.Period, row.Population, row.Reference, row.Parameters["alpha"])))
        {
            Result[] all = [.. group];
            var order = (int.Parse(group.Key.Item6, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);
            foreach (var (direction, sign) in new[] { ("less-poverty", -1), ("more-poverty", 1) })
            {
                var parameters = ImmutableSortedDictionary<string, string>.Empty.Add("order", order).Add("alternative", direction)
                    .Add("lines", lines.Length.ToString(CultureInfo.InvariantCulture)).Add("of", group.Key.Id);
                rows.Add(all[0] with
                {
                    Measure = Test,
                    Parameters = parameters,
                    UnitOverride = null,
                    StandardError = null,
                    Lower = null,
                    Upper = null,
                    Basis = all[0].Basis! with
                    {
                        Tells = Tells.Summary,
                        Influence = null,
                        Later = new(() => all[0].Basis! with { Tells = Tells.Summary, Later = null, Influence = Moved(all, sign) }),
                    },
                    Value = all.All(row => row.StandardError is > 0)
                        ? Quantity.Known(P(all.Min(row => sign * row.Value.Number / row.StandardError!.Value)))
                        : Quantity.Undefined("the curves do not differ at a line, or have no error there"),
                });
            }
        }

        return new Results(rows, study.Persons.Confidentiality, study.Persons.Provenance.With("curves of poverty compared at every line"));
    }

    private static double P(double t) => Math.Clamp(Normal.CDF(0, 1, -t), 0, 1);

    // How far a household moves p: each difference moves by as much as it can, its error falls by what the household adds to it. Of counts
    // (order 1) that is not known, and p is not released.
    private static double? Moved(Result[] all, int sign)
    {
        double least = double.PositiveInfinity, low = least, high = least;
        foreach (var row in all)
        {
            if (row.StandardError is not { } error || !(error > 0) || row.Basis!.Complete.Influence is not { } by) return null;
            if (by >= error) return double.PositiveInfinity;
            double value = sign * row.Value.Number, narrow = Math.Sqrt((error - by) * (error + by));
            least = Math.Min(least, value / error);
            low = Math.Min(low, Math.Min((value - by) / narrow, (value - by) / error));
            high = Math.Min(high, Math.Max((value + by) / narrow, (value + by) / error));
        }

        return Math.Max(P(low) - P(least), P(least) - P(high));
    }

    private static ImmutableArray<PovertyLine> Quantiles(IncomeStudy study)
    {
        var incomes = study.Persons.Incomes.ToArray();
        var weights = study.Persons.Weights.ToArray();
        var lines = Enumerable.Range(1, 19).Select(i => Income.QuantileSelection.Of(incomes, weights, i / 20.0, study.Quantiles))
            .Where(line => line > 0).Select(line => PovertyLine.Fixed(line!.Value)).Distinct();
        return [.. lines];
    }
}
