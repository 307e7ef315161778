using Analys.Measure.Inference;

namespace Analys.Measure.Segregation.Resampling;

/// <summary>Makes replicates of counts and gathers the measures' values on them, figure by figure.</summary>
internal static class Resampler
{
    /// <summary>Why these counts cannot be resampled; null where they can.</summary>
    public static string? WhyNot(GroupCounts counts)
    {
        if (counts.GroupsOverlap) return "the groups overlap, so persons cannot be drawn";
        if (counts.Total == 0) return UndefinedReason.NoPersons;
        foreach (var count in counts.Counts)
        {
            if (count != Math.Floor(count)) return "counts are not whole, so persons cannot be drawn";
        }

        foreach (var count in counts.Totals)
        {
            if (count != Math.Floor(count)) return "counts are not whole, so persons cannot be drawn";
        }

        return null;
    }

    /// <summary>Replicates by drawing persons anew; one array per figure, one value per replicate.</summary>
    public static double[][] Bootstrap(MeasureSet set, GroupCounts counts, ResamplingOptions options)
    {
        var complete = counts.Complete();
        var sampler = new CellBootstrap(complete.Counts, DrawOrder.Of(complete).Cells());
        return Run(set, options, complete.Counts.Length, (random, cells) =>
        {
            sampler.Draw(random, cells);
            return Shape(counts, complete, cells);
        });
    }

    /// <summary>Replicates under a null model.</summary>
    public static double[][] Null(MeasureSet set, GroupCounts counts, NullModel model, ResamplingOptions options)
    {
        if (model == NullModel.Geographic)
        {
            var units = DrawOrder.Of(counts).Units;
            return Run(set, options, counts.Counts.Length, (random, cells) =>
            {
                var shuffled = units.ToArray();
                random.Shuffle<int>(shuffled);
                var order = new int[units.Length];
                for (var i = 0; i < order.Length; i++) order[units[i]] = shuffled[i];
                return Permuted(counts, order, cells);
            });
        }

        var complete = counts.Complete();
        var margins = new FixedMargins(complete);
        return Run(set, options, complete.Counts.Length, (random, cells) =>
        {
            margins.Draw(random, cells);
            return Shape(counts, complete, cells);
        });
    }

    // Each thread fills one array of cells again and again: it is too large to be made anew for every replicate.
    private static double[][] Run(MeasureSet set, ResamplingOptions options, int cells, Func<RandomStream, double[], GroupCounts> draw)
    {
        var rows = Replicates.Run(options.Replicates, options.Seed, () => new double[cells], (random, scratch) => set.Numbers(draw(random, scratch)), options.Cancel);
        var columns = new double[set.Count][];
        for (var figure = 0; figure < columns.Length; figure++)
        {
            columns[figure] = new double[rows.Length];
            for (var row = 0; row < rows.Length; row++) columns[figure][row] = rows[row][figure];
        }

        return columns;
    }

    /// <summary>A replicate of the complete table in the shape of the counts: a group of everyone else goes back into the totals.</summary>
    public static GroupCounts Shape(GroupCounts counts, GroupCounts complete, double[] cells)
    {
        if (ReferenceEquals(counts, complete)) return counts.Replicate(cells);
        int wide = complete.Groups.Length, narrow = counts.Groups.Length;
        var listed = new double[counts.Counts.Length];
        var totals = new double[counts.Units.Length];
        for (var unit = 0; unit < totals.Length; unit++)
        {
            cells.AsSpan(unit * wide, narrow).CopyTo(listed.AsSpan(unit * narrow));
            totals[unit] = Sums.Of(cells.AsSpan(unit * wide, wide));
        }

        return counts.Replicate(listed, totals);
    }

    private static GroupCounts Permuted(GroupCounts counts, int[] order, double[] cells)
    {
        var groups = counts.Groups.Length;
        var totals = counts.HasSeparateTotals ? new double[order.Length] : null;
        for (var unit = 0; unit < order.Length; unit++)
        {
            counts.Unit(order[unit]).CopyTo(cells.AsSpan(unit * groups));
            if (totals is not null) totals[unit] = counts.Totals[order[unit]];
        }

        return counts.Replicate(cells, totals);
    }
}
