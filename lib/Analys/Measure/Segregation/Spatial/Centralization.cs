using Analys.Measure.Space;

namespace Analys.Measure.Segregation.Spatial;

/// <summary>Units by their distance from a centre, or from the nearest of several; units at one distance together.</summary>
/// <param name="Units">The units, nearest first.</param>
/// <param name="Ends">Where each run of equally distant units ends in <paramref name="Units"/>.</param>
internal sealed record CentralOrder(int[] Units, int[] Ends)
{
    /// <summary>The order around centres.</summary>
    /// <param name="x">East coordinates of the units in metres; units without a place are left out.</param>
    /// <param name="y">North coordinates of the units.</param>
    /// <param name="centres">The centres.</param>
    public static CentralOrder Around(ReadOnlySpan<double> x, ReadOnlySpan<double> y, IReadOnlyList<(double X, double Y)> centres)
    {
        ArgumentNullException.ThrowIfNull(centres);
        var distances = new double[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            distances[i] = double.PositiveInfinity;
            foreach (var (atX, atY) in centres)
            {
                distances[i] = Math.Min(distances[i], Math.Sqrt(((x[i] - atX) * (x[i] - atX)) + ((y[i] - atY) * (y[i] - atY))));
            }
        }

        return By(distances);
    }

    /// <summary>The order by distances; units whose distance is not finite are left out.</summary>
    internal static CentralOrder By(double[] distances)
    {
        int[] units = [.. Enumerable.Range(0, distances.Length).Where(i => double.IsFinite(distances[i]))];
        Array.Sort(Array.ConvertAll(units, i => distances[i]), units);
        var ends = new List<int>();
        for (var i = 1; i <= units.Length; i++)
        {
            if (i == units.Length || distances[units[i]] - distances[units[i - 1]] > Distances.Tie) ends.Add(i);
        }

        return new CentralOrder(units, [.. ends]);
    }

    /// <summary>Σ X_{k−1} B_k − Σ X_k B_{k−1} over cumulated shares from the centre outwards: above 0 where a lies nearer to the centre
    /// than b.</summary>
    /// <param name="a">By unit; with a sum above 0.</param>
    /// <param name="b">By unit; with a sum above 0.</param>
    /// <param name="sumA">The sum of a over the units of the order.</param>
    /// <param name="sumB">The sum of b over the units of the order.</param>
    public double Lead(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double sumA, double sumB)
    {
        double beforeA = 0, beforeB = 0, lead = 0;
        var at = 0;
        foreach (var end in Ends)
        {
            var (nowA, nowB) = (beforeA, beforeB);
            for (; at < end; at++)
            {
                nowA += a[Units[at]] / sumA;
                nowB += b[Units[at]] / sumB;
            }

            lead += (beforeA * nowB) - (nowA * beforeB);
            (beforeA, beforeB) = (nowA, nowB);
        }

        return lead;
    }
}

/// <summary>How much nearer to the centre a group lives than an even spread over the land would have it.</summary>
/// <remarks>
/// ACE = Σ X_{k−1} A_k − Σ X_k A_{k−1}, units from the centre outwards, X and A cumulated shares of the group and of the land; from −1 to
/// 1. Units at one distance go together. With several centres the nearest counts. Swedish: <i>absolut centralisering</i>.
/// </remarks>
internal static class AbsoluteCentralization
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = SpatialCall.TwoGroup(
        new Definition(
            "absolute-centralization", "Absolute centralization", "Absolut centralisering",
            "ACE = Σ X_{k−1} A_k − Σ X_k A_{k−1}, from the centre outwards",
            Units.Index, new ValueRange(-1, 1),
            "Duncan & Duncan 1955, American Journal of Sociology 60(5); Massey & Denton 1988; Folch & Rey 2016"),
        [SpatialOptions.Centre, SpatialOptions.Land],
        call =>
        {
            if (call.Lacks(points: true, areas: true) is { } lack) return (null, lack);
            var (order, land) = (call.Central(), call.Land()!);
            return ((x, _) => Formula(x, land, order), null);
        });

    /// <summary>The formula.</summary>
    /// <param name="x">The group by unit; not empty.</param>
    /// <param name="areas">The units' land; 0 for units whose land is not counted.</param>
    /// <param name="order">The units from the centre outwards.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> areas, CentralOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        var land = Sums.Of(areas);
        return land > 0 ? Quantity.Known(order.Lead(x, areas, Sums.Of(x), land)) : Quantity.Undefined("the units have no area");
    }
}

/// <summary>How much nearer to the centre a group lives than the others.</summary>
/// <remarks>
/// RCE = Σ X_{k−1} Y_k − Σ X_k Y_{k−1}, units from the centre outwards, X and Y cumulated shares of the two groups; from −1 to 1, the share
/// of the group that would have to move for both to lie alike around the centre. Units at one distance go together. Swedish: <i>relativ
/// centralisering</i>.
/// </remarks>
internal static class RelativeCentralization
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = SpatialCall.TwoGroup(
        new Definition(
            "relative-centralization", "Relative centralization", "Relativ centralisering",
            "RCE = Σ X_{k−1} Y_k − Σ X_k Y_{k−1}, from the centre outwards",
            Units.Index, new ValueRange(-1, 1),
            "Duncan & Duncan 1955, American Journal of Sociology 60(5); Massey & Denton 1988; Folch & Rey 2016"),
        [SpatialOptions.Centre],
        call =>
        {
            if (call.Lacks(points: true) is { } lack) return (null, lack);
            var order = call.Central();
            return ((x, y) => Formula(x, y, order), null);
        });

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    /// <param name="order">The units from the centre outwards.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y, CentralOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        return Quantity.Known(order.Lead(x, y, Sums.Of(x), Sums.Of(y)));
    }
}

/// <summary>Relative centralization with each unit as the centre of its own neighbourhood.</summary>
/// <remarks>
/// RCE of the unit and its nearest units around it: above 0 where the group lives nearer to the unit than the others of the neighbourhood
/// do. Units at the distance of the last neighbour are all taken, so that the order of rows does not matter. Swedish: <i>lokal relativ
/// centralisering</i>.
/// </remarks>
internal static class LocalRelativeCentralization
{
    private static readonly MeasureOption Neighbours =
        new("neighbours", "5", "Local relative centralization: how many nearest units make the neighbourhood, or all");

    /// <summary>The measure.</summary>
    public static LocalGroupMeasure Measure { get; } = new(
        new Definition(
            "local-relative-centralization", "Local relative centralization", "Lokal relativ centralisering",
            "RCE around the unit, among its nearest units",
            Units.Index, new ValueRange(-1, 1), "Folch & Rey 2016, Papers in Regional Science 95(3)"),
        (_, _, _) => throw new MeasureOptionException("local-relative-centralization needs geography."))
    {
        NeedsGeography = true,
        Options = [Neighbours],
        Configure = (arguments, counts) =>
        {
            var call = new SpatialCall("local-relative-centralization", arguments, counts);
            var near = call.Given(Neighbours.Name) == "all" ? double.PositiveInfinity
                : call.Number(Neighbours.Name, 5, k => k >= 1 && k == Math.Floor(k), "a whole number from 1, or all");
            if (call.Lacks(points: true) is { } lack)
            {
                return Measure! with { Formula = (_, _, values) => values.Fill(Quantity.Undefined(lack)) };
            }

            var (x, y) = (call.Geography.X, call.Geography.Y);
            return Measure! with
            {
                Formula = (group, t, values) => Formula(group, t, x, y, near, values),
                Parameters = call.Parameters.SetItem(Neighbours.Name, double.IsInfinity(near) ? "all" : MeasureArguments.Text(near)),
            };
        },
    };

    /// <summary>The formula.</summary>
    /// <param name="group">The group by unit.</param>
    /// <param name="t">Everyone by unit.</param>
    /// <param name="x">East coordinates in metres.</param>
    /// <param name="y">North coordinates in metres.</param>
    /// <param name="near">How many nearest units make a neighbourhood.</param>
    /// <param name="values">One value per unit.</param>
    public static void Formula(ReadOnlySpan<double> group, ReadOnlySpan<double> t, double[] x, double[] y, double near,
        Span<Quantity> values)
    {
        var (own, all) = (group.ToArray(), t.ToArray());
        var found = new Quantity[all.Length];
        Parallel.For(0, all.Length, i => found[i] = all[i] > 0 ? Around(i, own, all, x, y, near)
            : Quantity.Undefined(UndefinedReason.EmptyUnit));
        found.CopyTo(values);
    }

    private static Quantity Around(int centre, double[] group, double[] t, double[] x, double[] y, double near)
    {
        var distances = new double[t.Length];
        for (var i = 0; i < t.Length; i++)
        {
            // Units where nobody lives are no neighbours.
            double dx = x[i] - x[centre], dy = y[i] - y[centre];
            distances[i] = t[i] > 0 && double.IsFinite(dx) ? Math.Sqrt((dx * dx) + (dy * dy)) : double.PositiveInfinity;
        }

        if (near < t.Length)
        {
            var sorted = (double[])distances.Clone();
            Array.Sort(sorted);
            var last = sorted[Math.Min((int)near, sorted.Length - 1)];
            for (var i = 0; i < distances.Length; i++)
            {
                if (distances[i] > last + Distances.Tie) distances[i] = double.PositiveInfinity;
            }
        }

        var order = CentralOrder.By(distances);
        var others = new double[t.Length];
        double sumX = 0, sumY = 0;
        foreach (var i in order.Units)
        {
            others[i] = t[i] - group[i];
            sumX += group[i];
            sumY += others[i];
        }

        return sumX > 0 && sumY > 0 ? Quantity.Known(order.Lead(group, others, sumX, sumY))
            : Quantity.Undefined("only one of the groups lives around the unit");
    }
}
