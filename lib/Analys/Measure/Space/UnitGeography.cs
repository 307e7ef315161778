using System.Collections.Immutable;
using System.Globalization;
using Analys.Load;

namespace Analys.Measure.Space;

/// <summary>Where units lie: a point in a plane in metres, area, perimeter, and which units touch. What is not known is absent.</summary>
internal sealed class UnitGeography
{
    private readonly Dictionary<string, int> byName;
    private readonly Dictionary<string, int?> byNumber = new(StringComparer.Ordinal);
    private readonly Lazy<Adjacency>? adjacency;
    private volatile UnitGeography? lastPart;

    /// <summary>The geography of units.</summary>
    /// <param name="units">Their names or codes.</param>
    /// <param name="x">East coordinates in metres; empty where they are not known.</param>
    /// <param name="y">North coordinates in metres.</param>
    /// <param name="areas">Areas in square metres; empty where they are not known.</param>
    /// <param name="perimeters">Perimeters in metres; empty where they are not known.</param>
    /// <param name="adjacency">Which units touch, by their place in <paramref name="units"/>, found when it is first asked for; null where
    /// it is not known.</param>
    /// <param name="provenance">Where it came from.</param>
    public UnitGeography(
        IEnumerable<string> units, double[] x, double[] y, double[] areas, double[] perimeters, Func<Adjacency>? adjacency,
        Provenance provenance)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        ArgumentNullException.ThrowIfNull(areas);
        ArgumentNullException.ThrowIfNull(perimeters);
        Units = units is ImmutableArray<string> array ? array : [.. units];
        (X, Y, Areas, Perimeters, Provenance) = (x, y, areas, perimeters, provenance);
        this.adjacency = adjacency is null ? null : new Lazy<Adjacency>(adjacency);
        byName = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < Units.Length; i++)
        {
            byName[Units[i]] = i;
            // 0114 and 114 are one code where a level of a file has numbers and the table has text; two candidates are none.
            var number = AsNumber(Units[i]);
            if (number is not null && !byNumber.TryAdd(number, i)) byNumber[number] = null;
        }
    }

    /// <summary>The names or codes.</summary>
    public ImmutableArray<string> Units { get; }

    /// <summary>East coordinates in metres; empty where they are not known.</summary>
    public double[] X { get; }

    /// <summary>North coordinates in metres; empty where they are not known.</summary>
    public double[] Y { get; }

    /// <summary>Areas in square metres; empty where they are not known.</summary>
    public double[] Areas { get; }

    /// <summary>Perimeters in metres; empty where they are not known.</summary>
    public double[] Perimeters { get; }

    /// <summary>Which units touch; null where it is not known.</summary>
    public Adjacency? Adjacency => adjacency?.Value;

    /// <summary>Distances along a network; null where distances are those of the points.</summary>
    public DistanceMatrix? Distances { get; private init; }

    /// <summary>Where it came from.</summary>
    public Provenance Provenance { get; }

    /// <summary>The place of a unit in <see cref="Units"/>; −1 where it has none. Codes that differ in leading zeros only are
    /// one.</summary>
    /// <param name="unit">Its name or code.</param>
    public int IndexOf(string unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return byName.TryGetValue(unit, out var index) ? index
            : AsNumber(unit) is { } number && byNumber.TryGetValue(number, out var byCode) && byCode is { } found ? found
            : -1;
    }

    /// <summary>The same with adjacency from elsewhere.</summary>
    /// <param name="other">Which units touch, by their place in <see cref="Units"/>.</param>
    /// <param name="from">Where that came from.</param>
    public UnitGeography With(Adjacency other, Provenance from) => new(Units, X, Y, Areas, Perimeters, () => other,
        Provenance.Merge(from))
    { Distances = Distances };

    /// <summary>The same with distances along a network.</summary>
    /// <param name="distances">The distances, by the units' place in <see cref="Units"/>.</param>
    /// <param name="from">Where they came from.</param>
    public UnitGeography With(DistanceMatrix distances, Provenance from) =>
        new(Units, X, Y, Areas, Perimeters, adjacency is null ? null : () => adjacency.Value,
            Provenance.Merge(from))
        { Distances = distances };

    /// <summary>The geography of some of the units, in another order. A unit without a place gets NaN.</summary>
    /// <param name="units">Their names or codes.</param>
    public UnitGeography Of(ImmutableArray<string> units)
    {
        // Measure after measure asks for the same units.
        if (lastPart is { } last && last.Units == units) return last;
        return lastPart = Part(units);
    }

    private UnitGeography Part(ImmutableArray<string> units)
    {
        var from = units.Select(IndexOf).ToArray();
        double[] Pick(double[] values) => values.Length == 0 ? [] : [.. from.Select(i => i < 0 ? double.NaN : values[i])];
        return new UnitGeography(units, Pick(X), Pick(Y), Pick(Areas), Pick(Perimeters), adjacency is null ? null : Between, Provenance)
        {
            Distances = Distances?.Of(from),
        };

        Adjacency Between()
        {
            var to = new Dictionary<int, int>();
            for (var i = 0; i < from.Length; i++)
            {
                if (from[i] >= 0) to[from[i]] = i;
            }

            return new Adjacency(from.Length, adjacency!.Value.Borders()
                .Where(border => to.ContainsKey(border.First) && to.ContainsKey(border.Second))
                .Select(border => new Border(to[border.First], to[border.Second], border.Length)));
        }
    }

    private static string? AsNumber(string code) =>
        code.Length > 0 && code.All(char.IsAsciiDigit) ? code.TrimStart('0') is { Length: > 0 } digits ? digits : "0" : null;
}

/// <summary>The codes of units in a column of text or numbers, written alike.</summary>
internal static class UnitKeys
{
    /// <summary>By row the code; null where a mark stands.</summary>
    public static string?[] Of(Column column)
    {
        var keys = new string?[column.Count];
        if (column is TextColumn text)
        {
            for (var row = 0; row < keys.Length; row++) keys[row] = text.Codes[row] < 0 ? null : text.Categories[text.Codes[row]];
        }
        else if (column is NumberColumn number)
        {
            for (var row = 0; row < keys.Length; row++)
            {
                keys[row] = number.MarkAt(row) == Mark.None ? number.Values[row].ToString(CultureInfo.InvariantCulture) : null;
            }
        }

        return keys;
    }
}

/// <summary>When two distances are one.</summary>
internal static class Distances
{
    /// <summary>Distances in metres that differ by less are equal: coordinates of seven digits leave no more than that to a
    /// double.</summary>
    /// <remarks>So a map moved or turned gives the same ties as the map itself.</remarks>
    public const double Tie = 1e-6;
}

/// <summary>How far a unit's own residents live from each other.</summary>
internal enum SelfDistance
{
    /// <summary>√(0.6 a), a the unit's area (Massey &amp; Denton 1988).</summary>
    MasseyDenton,

    /// <summary>0.6 √a (White 1983).</summary>
    White,

    /// <summary>0.</summary>
    Zero,
}

/// <summary>Distances within units.</summary>
internal static class SelfDistances
{
    /// <summary>The distance within a unit, in metres.</summary>
    /// <param name="kind">The convention.</param>
    /// <param name="area">The unit's area in square metres.</param>
    public static double Metres(this SelfDistance kind, double area) => kind switch
    {
        SelfDistance.MasseyDenton => Math.Sqrt(0.6 * area),
        SelfDistance.White => 0.6 * Math.Sqrt(area),
        _ => 0,
    };

    /// <summary>The name of the convention in options and records.</summary>
    /// <param name="kind">The convention.</param>
    public static string Name(this SelfDistance kind) => kind switch
    {
        SelfDistance.MasseyDenton => "massey-denton",
        SelfDistance.White => "white",
        _ => "zero",
    };

    /// <summary>Reads a convention: <c>massey-denton</c>, <c>white</c>, <c>zero</c>.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">There is none of that name.</exception>
    public static SelfDistance Parse(string text) => text switch
    {
        "massey-denton" => SelfDistance.MasseyDenton,
        "white" => SelfDistance.White,
        "zero" => SelfDistance.Zero,
        _ => throw new FormatException("The self-distance is massey-denton (√(0.6 a)), white (0.6 √a) or zero."),
    };
}
