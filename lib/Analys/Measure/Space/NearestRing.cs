using System.Runtime.CompilerServices;

namespace Analys.Measure.Space;

/// <summary>The points of a ring around a place, and those of them at the very distance where the wanted people are reached.</summary>
internal sealed class NearestRing
{
    private readonly List<Tied> tied = [];
    private Point[] points = new Point[1024];
    private int count;

    public record struct Point(double Distance2, double People, int Index);

    /// <summary>A point at the deciding distance; its own unit first, then south before north and west before east.</summary>
    public readonly record struct Tied(int Index, bool Own, long North, long East) : IComparable<Tied>
    {
        public bool SameAs(Tied other) => (Own, North, East) == (other.Own, other.North, other.East);

        public int CompareTo(Tied other) => Own != other.Own ? Own ? -1 : 1
            : North != other.North ? North.CompareTo(other.North)
            : East.CompareTo(other.East);
    }

    public Span<Point> Points => points.AsSpan(0, count);

    /// <summary>The points at the deciding distance, in their order.</summary>
    public ReadOnlySpan<Tied> AtTheEdge
    {
        get
        {
            if (tied.Count > 1) tied.Sort();
            return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(tied);
        }
    }

    public void Clear() => count = 0;

    public void ClearTied() => tied.Clear();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(double distance2, int index, double people)
    {
        if (count == points.Length) Array.Resize(ref points, 2 * count);
        points[count++] = new Point(distance2, people, index);
    }

    // Directions in steps of a hundredth of a millimetre: finer differences are the rounding of coordinates.
    public void Tie(Point point, bool own, double dx, double dy, NearestTies ties) => tied.Add(ties == NearestTies.Together
        ? new Tied(point.Index, own, 0, 0)
        : new Tied(point.Index, own, (long)Math.Round(dy * 1e5), (long)Math.Round(dx * 1e5)));

    /// <summary>The squared distance at which the points of the ring, nearest first, have so many people (weighted quickselect).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Reach(double people)
    {
        int low = 0, high = count;
        var reached = 0.0;
        while (high - low > 24)
        {
            var pivot = Pivot(low, high);
            int less = low, more = high, i = low;
            double inLess = 0, inEqual = 0;
            while (i < more)
            {
                ref var point = ref points[i];
                if (point.Distance2 < pivot)
                {
                    inLess += point.People;
                    (points[less], point) = (point, points[less]);
                    less++;
                    i++;
                }
                else if (point.Distance2 > pivot)
                {
                    more--;
                    (points[more], point) = (point, points[more]);
                }
                else
                {
                    inEqual += point.People;
                    i++;
                }
            }

            if (reached + inLess >= people) high = less;
            else if (reached + inLess + inEqual >= people) return pivot;
            else (reached, low) = (reached + inLess + inEqual, more);
        }

        var few = points.AsSpan(low, high - low);
        few.Sort(static (a, b) => a.Distance2.CompareTo(b.Distance2));
        foreach (ref readonly var point in few)
        {
            reached += point.People;
            if (reached >= people) return point.Distance2;
        }

        // Rounding of fractional counts may leave a trace missing: the farthest point is then where they are reached.
        return few.Length > 0 ? few[^1].Distance2 : low > 0 ? points[low - 1].Distance2 : 0;
    }

    // The middle of the middles of nine: points come box by box, near and far in turn, where the middle of three is often an end.
    private double Pivot(int low, int high)
    {
        var step = (high - low) / 9;
        double Three(int at) => Median(points[at].Distance2, points[at + step].Distance2, points[at + (2 * step)].Distance2);
        return high - low < 64 ? Median(points[low].Distance2, points[(low + high) / 2].Distance2, points[high - 1].Distance2)
            : Median(Three(low), Three(low + (3 * step)), Three(low + (6 * step)));
    }

    private static double Median(double a, double b, double c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
