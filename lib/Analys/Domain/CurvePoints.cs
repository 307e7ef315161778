using System.Collections.Immutable;
using System.Globalization;

namespace Analys.Domain;

/// <summary>The points of a curve as results: two for each point, one for x and one for y, so that both pass disclosure control.</summary>
/// <remarks>The parameters <c>point</c> (its number, from 0) and <c>axis</c> (<c>x</c> or <c>y</c>) say which is which. Swedish: <i>kurvpunkter</i>.</remarks>
public static class CurvePoints
{
    /// <summary>The parameter that holds the number of the point.</summary>
    public const string Point = "point";

    /// <summary>The parameter that holds <c>x</c> or <c>y</c>.</summary>
    public const string Axis = "axis";

    /// <summary>The results of a curve.</summary>
    /// <param name="template">Measure, group, period, population and basis of all points.</param>
    /// <param name="points">The points in order.</param>
    public static IEnumerable<Result> Of(Result template, IEnumerable<(double X, double Y)> points)
    {
        ArgumentNullException.ThrowIfNull(template);
        return points.SelectMany((point, i) => new[]
        {
            template with { Value = Quantity.Known(point.X), Parameters = With(template.Parameters, i, "x") },
            template with { Value = Quantity.Known(point.Y), Parameters = With(template.Parameters, i, "y") },
        });
    }

    /// <summary>The points of each curve in order; a point of which a half is withheld is left out.</summary>
    /// <param name="rows">The results.</param>
    public static ImmutableArray<(double X, double Y)> Read(IEnumerable<Result> rows) =>
    [
        .. rows.Where(row => row.Value.HasNumber && row.Parameters.ContainsKey(Point) && row.Parameters.ContainsKey(Axis))
            .GroupBy(row => int.Parse(row.Parameters[Point], CultureInfo.InvariantCulture))
            .OrderBy(point => point.Key)
            .Select(point => (X: point.FirstOrDefault(row => row.Parameters[Axis] == "x"), Y: point.FirstOrDefault(row => row.Parameters[Axis] == "y")))
            .Where(point => point.X is not null && point.Y is not null)
            .Select(point => (point.X!.Value.Number, point.Y!.Value.Number)),
    ];

    private static ImmutableSortedDictionary<string, string> With(ImmutableSortedDictionary<string, string> parameters, int point, string axis) =>
        parameters.SetItem(Point, point.ToString(CultureInfo.InvariantCulture)).SetItem(Axis, axis);
}
