namespace Analys.Measure.Segregation;

/// <summary>The segregation curve: units in rising order of the group's share, its cumulated part against the others'.</summary>
/// <remarks>The diagonal is an even spread. Source: Duncan &amp; Duncan 1955. Swedish: <i>segregationskurva</i>.</remarks>
public static class SegregationCurve
{
    /// <summary>A point of the curve.</summary>
    /// <param name="Others">The cumulated share of the other group.</param>
    /// <param name="Group">The cumulated share of the group of interest.</param>
    public readonly record struct Point(double Others, double Group);

    /// <summary>The points, from (0, 0) to (1, 1).</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    public static IReadOnlyList<Point> Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sumX = Sums.Of(x), sumY = Sums.Of(y), group = 0, others = 0;
        var points = new List<Point> { new(0, 0) };
        foreach (var i in Order(x, y))
        {
            group += x[i];
            others += y[i];
            points.Add(new Point(others / sumY, group / sumX));
        }

        return points;
    }

    /// <summary>The units in rising order of the group's share; empty units left out, ties in the units' own order.</summary>
    internal static int[] Order(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var share = new double[x.Length];
        var order = new List<int>(x.Length);
        for (var i = 0; i < share.Length; i++)
        {
            if (x[i] + y[i] <= 0) continue;
            share[i] = x[i] / (x[i] + y[i]);
            order.Add(i);
        }

        int[] sorted = [.. order];
        Array.Sort(sorted, (a, b) => share[a] != share[b] ? share[a].CompareTo(share[b]) : a.CompareTo(b));
        return sorted;
    }
}
