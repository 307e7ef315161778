namespace Analys.Measure.Segregation.Spatial;

/// <summary>How densely a number of people could live at most and at least: the mean area of the smallest and of the largest units that
/// hold them.</summary>
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

/// <summary>How little land a group lives on, between the most and the least that it could.</summary>
/// <remarks>
/// ACO = 1 − (Σ x_i a_i / X − A1) / (A2 − A1), A1 and A2 the mean areas of the smallest and largest units that hold as many people as the
/// group has. 1 where the group lives as densely as it could. Units of one area (to 1e-7 of it) are filled together, so that a table's
/// order decides nothing; other packages take them in the order of the rows. Undefined where A1 = A2: all units of one area, or a group as
/// large as everyone. Swedish: <i>absolut koncentration</i>.
/// </remarks>
internal static class AbsoluteConcentration
{
    /// <summary>Whether the last unit is filled whole or in proportion.</summary>
    internal static MeasureOption Fill { get; } =
        new("fill", "units", "Concentration: whole units until they hold the group (units), or the last in proportion (people)");

    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = SpatialCall.TwoGroup(
        new Definition(
            "absolute-concentration", "Absolute concentration", "Absolut koncentration", "ACO = 1 − (Σ x_i a_i / X − A1) / (A2 − A1)",
            Units.Index, ValueRange.Any, "Massey & Denton 1988, Social Forces 67(2)"),
        [Fill],
        call =>
        {
            var (whole, areas) = (call.Word(Fill.Name, "units", "people") == "units", call.Geography.Areas);
            return call.Lacks(areas: true) is { } lack ? (null, lack) : ((x, y) => Formula(x, y, areas, whole), null);
        });

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit.</param>
    /// <param name="areas">The units' areas.</param>
    /// <param name="whole">Whether the last units are taken whole.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double[] areas, bool whole = true)
    {
        var t = Concentration.Both(x, y);
        var (order, people) = (Concentration.BySize(t, areas), Sums.Of(x));
        var densest = Concentration.MeanArea(t, areas, order, people, whole);
        Array.Reverse(order);
        var sparsest = Concentration.MeanArea(t, areas, order, people, whole);
        return sparsest > densest
            ? Quantity.Known(1 - ((Concentration.MeanArea(x, areas) - densest) / (sparsest - densest)))
            : Quantity.Undefined("the units do not differ in area");
    }
}

/// <summary>How much more land the others live on than the group, between the extremes that are possible.</summary>
/// <remarks>
/// RCO = ((Σ x_i a_i / X) / (Σ y_i a_i / Y) − 1) / (A1 / A2 − 1), A1 and A2 the mean areas of the smallest and of the largest units that
/// hold as many people as the group has (Massey &amp; Denton's n1 and n2); in OasisR A2 is that of units that hold as many as the others
/// have. Undefined where A1 = A2. Swedish: <i>relativ koncentration</i>.
/// </remarks>
internal static class RelativeConcentration
{
    private static readonly MeasureOption Sparsest =
        new("largest-hold", "group",
            "Relative concentration: the largest units are filled with as many people as the group has, or the others");

    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = SpatialCall.TwoGroup(
        new Definition(
            "relative-concentration", "Relative concentration", "Relativ koncentration",
            "RCO = ((Σ x_i a_i / X) / (Σ y_i a_i / Y) − 1) / (A1 / A2 − 1)",
            Units.Index, ValueRange.Any, "Massey & Denton 1988, Social Forces 67(2)"),
        [AbsoluteConcentration.Fill, Sparsest],
        call =>
        {
            var whole = call.Word(AbsoluteConcentration.Fill.Name, "units", "people") == "units";
            var (group, areas) = (call.Word(Sparsest.Name, "group", "others") == "group", call.Geography.Areas);
            return call.Lacks(areas: true) is { } lack ? (null, lack) : ((x, y) => Formula(x, y, areas, whole, group), null);
        });

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    /// <param name="areas">The units' areas.</param>
    /// <param name="whole">Whether the last units are taken whole.</param>
    /// <param name="group">Whether the largest units hold as many as the group has; else as many as the others have.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double[] areas, bool whole = true, bool group = true)
    {
        var t = Concentration.Both(x, y);
        var (order, people) = (Concentration.BySize(t, areas), Sums.Of(x));
        var densest = Concentration.MeanArea(t, areas, order, people, whole);
        Array.Reverse(order);
        var sparsest = Concentration.MeanArea(t, areas, order, group ? people : Sums.Of(y), whole);
        return sparsest > densest
            ? Quantity.Known(((Concentration.MeanArea(x, areas) / Concentration.MeanArea(y, areas)) - 1) / ((densest / sparsest) - 1))
            : Quantity.Undefined("the units do not differ in area");
    }
}

/// <summary>The share of a group that would have to move for it to live equally densely everywhere.</summary>
/// <remarks>DEL = ½ Σ |x_i / X − a_i / A|, from 0 to 1; a the unit's land. Swedish: <i>deltaindex</i>.</remarks>
internal static class Delta
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = SpatialCall.TwoGroup(
        new Definition(
            "delta", "Delta (concentration)", "Deltaindex", "DEL = ½ Σ |x_i / X − a_i / A|",
            Units.Index, ValueRange.Unit, "Hoover 1941; Duncan, Cuzzort & Duncan 1961; Massey & Denton 1988, Social Forces 67(2)"),
        [SpatialOptions.Land],
        call => call.Land() is { } land ? ((x, _) => Formula(x, land), null) : (null, call.Lacks(areas: true)));

    /// <summary>The formula.</summary>
    /// <param name="x">The group by unit; not empty.</param>
    /// <param name="areas">The units' land; 0 for units whose land is not counted.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> areas)
    {
        double sumX = Sums.Of(x), land = Sums.Of(areas), sum = 0;
        if (land <= 0) return Quantity.Undefined("the units have no area");
        for (var i = 0; i < x.Length; i++) sum += Math.Abs((x[i] / sumX) - (areas[i] / land));
        return Quantity.Known(Math.Min(1, sum / 2));
    }
}
