using Analys.Measure.Inference;
using MathNet.Numerics.Distributions;

namespace Analys.Measure.Segregation.Change;

/// <summary>Intervals of the multigroup D and Gini index where chance pushes them up, in the form of those of two groups.</summary>
/// <remarks>D: normal around 2D − E, E the mean of D when each share is drawn again, |p_ig − P_g| taken as the distance of a normal
/// variable with variance p_ig (1 − p_ig) / t_i; with the spread of that corrected D over redrawn tables. The Gini index: around 2G − the
/// mean of redrawn G, its spread widened as that of D is by its correction. Refused where chance alone would make too much of D, or the
/// correction is more than four errors. How often they hold is in the room's page. Source: Allen, Burgess, Davidson &amp; Windmeijer 2015,
/// Econometrics Journal 18(1), for two groups.</remarks>
internal static class MultigroupIntervals
{
    // With a larger correction nine of a hundred intervals lie above the truth.
    private const double MostErrors = 4;

    /// <summary>The interval of D.</summary>
    /// <param name="counts">Whole counts, everybody in one group.</param>
    /// <param name="value">D.</param>
    /// <param name="options">Replicates, seed, level.</param>
    public static OwnInterval OfDissimilarity(GroupCounts counts, double value, ResamplingOptions options)
    {
        var table = new CountTable(counts.Counts, counts.Groups.Length);
        var draws = Redrawn(counts, options, Corrected);
        var byChance = PartOfChance(table, value) > BiasCorrectedDissimilarity.MostByChance;
        return Normally(value, Corrected(table), Replicates.StandardDeviation(draws), byChance, options);
    }

    /// <summary>The interval of the Gini index.</summary>
    /// <param name="counts">Whole counts, everybody in one group.</param>
    /// <param name="value">G.</param>
    /// <param name="options">Replicates, seed, level.</param>
    public static OwnInterval OfGini(GroupCounts counts, double value, ResamplingOptions options)
    {
        var table = new CountTable(counts.Counts, counts.Groups.Length);
        var draws = Redrawn(counts, options,
            drawn => (Gini: MultigroupGini.Formula(drawn).Number, Plain: MultigroupDissimilarity.Formula(drawn).Number,
                Corrected: Corrected(drawn)));
        double plain = Replicates.StandardDeviation([.. draws.Select(draw => draw.Plain)]),
            corrected = Replicates.StandardDeviation([.. draws.Select(draw => draw.Corrected)]),
            error = Replicates.StandardDeviation([.. draws.Select(draw => draw.Gini)]);
        var byChance = PartOfChance(table, MultigroupDissimilarity.Formula(table).Number) > BiasCorrectedDissimilarity.MostByChanceOfGini;
        var wider = corrected > plain ? corrected / plain : 1;
        return Normally(value, (2 * value) - draws.Average(draw => draw.Gini), error * wider, byChance, options);
    }

    private delegate T OfTable<T>(CountTable table);

    private static double Corrected(CountTable table) => (2 * MultigroupDissimilarity.Formula(table).Number) - MeanUnderError(table);

    private static OwnInterval Normally(double value, double centre, double error, bool byChance, ResamplingOptions options)
    {
        if (byChance || value - centre > MostErrors * error) return new(error, null, null, ReplicateSummary.RefusedByChance);
        var half = Normal.InvCDF(0, 1, (1 + options.Level) / 2) * error;
        return new(error, Math.Max(0, centre - half), Math.Min(1, centre + half), BiasCorrectedDissimilarity.CorrectedWay);
    }

    private static T[] Redrawn<T>(GroupCounts counts, ResamplingOptions options, OfTable<T> value)
    {
        var cells = new CellBootstrap(counts.Counts, DrawOrder.Of(counts).Cells());
        var groups = counts.Groups.Length;
        return Replicates.Run(options.Replicates, options.Seed, () => new double[counts.Counts.Length], (random, replicate) =>
        {
            cells.Draw(random, replicate);
            return value(new CountTable(replicate, groups));
        }, options.Cancel);
    }

    // The mean of D over redrawn shares.
    private static double MeanUnderError(CountTable table) => MeanDistance(table, (share, whole) => Math.Abs(share - whole),
        (share, _) => share * (1 - share));

    // How much of D chance alone would give.
    private static double PartOfChance(CountTable table, double value) =>
        MeanDistance(table, (_, _) => 0, (_, whole) => whole * (1 - whole)) / value;

    private static double MeanDistance(CountTable table, Func<double, double, double> distance, Func<double, double, double> variance)
    {
        var sum = 0.0;
        for (var i = 0; i < table.Units; i++)
        {
            var persons = table.UnitTotals[i];
            if (persons == 0) continue;
            var row = table.Unit(i);
            for (var g = 0; g < row.Length; g++)
            {
                double share = row[g] / persons, whole = table.GroupTotals[g] / table.Total;
                sum += persons / table.Total
                    * BiasCorrectedDissimilarity.MeanOfDistance(distance(share, whole), Math.Sqrt(variance(share, whole) / persons));
            }
        }

        return sum / (2 * SimpsonInteraction.Of(table.GroupTotals, table.Total));
    }
}
