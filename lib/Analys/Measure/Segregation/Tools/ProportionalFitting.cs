namespace Analys.Measure.Segregation.Tools;

/// <summary>Iterative proportional fitting: a table with given margins and the association (odds ratios) of another.</summary>
/// <remarks>
/// Rows and columns are scaled in turn until every margin agrees to a relative 1e-13; zeros stay zeros. Where the pattern of zeros does not
/// admit the margins it does not converge, and there is no result. Source: Deming &amp; Stephan 1940, Annals of Mathematical Statistics 11(4).
/// Swedish: <i>iterativ proportionell anpassning</i>.
/// </remarks>
public static class ProportionalFitting
{
    private const double Precision = 1e-13;
    private const int MostIterations = 100_000;

    /// <summary>The reason that is given where fitting does not converge.</summary>
    public const string NotConverged = "proportional fitting does not converge: the pattern of zeros does not admit the margins";

    /// <summary>The fitted table; null where it does not converge.</summary>
    /// <param name="counts">The table whose association is kept, row by row.</param>
    /// <param name="rows">The wanted row totals.</param>
    /// <param name="columns">The wanted column totals, with the same sum.</param>
    /// <exception cref="CountException">The margins have different sums.</exception>
    public static double[]? Fit(ReadOnlySpan<double> counts, ReadOnlySpan<double> rows, ReadOnlySpan<double> columns)
    {
        if (Math.Abs(Sums.Of(rows) - Sums.Of(columns)) > 1e-9 * Math.Max(Sums.Of(rows), Sums.Of(columns))) throw new CountException("The margins have different sums.");
        var fitted = counts.ToArray();
        var width = columns.Length;
        var sums = new double[width];
        for (var iteration = 0; iteration < MostIterations; iteration++)
        {
            for (var row = 0; row < rows.Length; row++)
            {
                var line = fitted.AsSpan(row * width, width);
                var sum = Sums.Of(line);
                if (sum == 0 && rows[row] > 0) return null;
                for (var column = 0; column < width && sum > 0; column++) line[column] *= rows[row] / sum;
            }

            Array.Clear(sums);
            for (var i = 0; i < fitted.Length; i++) sums[i % width] += fitted[i];
            // Rows agree exactly now; the columns say how far off the table still is.
            double off = 0;
            for (var column = 0; column < width; column++)
            {
                if (columns[column] > 0) off = Math.Max(off, Math.Abs((sums[column] / columns[column]) - 1));
                if (sums[column] == 0 && columns[column] > 0) return null;
            }

            if (off <= Precision) return fitted;
            for (var i = 0; i < fitted.Length; i++)
            {
                if (sums[i % width] > 0) fitted[i] *= columns[i % width] / sums[i % width];
            }

            // Rounding alone keeps large tables a little above the precision.
            if (iteration == MostIterations - 1 && off <= 1e-10) return fitted;
        }

        return null;
    }
}
