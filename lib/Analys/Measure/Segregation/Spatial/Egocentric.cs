using MathNet.Numerics.Integration;

namespace Analys.Measure.Segregation.Spatial;

/// <summary>Egocentric divergence: the composition around a unit, ever farther outwards, against that of the whole.</summary>
internal static class Egocentric
{
    /// <summary>By unit, the area under the largest divergence yet to come; NaN for units where nobody lives.</summary>
    /// <param name="table">Persons by unit and group.</param>
    /// <param name="x">East coordinates in metres.</param>
    /// <param name="y">North coordinates in metres.</param>
    public static double[] Areas(CountTable table, double[] x, double[] y)
    {
        var areas = new double[table.Units];
        Array.Fill(areas, double.NaN);
        var inhabited = new List<int>();
        for (var i = 0; i < table.Units; i++)
        {
            if (table.UnitTotals[i] > 0 && double.IsFinite(x[i])) inhabited.Add(i);
        }

        // Groups without members say nothing and would divide by zero.
        var groups = new List<int>();
        for (var g = 0; g < table.Groups; g++)
        {
            if (table.GroupTotals[g] > 0) groups.Add(g);
        }

        var points = new EgocentricPoints(
            [.. inhabited.Select(i => x[i])], [.. inhabited.Select(i => y[i])], new double[inhabited.Count * groups.Count], [.. groups.Select(_ => 0.0)]);
        for (var i = 0; i < inhabited.Count; i++)
        {
            for (var g = 0; g < groups.Count; g++) points.Counts[(i * groups.Count) + g] = table.Counts[(inhabited[i] * table.Groups) + groups[g]];
        }

        for (var g = 0; g < groups.Count; g++) points.LogShares[g] = Math.Log(table.GroupTotals[groups[g]] / table.Total);
        Parallel.For(0, inhabited.Count, () => new EgocentricWalk(points), (i, _, walk) =>
        {
            areas[inhabited[i]] = walk.Area(i);
            return walk;
        }, _ => { });
        return areas;
    }

    /// <summary>The area for the most isolated person of the smallest group where every group has a ghetto of its own, ordered by size.</summary>
    /// <param name="groupTotals">All persons by group.</param>
    public static double Worst(ReadOnlySpan<double> groupTotals)
    {
        double[] shares = [.. groupTotals.ToArray().Where(total => total > 0)];
        var total = shares.Sum();
        Array.Sort(shares);
        double area = 0, before = 0;
        foreach (var share in shares.Select(people => people / total))
        {
            // Ghettos already passed are complete, so their part of the divergence is −ln s; the one being passed adds its own.
            var (start, size) = (before, share);
            double Divergence(double s)
            {
                var passing = (s - start) / s;
                return ((1 - passing) * -Math.Log(s)) + (passing > 0 ? passing * Math.Log(passing / size) : 0);
            }

            area += start == 0 ? size * -Math.Log(size) : DoubleExponentialTransformation.Integrate(Divergence, start, start + size, 1e-10);
            before += size;
        }

        return area;
    }
}

/// <summary>Inhabited units as a walk outwards needs them.</summary>
/// <param name="X">East coordinates.</param>
/// <param name="Y">North coordinates.</param>
/// <param name="Counts">Persons by unit and group, unit by unit.</param>
/// <param name="LogShares">ln P_g.</param>
internal sealed record EgocentricPoints(double[] X, double[] Y, double[] Counts, double[] LogShares)
{
    public int Units => X.Length;

    public int Groups => LogShares.Length;
}
