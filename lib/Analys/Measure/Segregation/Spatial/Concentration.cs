namespace Analys.Measure.Segregation.Spatial;

/// <summary>How densely a number of people could live at most and at least: the mean area of the smallest and of the largest units that hold them.</summary>
/// <remarks>
/// Massey &amp; Denton fill whole units until they hold at least so many people (their n1 and n2); units of one area are taken together, so
/// that the order of rows does not matter. Filling the last units in proportion instead holds exactly so many.
/// </remarks>
internal static class Concentration
{
    // Areas of equal plots differ in their last digits once a map is moved or turned; they are one area all the same.
    private const double SameArea = 1e-7;

    /// <summary>The mean area per person of the units at one end that hold so many people.</summary>
    /// <param name="t">Everyone by unit.</param>
    /// <param name="areas">The units' areas.</param>
    /// <param name="order">The units from the end where filling starts.</param>
    /// <param name="people">How many people they hold.</param>
    /// <param name="whole">Whether the last units are taken whole.</param>
    public static double MeanArea(ReadOnlySpan<double> t, ReadOnlySpan<double> areas, int[] order, double people, bool whole)
    {
        double held = 0, weighted = 0;
        for (var first = 0; first < order.Length && held < people;)
        {
            var (last, together, area) = (first, 0.0, areas[order[first]]);
            for (; last < order.Length && Math.Abs(areas[order[last]] - area) <= SameArea * area; last++) together += t[order[last]];
            var taken = whole ? together : Math.Min(together, people - held);
            held += taken;
            weighted += taken * area;
            first = last;
        }

        return weighted / held;
    }

    /// <summary>The inhabited units from the smallest to the largest.</summary>
    public static int[] BySize(ReadOnlySpan<double> t, double[] areas)
    {
        var order = new List<int>();
        for (var i = 0; i < areas.Length; i++)
        {
            if (t[i] > 0) order.Add(i);
        }

        int[] sorted = [.. order];
        Array.Sort(sorted, (a, b) => areas[a].CompareTo(areas[b]));
        return sorted;
    }

    /// <summary>The mean area of the units of a group's members.</summary>
    public static double MeanArea(ReadOnlySpan<double> x, ReadOnlySpan<double> areas)
    {
        double people = 0, weighted = 0;
        for (var i = 0; i < x.Length; i++)
        {
            if (x[i] <= 0) continue;
            people += x[i];
            weighted += x[i] * areas[i];
        }

        return weighted / people;
    }

    /// <summary>Everyone by unit.</summary>
    public static double[] Both(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var t = new double[x.Length];
        for (var i = 0; i < t.Length; i++) t[i] = x[i] + y[i];
        return t;
    }
}
