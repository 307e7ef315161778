using Analys.Domain;
using Analys.Measure.Spatial;

namespace Analys.Measure.Segregation.Spatial;

/// <summary>Relative centralization with each unit as the centre of its own neighbourhood.</summary>
/// <remarks>
/// RCE of the unit and its nearest units around it: above 0 where the group lives nearer to the unit than the others of the neighbourhood do.
/// Units at the distance of the last neighbour are all taken, so that the order of rows does not matter. Swedish: <i>lokal relativ centralisering</i>.
/// </remarks>
public static class LocalRelativeCentralization
{
    private static readonly MeasureOption Neighbours = new("neighbours", "5", "Local relative centralization: how many nearest units make the neighbourhood, or all");

    /// <summary>The measure.</summary>
    public static LocalGroupMeasure Measure { get; } = new(
        new Definition(
            "local-relative-centralization", "Local relative centralization", "Lokal relativ centralisering", "RCE around the unit, among its nearest units",
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
    public static void Formula(ReadOnlySpan<double> group, ReadOnlySpan<double> t, double[] x, double[] y, double near, Span<Quantity> values)
    {
        var (own, all) = (group.ToArray(), t.ToArray());
        var found = new Quantity[all.Length];
        Parallel.For(0, all.Length, i => found[i] = all[i] > 0 ? Around(i, own, all, x, y, near) : Quantity.Undefined(UndefinedReason.EmptyUnit));
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

        return sumX > 0 && sumY > 0 ? Quantity.Known(order.Lead(group, others, sumX, sumY)) : Quantity.Undefined("only one of the groups lives around the unit");
    }
}
