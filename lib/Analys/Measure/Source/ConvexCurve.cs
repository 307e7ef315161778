using System.Collections.Immutable;

namespace Analys.Measure.Source;

/// <summary>A convex function of income of which some points are known, drawn straight between them: what the influence on a measure of
/// ranks
/// looks like from a source that gives sums below some incomes.</summary>
/// <remarks>
/// Σ_j w_j max(y, y_j) is convex in y, with the weight below y as its slope; between two incomes it lies below the straight line, by at
/// most
/// a fourth of the weight between them times their distance.
/// </remarks>
internal static class ConvexCurve
{
    // Shares of the middle that most incomes lie between, and of the rich.
    private static readonly double[] Multiples =
        [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.35, 1.5, 1.75, 2, 2.5, 3, 4, 6, 10, 20];

    /// <summary>Incomes around a mean at which the curve is asked for.</summary>
    public static IEnumerable<double> Around(double mean) => Multiples.Select(multiple => multiple * Math.Abs(mean));

    /// <summary>Incomes up to a line at which the curve is asked for.</summary>
    public static IEnumerable<double> UpTo(double line) => Enumerable.Range(0, 11).Select(i => i == 10 ? line : line * i / 10);

    /// <summary>The curve as a sum of functions of income.</summary>
    /// <param name="points">Points of the curve, incomes rising.</param>
    /// <param name="before">The slope before the first.</param>
    /// <param name="after">The slope after the last.</param>
    /// <returns>The height and the slope of the line that the curve follows after its last point, as it would be at an income of 0, and
    /// what is
    /// added to it below each point.</returns>
    public static (double Height, double Slope, ImmutableArray<(double Coefficient, Term Term)> Bends) Of(
        IReadOnlyList<(double Income, double Value)> points, double before, double after)
    {
        var bends = ImmutableArray.CreateBuilder<(double, Term)>();
        for (var j = 0; j < points.Count; j++)
        {
            var left = j == 0 ? before : Slope(points[j - 1], points[j]);
            var right = j == points.Count - 1 ? after : Slope(points[j], points[j + 1]);
            if (right != left) bends.Add((right - left, Term.Shortfall(points[j].Income)));
        }

        var (income, value) = points[^1];
        return (value - (after * income), after, bends.ToImmutable());
    }

    private static double Slope((double Income, double Value) a, (double Income, double Value) b) =>
        (b.Value - a.Value) / (b.Income - a.Income);
}
