using Analys.Measure.Inference;

namespace Analys.Measure.Segregation.Change;

/// <summary>D of the units' underlying chances, which are taken to follow a mixture of two Beta distributions.</summary>
/// <remarks>
/// The number of members among t_i persons is then Beta-binomial; the mixture is fitted by maximum likelihood (<see cref="BetaMixture"/>)
/// and D = E|p − m| / (2 m (1 − m)), m = E p, taken from it in closed form. Sizes and chances are taken to be independent. The two groups
/// have the same value, and so have all orders of the units. From 0 to 1. The interval is of the chances' D: units are drawn anew, the
/// mixture is fitted to each draw, and percentiles are taken (D'Haultfœuille &amp; Rathelot 2017, Quantitative Economics 8(1)).
/// Swedish: <i>Rathelots index</i>.
/// </remarks>
internal static class Rathelot
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = new(
        new Definition(
            "rathelot-dissimilarity", "Rathelot's Beta-mixture dissimilarity", "Rathelots dissimilaritetsindex",
            "E|p − m| / (2 m (1 − m)), p a mixture of two Beta distributions",
            Units.Index, ValueRange.Unit, "Rathelot 2012, Journal of Business & Economic Statistics 30(4)"),
        Formula)
    {
        PointOnly = true,
        Interval = Interval,
    };

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (!Chance.AreWhole(x) || !Chance.AreWhole(y)) return Quantity.Undefined("counts are not whole, so they are not binomial");
        var found = new BetaMixture(BinomialCell.Of(x, y).Cells).Maximise();
        return found.Count == 0 ? Quantity.Undefined("the likelihood has no maximum that could be found")
            : Quantity.Known(BetaMixture.Dissimilarity(found[0].Point));
    }

    // Each draw starts from the largest peaks of the whole: a draw's own peak is near one of them.
    private static OwnInterval? Interval(double[] x, double[] y, double value, ResamplingOptions options)
    {
        if (!Chance.AreWhole(x) || !Chance.AreWhole(y)) return null;
        var (cells, _) = BinomialCell.Of(x, y);
        double[][] starts = [.. new BetaMixture(cells).Maximise().Take(3).Select(one => one.Point)];
        var of = new int[(int)cells.Sum(cell => cell.Times)];
        for (var (cell, unit) = (0, 0); cell < cells.Length; cell++)
            for (var times = 0; times < cells[cell].Times; times++) of[unit++] = cell;
        var draws = Replicates.Run(options.Replicates, options.Seed, () => new double[cells.Length], (random, times) =>
        {
            Array.Clear(times);
            for (var i = 0; i < of.Length; i++) times[of[random.NextLong(of.Length)]]++;
            BinomialCell[] drawn = [.. cells.Select((cell, i) => cell with { Times = times[i] }).Where(cell => cell.Times > 0)];
            if (drawn.Sum(cell => cell.X) == 0 || drawn.Sum(cell => cell.T - cell.X) == 0) return double.NaN;
            var mixture = new BetaMixture(drawn);
            return BetaMixture.Dissimilarity(starts.Select(mixture.MaximiseFrom).MinBy(one => one.Value).Point);
        }, options.Cancel);
        var known = ReplicateSummary.Known(draws);
        return known.Length < 2 ? null : OwnInterval.Percentiles(known, options.Level, "units drawn anew, percentile");
    }
}

/// <summary>Units of the same counts: members, persons, how many such units.</summary>
internal readonly record struct BinomialCell(double X, double T, double Times)
{
    /// <summary>The cells of two groups: those of the smaller one, or of the one whose sorted counts come first, so that either orientation
    /// and every order of the units gives the same.</summary>
    public static (BinomialCell[] Cells, int[] CellOf) Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var persons = new List<(double X, double Y, int Unit)>();
        for (var i = 0; i < x.Length; i++)
            if (x[i] + y[i] > 0) persons.Add((x[i], y[i], i));
        double sumX = Sums.Of(x), sumY = Sums.Of(y);
        if (sumX > sumY || (sumX == sumY
            && ComesLater([.. persons.Select(unit => unit.X).Order()], [.. persons.Select(unit => unit.Y).Order()])))
            persons = [.. persons.Select(unit => (unit.Y, unit.X, unit.Unit))];
        var cells = new List<BinomialCell>();
        var cellOf = new int[x.Length];
        Array.Fill(cellOf, -1);
        foreach (var unit in persons.OrderBy(unit => unit.X).ThenBy(unit => unit.Y))
        {
            if (cells.Count > 0 && cells[^1].X == unit.X && cells[^1].T == unit.X + unit.Y)
                cells[^1] = cells[^1] with { Times = cells[^1].Times + 1 };
            else cells.Add(new BinomialCell(unit.X, unit.X + unit.Y, 1));
            cellOf[unit.Unit] = cells.Count - 1;
        }

        return ([.. cells], cellOf);
    }

    private static bool ComesLater(double[] a, double[] b)
    {
        for (var i = 0; i < a.Length; i++)
            if (a[i] != b[i]) return a[i] > b[i];
        return false;
    }
}
