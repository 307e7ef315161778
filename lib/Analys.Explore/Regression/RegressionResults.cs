using System.Collections.Immutable;
using System.Globalization;
using MathNet.Numerics.LinearAlgebra;

namespace Analys.Explore.Regression;

/// <summary>A regression table as records of the library, with what disclosure control must know of each coefficient.</summary>
/// <remarks>
/// A coefficient is an amount: every household contributes to it. Its influence is the largest change when one household is left out, exact
/// in a linear model and by one step of the fit else; the contributions of households are those changes. Nothing is told (no influence is
/// given, so the gate withholds) where fewer than ten rows are free to deviate, where a kind has fewer than ten rows or all but ten, or
/// where one household draws more than half of its own fit.
/// </remarks>
internal static class RegressionResults
{
    private const int Fewest = 10;
    private const double Own = 0.5;

    /// <summary>A coefficient.</summary>
    public static Definition Coefficient { get; } = new(
        "coefficient", "Regression coefficient", "Regressionskoefficient",
        "β of y = Xβ + e by least squares; of the logit of y, or of the logarithm of its mean, by maximum likelihood",
        Units.Index, ValueRange.Any, "McCullagh & Nelder 1989; White 1980; MacKinnon & White 1985; Liang & Zeger 1986");

    /// <summary>The p value of a coefficient.</summary>
    public static Definition PValue { get; } = new(
        "coefficient-p", "p value of a coefficient", "p-värde för en koefficient",
        "P(|T| ≥ |β/se|): Student's t with n − k (or clusters − 1) degrees of freedom in a linear model, the normal else",
        Units.Index, ValueRange.Unit, "Student 1908");

    /// <summary>The share that is explained.</summary>
    public static Definition Explained { get; } = new(
        "r-squared", "Share explained", "Förklarad andel", "1 − deviance/deviance without columns; in a linear model R²", Units.Share,
        ValueRange.Unit, "Theil 1961");

    /// <summary>The records.</summary>
    /// <param name="table">The table.</param>
    /// <param name="design">The columns it was made of.</param>
    /// <param name="households">The household of each row of the data; null where each row is one.</param>
    /// <param name="extract">What it was made of.</param>
    /// <param name="outcome">The outcome's name.</param>
    /// <param name="outcomes">The outcome of each row of the data.</param>
    public static Results Of(RegressionTable table, DesignMatrix design, IReadOnlyList<int>? households, Extract extract, string outcome,
        IReadOnlyList<double> outcomes)
    {
        var confidential = extract.Confidentiality == Confidentiality.Confidential;
        var parameters = ImmutableSortedDictionary<string, string>.Empty.Add("outcome", outcome)
            .Add("model", table.Kind.ToString().ToLowerInvariant()).Add("errors", table.Errors.ToString().ToLowerInvariant());
        // Nearly as many households as persons would count those who share one.
        if (table.Clusters is { } clusters && (!confidential || table.N - clusters is 0 or >= Fewest))
            parameters = parameters.Add("clusters", clusters.ToString(CultureInfo.InvariantCulture));
        var changes = confidential ? Changes(table, design, households) : null;
        // Of an outcome of 0 and 1 coefficients are made of counts, and several models of one table would leave one count only.
        var tells = table.UsedRows.All(row => outcomes[row] is 0 or 1) ? Tells.Summary : Tells.Amount;
        var rows = new List<Result>();
        for (var i = 0; i < table.Terms.Count; i++)
        {
            var (term, of) = (table.Terms[i], parameters.Add("term", table.Terms[i].Name));
            rows.Add(new Result
            {
                Measure = Coefficient,
                Value = Quantity.Known(term.Estimate),
                StandardError = Finite(term.StandardError),
                Lower = Finite(term.Lower),
                Upper = Finite(term.Upper),
                N = table.N,
                Parameters = of,
                Basis = confidential ? BasisOf(table.N, changes, i, tells) : null,
            });
            rows.Add(new Result
            {
                Measure = PValue,
                Value = double.IsFinite(term.P) ? Quantity.Known(term.P) : Quantity.Undefined("the error is zero"),
                N = table.N,
                Parameters = of,
                Basis = confidential ? new Basis(null, table.N) { Tells = Tells.Amount } : null,
            });
        }

        rows.Add(new Result
        {
            Measure = Explained,
            Value = Quantity.Known(Math.Clamp(table.RSquared, 0, 1)),
            N = table.N,
            Parameters = parameters,
            Basis = confidential ? new Basis(null, table.N) { Tells = Tells.Amount } : null,
        });
        var step = $"regression of {outcome} on {string.Join(", ", table.Terms.Select(term => term.Name))}"
            + (table.LeftOut > 0 ? "; rows without a value in every column were left out" : "");
        return new(rows, extract.Confidentiality, extract.Provenance.With(step));
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static Basis BasisOf(int n, double[][]? changes, int term, Tells tells)
    {
        if (changes is null) return new(null, n) { Tells = tells };
        double[] falling = [.. changes.Select(change => Math.Abs(change[term])).OrderDescending()];
        return new(null, n) { Tells = tells, Influence = falling[0], Largest = [.. falling.Take(3)], Total = falling.Sum() };
    }

    // For each household what every coefficient would change by without it; null where nothing may be told.
    private static double[][]? Changes(RegressionTable table, DesignMatrix design, IReadOnlyList<int>? households)
    {
        if (table.ResidualDegreesOfFreedom < Fewest) return null;
        var x = design.Matrix(table.UsedRows);
        for (var column = 0; column < x.ColumnCount; column++)
        {
            var values = x.Column(column);
            var most = values.GroupBy(value => value).Max(group => group.Count());
            // A column that is one thing for all but a few is about those few; the intercept is about everyone.
            if (most < table.N && table.N - most < Fewest) return null;
            if (values.ForAll(value => value is 0 or 1) && values.Sum() < Fewest) return null;
        }

        var fit = table.Fit!;
        var information = fit.Bread.Inverse();
        var groups = Enumerable.Range(0, table.N).GroupBy(row => households is null ? row : households[table.UsedRows[row]]);
        var changes = new List<double[]>();
        foreach (var group in groups)
        {
            int[] mine = [.. group];
            if (mine.Sum(row => table.Leverages[row]) > Own) return null;
            var score = Vector<double>.Build.Dense(x.ColumnCount);
            var without = information.Clone();
            foreach (var row in mine)
            {
                var at = x.Row(row);
                score += at * fit.Scores[row];
                without -= at.OuterProduct(at) * fit.WorkingWeights[row];
            }

            changes.Add([.. without.Solve(score)]);
        }

        return changes.Count < Fewest ? null : [.. changes];
    }
}
