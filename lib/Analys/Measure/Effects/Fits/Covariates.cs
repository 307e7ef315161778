namespace Analys.Measure.Effects.Fits;

/// <summary>Covariates as columns of numbers: a text becomes one column of 0 and 1 for each of its levels.</summary>
/// <param name="Names">A name a column; <c>race=black</c> for a level.</param>
/// <param name="Columns">The columns.</param>
internal sealed record Covariates(IReadOnlyList<string> Names, IReadOnlyList<double[]> Columns)
{
    /// <summary>No covariates.</summary>
    public static Covariates None { get; } = new([], []);

    /// <summary>True where there is none.</summary>
    public bool IsEmpty => Columns.Count == 0;

    /// <summary>Columns of numbers, and texts split into levels in their ordinal order.</summary>
    /// <param name="sources">Each covariate: its name, and its numbers or its texts.</param>
    public static Covariates Of(IEnumerable<(string Name, double[]? Numbers, string[]? Texts)> sources)
    {
        List<string> names = [];
        List<double[]> columns = [];
        foreach (var (name, numbers, texts) in sources)
        {
            if (numbers is not null)
            {
                names.Add(name);
                columns.Add(numbers);
                continue;
            }

            foreach (var level in texts!.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                names.Add($"{name}={level}");
                columns.Add([.. texts!.Select(text => text == level ? 1.0 : 0)]);
            }
        }

        return new(names, columns);
    }

    /// <summary>The same columns of some rows.</summary>
    public Covariates Rows(int[] rows) => new(Names, [.. Columns.Select(column => Array.ConvertAll(rows, row => column[row]))]);

    /// <summary>
    /// An intercept and the covariates, centred and scaled; those that depend on earlier ones are left out. Fits, scores and weights are
    /// the same as with the columns as they are, and the equations stay well conditioned where one covariate is in kronor and another 0 or
    /// 1.
    /// </summary>
    /// <param name="rows">The number of rows.</param>
    public double[][] Design(int rows)
    {
        List<double[]> kept = [Ones(rows)];
        foreach (var column in Columns)
        {
            var mean = Compensated.Mean(column);
            var spread = Math.Sqrt(Compensated.SquaresAroundMean(column) / rows);
            if (!(spread > 1e-12 * Math.Max(1, Math.Abs(mean)))) continue;
            var scaled = Array.ConvertAll(column, value => (value - mean) / spread);
            if (new LeastSquares(kept, scaled).Residuals.Any(residual => Math.Abs(residual) > 1e-9)) kept.Add(scaled);
        }

        return [.. kept];
    }

    /// <summary>A column of ones.</summary>
    public static double[] Ones(int rows)
    {
        var ones = new double[rows];
        Array.Fill(ones, 1);
        return ones;
    }
}
