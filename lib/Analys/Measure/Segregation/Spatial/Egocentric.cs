using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Analys.Measure.Inference;
using Analys.Measure.Space;
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
            [.. inhabited.Select(i => x[i])], [.. inhabited.Select(i => y[i])], new double[inhabited.Count * groups.Count],
            [.. groups.Select(_ => 0.0)]);
        for (var i = 0; i < inhabited.Count; i++)
        {
            for (var g = 0; g < groups.Count; g++)
                points.Counts[(i * groups.Count) + g] = table.Counts[(inhabited[i] * table.Groups) + groups[g]];
        }

        for (var g = 0; g < groups.Count; g++) points.LogShares[g] = PortableMath.Log(table.GroupTotals[groups[g]] / table.Total);
        Parallel.For(0, inhabited.Count, () => new EgocentricWalk(points), (i, _, walk) =>
        {
            areas[inhabited[i]] = walk.Area(i);
            return walk;
        }, _ => { });
        return areas;
    }

    /// <summary>The area for the most isolated person of the smallest group where every group has a ghetto of its own, ordered by
    /// size.</summary>
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
                return ((1 - passing) * -PortableMath.Log(s)) + (passing > 0 ? passing * PortableMath.Log(passing / size) : 0);
            }

            area += start == 0 ? size * -PortableMath.Log(size) : DoubleExponentialTransformation.Integrate(Divergence, start, start + size, 1e-10);
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

/// <summary>Walks outwards from one unit after another; one thread's scratch space, linear in the units.</summary>
internal sealed class EgocentricWalk
{
    private const int Bits = 11, Radix = 1 << Bits, Mask = Radix - 1;

    private readonly EgocentricPoints points;
    private readonly int padded;
    private readonly double[] distances2, sorted, people, cumulated, divergence, running;
    private readonly int[] digits = new int[3 * Radix];
    private int[] order, otherOrder;
    private uint[] keys, otherKeys;

    public EgocentricWalk(EgocentricPoints points)
    {
        this.points = points;
        padded = (points.Units + 7) / 8 * 8;
        (distances2, sorted, people, divergence) = (new double[padded], new double[padded], new double[padded], new double[padded]);
        (cumulated, running) = (new double[padded * points.Groups], new double[points.Groups]);
        (order, otherOrder, keys, otherKeys) =
            (new int[points.Units], new int[points.Units], new uint[points.Units], new uint[points.Units]);
    }

    /// <summary>∫₀¹ max_{r ≥ s} KL(r) ds around a unit.</summary>
    public double Area(int centre)
    {
        Sort(centre);
        Cumulate();
        Diverge();
        var (n, largest, area, current) = (points.Units, 0.0, 0.0, 0.0);
        for (var k = n - 1; k >= 0; k--)
        {
            // Units at one distance come together: only where they end is the divergence looked at.
            if (k == n - 1 || sorted[k + 1] - sorted[k] > Distances.Tie * ((2 * Math.Sqrt(sorted[k])) + Distances.Tie))
                current = divergence[k];
            largest = Math.Max(largest, current);
            area += (people[k] - (k > 0 ? people[k - 1] : 0)) * largest;
        }

        return area / people[n - 1];
    }

    // By radix on the squared distance in single precision, whose bits rise with it; what is equal there is put right afterwards. A map
    // with dense spots costs no more than an even one.
    private void Sort(int centre)
    {
        var n = points.Units;
        double x = points.X[centre], y = points.Y[centre];
        Array.Clear(digits);
        for (var i = 0; i < n; i++)
        {
            double dx = points.X[i] - x, dy = points.Y[i] - y, d2 = (dx * dx) + (dy * dy);
            distances2[i] = d2;
            var key = BitConverter.SingleToUInt32Bits((float)d2);
            (keys[i], order[i]) = (key, i);
            digits[key & Mask]++;
            digits[Radix + ((key >> Bits) & Mask)]++;
            digits[(2 * Radix) + (key >> (2 * Bits))]++;
        }

        for (var pass = 0; pass < 3; pass++)
        {
            var starts = digits.AsSpan(pass * Radix, Radix);
            var sum = 0;
            for (var digit = 0; digit < Radix; digit++) (starts[digit], sum) = (sum, sum + starts[digit]);
            for (var i = 0; i < n; i++)
            {
                var at = starts[(int)((keys[i] >> (pass * Bits)) & Mask)]++;
                (otherKeys[at], otherOrder[at]) = (keys[i], order[i]);
            }

            (keys, otherKeys, order, otherOrder) = (otherKeys, keys, otherOrder, order);
        }

        for (var i = 0; i < n; i++)
        {
            var (unit, at) = (order[i], i);
            var key = distances2[unit];
            for (; at > 0 && sorted[at - 1] > key; at--) (sorted[at], order[at]) = (sorted[at - 1], order[at - 1]);
            (sorted[at], order[at]) = (key, unit);
        }
    }

    private void Cumulate()
    {
        var groups = points.Groups;
        var running = this.running.AsSpan(0, groups);
        running.Clear();
        var everyone = 0.0;
        for (var k = 0; k < points.Units; k++)
        {
            var row = points.Counts.AsSpan(order[k] * groups, groups);
            for (var g = 0; g < row.Length; g++)
            {
                everyone += row[g];
                cumulated[(g * padded) + k] = running[g] += row[g];
            }

            people[k] = everyone;
        }
    }

    // KL = Σ c_g (ln c_g − ln P_g) / c − ln c over cumulated counts c, four steps at a time.
    private void Diverge()
    {
        var all = MemoryMarshal.Cast<double, Vector256<double>>(people);
        var into = MemoryMarshal.Cast<double, Vector256<double>>(divergence.AsSpan());
        into.Clear();
        for (var g = 0; g < points.Groups; g++)
        {
            var column = MemoryMarshal.Cast<double, Vector256<double>>(cumulated.AsSpan(g * padded, padded));
            var share = Vector256.Create(points.LogShares[g]);
            for (var v = 0; v < column.Length; v++)
            {
                // 0 ln 0 is 0.
                into[v] += column[v] * (PortableMath.Log(Vector256.Max(column[v], Vector256.Create(1e-300))) - share);
            }
        }

        for (var v = 0; v < all.Length; v++) into[v] = (into[v] / all[v]) - PortableMath.Log(Vector256.Max(all[v], Vector256.Create(1e-300)));
    }
}

/// <summary>The mean over all people of the distortion of their unit: how long the city, seen from home outwards, stays unlike the
/// whole.</summary>
/// <remarks>Σ t_i Δ_i / T, Δ as in <see cref="LocalDistortion"/>. Swedish: <i>distorsion</i>.</remarks>
internal static class Distortion
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = SpatialCall.Multigroup(
        new Definition(
            "distortion", "Distortion coefficient", "Distorsion",
            "Σ t_i Δ_i / T, Δ_i = ∫₀¹ max_{r ≥ s} KL_i(r) ds over that of the most segregated case",
            Units.Index, ValueRange.NonNegative, "Olteanu, Randon-Furling & Clark 2019, PNAS 116(25)"),
        [LocalDistortion.Scale],
        call =>
        {
            var normalised = call.Word(LocalDistortion.Scale.Name, "normalised", "area") == "normalised";
            if (call.Lacks(points: true) is { } lack) return (null, lack);
            var (x, y) = (call.Geography.X, call.Geography.Y);
            return (table => Formula(table, x, y, normalised), null);
        });

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group.</param>
    /// <param name="x">East coordinates in metres.</param>
    /// <param name="y">North coordinates in metres.</param>
    /// <param name="normalised">Whether to divide by the most segregated case.</param>
    public static Quantity Formula(CountTable table, double[] x, double[] y, bool normalised)
    {
        var areas = Egocentric.Areas(table, x, y);
        var mean = 0.0;
        for (var i = 0; i < areas.Length; i++)
        {
            if (table.UnitTotals[i] > 0) mean += table.UnitTotals[i] / table.Total * areas[i];
        }

        return Quantity.Ratio(mean, normalised ? Egocentric.Worst(table.GroupTotals) : 1, UndefinedReason.OneGroup);
    }
}

/// <summary>How long the city looked at from a unit, ever farther outwards, stays unlike the whole.</summary>
/// <remarks>
/// KL(s) = Σ_g q_g ln(q_g / P_g) is the divergence of the nearest share s of the population from the whole. The focal distance of a level
/// of divergence is the last s at which it is exceeded; the distortion is the area under focal distances over all levels, ∫₀¹ max_{r ≥ s}
/// KL(r) ds. Normalised it is divided by that of the worst case: groups in ghettos ordered by size, seen from the smallest. From 0 to 1;
/// not normalised in nats. Units at one distance are taken together. Swedish: <i>lokal distorsion</i>.
/// </remarks>
internal static class LocalDistortion
{
    internal static MeasureOption Scale { get; } =
        new("distortion", "normalised", "Distortion: normalised by the most segregated case, or the area in nats");

    /// <summary>The measure.</summary>
    public static LocalMeasure Measure { get; } = new(
        new Definition(
            "local-distortion", "Local distortion coefficient", "Lokal distorsion",
            "∫₀¹ max_{r ≥ s} KL_i(r) ds, over that of the most segregated case",
            Units.Index, ValueRange.NonNegative, "Olteanu, Randon-Furling & Clark 2019, PNAS 116(25)"),
        (_, _) => throw new MeasureOptionException("local-distortion needs geography."))
    {
        NeedsGeography = true,
        Options = [Scale],
        Configure = (arguments, counts) =>
        {
            var call = new SpatialCall("local-distortion", arguments, counts);
            var normalised = call.Word(Scale.Name, "normalised", "area") == "normalised";
            var (x, y, lack) = (call.Geography.X, call.Geography.Y, call.Lacks(points: true));
            return Measure! with
            {
                Formula = (table, values) =>
                {
                    if (lack is null) Formula(table, x, y, normalised, values);
                    else values.Fill(Quantity.Undefined(lack));
                },
                Parameters = call.Parameters,
                UnitOverride = normalised ? null : Units.Nats,
            };
        },
    };

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group.</param>
    /// <param name="x">East coordinates in metres.</param>
    /// <param name="y">North coordinates in metres.</param>
    /// <param name="normalised">Whether to divide by the most segregated case.</param>
    /// <param name="values">One value per unit.</param>
    public static void Formula(CountTable table, double[] x, double[] y, bool normalised, Span<Quantity> values)
    {
        var areas = Egocentric.Areas(table, x, y);
        var worst = normalised ? Egocentric.Worst(table.GroupTotals) : 1;
        for (var i = 0; i < areas.Length; i++)
        {
            values[i] = double.IsNaN(areas[i]) ? Quantity.Undefined(UndefinedReason.EmptyUnit)
                : Quantity.Ratio(areas[i], worst, UndefinedReason.OneGroup);
        }
    }
}
