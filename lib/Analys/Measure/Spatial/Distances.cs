namespace Analys.Measure.Spatial;

/// <summary>When two distances are one.</summary>
public static class Distances
{
    /// <summary>Distances in metres that differ by less are equal: coordinates of seven digits leave no more than that to a double.</summary>
    /// <remarks>So a map moved or turned gives the same ties as the map itself.</remarks>
    public const double Tie = 1e-6;
}

/// <summary>How far a unit's own residents live from each other.</summary>
public enum SelfDistance
{
    /// <summary>√(0.6 a), a the unit's area (Massey &amp; Denton 1988).</summary>
    MasseyDenton,

    /// <summary>0.6 √a (White 1983).</summary>
    White,

    /// <summary>0.</summary>
    Zero,
}

/// <summary>Distances within units.</summary>
public static class SelfDistances
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
