namespace Analys.Measure.Spatial;

/// <summary>
/// The environment of each unit: everyone around it, weighted by a kernel of distance, or its k nearest people. Made once for a geography,
/// evaluated on as many counts as one likes.
/// </summary>
/// <remarks>
/// Reardon and O'Sullivan's environments weight by the counts as they are, not by smoothed ones. No array of units by units is ever made.
/// Swedish: <i>närmiljö</i>.
/// </remarks>
public sealed class Surroundings
{
    private readonly int units;
    private readonly int[] placed;
    private readonly double[] x, y;
    private readonly double[]? ownWeights;
    private readonly PointIndex index;

    /// <summary>The environments of units.</summary>
    /// <param name="x">East coordinates in metres by unit; NaN where a unit has no place (it must then be empty).</param>
    /// <param name="y">North coordinates in metres by unit.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="selfDistances">The distance within each unit in metres; empty for 0. The k nearest people do not use it.</param>
    /// <param name="ties">Who comes first among equally distant units (k nearest people).</param>
    public Surroundings(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Kernel kernel, ReadOnlySpan<double> selfDistances = default, NearestTies ties = NearestTies.SouthWest)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        Kernel = kernel;
        Ties = ties;
        units = x.Length;
        var members = new List<int>(units);
        for (var i = 0; i < units; i++)
        {
            if (double.IsFinite(x[i]) && double.IsFinite(y[i])) members.Add(i);
        }

        placed = [.. members];
        this.x = new double[placed.Length];
        this.y = new double[placed.Length];
        for (var i = 0; i < placed.Length; i++) (this.x[i], this.y[i]) = (x[placed[i]], y[placed[i]]);
        index = new PointIndex(this.x, this.y);
        if (kernel.Shape == KernelShape.NearestPeople || selfDistances.IsEmpty) return;
        ownWeights = new double[placed.Length];
        for (var i = 0; i < placed.Length; i++) ownWeights[i] = kernel.Weight(selfDistances[placed[i]]);
    }

    /// <summary>The kernel.</summary>
    public Kernel Kernel { get; }

    /// <summary>Who comes first among equally distant units.</summary>
    public NearestTies Ties { get; }

    /// <summary>The weighted sums around each unit: Σ_j w_ij n_jg, or the counts of the k nearest people.</summary>
    /// <param name="rows">Numbers by unit and column, unit by unit.</param>
    /// <param name="width">The number of columns.</param>
    public double[] Sums(ReadOnlySpan<double> rows, int width)
    {
        var (at, all) = (new double[placed.Length * width], new double[units * width]);
        for (var i = 0; i < placed.Length; i++) rows.Slice(placed[i] * width, width).CopyTo(at.AsSpan(i * width, width));
        var sums = Kernel.Shape == KernelShape.NearestPeople ? NearestPeople.Sums(index, at, width, [Kernel.People], Ties)
            : ownWeights is not null || !IsDense ? SparseOrOwn(at, width)
            : KernelSums.Dense(x, y, at, width, Kernel);
        for (var i = 0; i < placed.Length; i++) sums.AsSpan(i * width, width).CopyTo(all.AsSpan(placed[i] * width, width));
        return all;
    }

    /// <summary>For each number of people, the counts of that many nearest people of each unit, unit by unit.</summary>
    /// <param name="rows">Numbers by unit and group, unit by unit.</param>
    /// <param name="width">The number of groups.</param>
    /// <param name="people">The numbers of people, rising.</param>
    public double[][] NearestSums(ReadOnlySpan<double> rows, int width, ReadOnlySpan<double> people)
    {
        var at = new double[placed.Length * width];
        for (var i = 0; i < placed.Length; i++) rows.Slice(placed[i] * width, width).CopyTo(at.AsSpan(i * width, width));
        var sums = NearestPeople.Sums(index, at, width, people, Ties);
        var result = new double[people.Length][];
        for (var k = 0; k < result.Length; k++)
        {
            result[k] = new double[units * width];
            for (var i = 0; i < placed.Length; i++)
            {
                sums.AsSpan(((i * people.Length) + k) * width, width).CopyTo(result[k].AsSpan(placed[i] * width, width));
            }
        }

        return result;
    }

    private bool IsDense => Kernel.Shape is KernelShape.Exponential or KernelShape.Gaussian;

    // With a distance within units the unit's own weight is not 1: its difference is put in afterwards.
    private double[] SparseOrOwn(double[] at, int width)
    {
        var sums = IsDense ? KernelSums.Dense(x, y, at, width, Kernel) : KernelSums.Sparse(index, at, width, Kernel);
        for (var i = 0; ownWeights is not null && i < placed.Length; i++)
        {
            for (var g = 0; g < width; g++) sums[(i * width) + g] += (ownWeights[i] - 1) * at[(i * width) + g];
        }

        return sums;
    }
}

/// <summary>Who comes first among units at one distance when the k nearest people are gathered.</summary>
public enum NearestTies
{
    /// <summary>From south to north, then from west to east: the order of a grid's cells, whatever the order of rows. Units at one point go together.</summary>
    SouthWest,

    /// <summary>All at one distance together, each with the same part.</summary>
    Together,
}
