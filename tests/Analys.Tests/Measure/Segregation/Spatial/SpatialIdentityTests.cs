using System.Globalization;
using Analys.Measure;
using Analys.Measure.Inference;
using Analys.Measure.Segregation;
using Analys.Measure.Space;
using FsCheck;
using FsCheck.Fluent;
using NetTopologySuite.Geometries;

namespace Analys.Tests.Measure.Segregation.Spatial;

/// <summary>What holds for every map and every count.</summary>
public class SpatialIdentityTests
{
    private static readonly SegregationMeasure[] Spatial = [.. SegregationMeasures.All.Where(measure => measure.NeedsGeography)];

    // A small town: rectangles of unequal width and height side by side, some empty, counts of three groups.
    private static (string[] Names, double[][] Counts, Geometry[] Shapes) Town(int seed)
    {
        var random = new RandomStream(seed, 0);
        int columns = 2 + (int)random.NextLong(4), rows = 2 + (int)random.NextLong(4);
        double[] Edges(int parts) => [.. Enumerable.Range(0, parts + 1).Select(i => (i * 600.0) + (i is 0 ? 0 : random.NextLong(500)))];
        double[] east = Edges(columns), north = Edges(rows);
        var shapes = new List<Geometry>();
        var counts = new List<double[]>();
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
            {
                shapes.Add(new GeometryFactory().ToGeometry(new Envelope(east[c], east[c + 1], north[r], north[r + 1])));
                double Count() => random.NextLong(40) + (counts.Count < 4 ? 1 : 0);
                counts.Add(random.NextLong(9) == 0 && counts.Count > 4 ? [0, 0, 0] : [Count(), Count(), Count()]);
            }
        }

        return ([.. shapes.Select((_, i) => i.ToString(CultureInfo.InvariantCulture))], [.. counts], [.. shapes]);
    }

    private static Dictionary<string, Quantity> Values(string[] names, double[][] counts, Geometry[] shapes, Func<SegregationMeasure,
        bool>? which = null, string? kernel = null)
    {
        var table = new GroupCounts(names, ["x", "y", "z"], counts.SelectMany(row => row).ToArray());
        var arguments = new MeasureArguments { Geography = GeographyReader.FromShapes(names, shapes, Provenance.None) };
        if (kernel is not null) arguments = arguments.With("kernel", kernel);
        return Spatial.Where(measure => which?.Invoke(measure) ?? true)
            .SelectMany((measure, m) => measure.Of(table, arguments).Select(result => (Key:
                $"{measure.Definition.Id}|{measure.GetType().Name}|{result.Group}|{result.Reference}|{result.Area}|"
                    + string.Join(';', result.Parameters), result.Value)))
            .ToDictionary(pair => pair.Key, pair => pair.Value);
    }

    private static bool Same(Dictionary<string, Quantity> one, Dictionary<string, Quantity> other, double tolerance = 1e-8) =>
        one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var value) && value.Status == pair.Value.Status
            && (!value.HasNumber || Math.Abs(value.Number - pair.Value.Number) <= tolerance * (1 + Math.Abs(value.Number))));

    private static void Check(int runs, Func<int, bool> holds) =>
        Prop.ForAll(Gen.Choose(1, 1_000_000).ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(runs));

    [Fact]
    public void The_order_of_units_does_not_matter() => Check(25, seed =>
    {
        var (names, counts, shapes) = Town(seed);
        var order = Enumerable.Range(0, names.Length).ToArray();
        new RandomStream(seed, 1).Shuffle<int>(order);
        return Same(Values(names, counts, shapes),
            Values([.. order.Select(i => names[i])], [.. order.Select(i => counts[i])], [.. order.Select(i => shapes[i])]));
    });

    [Fact]
    public void Where_the_map_lies_and_how_it_is_turned_does_not_matter() => Check(25, seed =>
    {
        var (names, counts, shapes) = Town(seed);
        // Ties among nearest people are broken by direction, so a turned map may break them otherwise.
        static bool Turned(SegregationMeasure measure) => measure.Definition.Id is not "nearest-people-profile";
        var (angle, cos, sin) = (0.7, Math.Cos(0.7), Math.Sin(0.7));
        Assert.True(angle > 0);
        Geometry[] Moved(double a, double b, double c, double d) => [.. shapes.Select(shape =>
        {
            var moved = shape.Copy();
            moved.Apply(new NetTopologySuite.Geometries.Utilities.AffineTransformation(a, b, 674_000.37, c, d, 6_580_000.91));
            return moved;
        })];
        return Same(Values(names, counts, shapes), Values(names, counts, Moved(1, 0, 0, 1)), 1e-6)
            && Same(Values(names, counts, shapes, Turned), Values(names, counts, Moved(cos, -sin, sin, cos), Turned), 1e-6);
    });

    [Fact]
    public void Twice_as_many_people_everywhere_change_nothing() => Check(25, seed =>
    {
        var (names, counts, shapes) = Town(seed);
        static bool Scalable(SegregationMeasure measure) => measure.Definition.Id is not "nearest-people-profile";
        return Same(Values(names, counts, shapes, Scalable),
            Values(names, [.. counts.Select(row => row.Select(n => 2 * n).ToArray())], shapes, Scalable));
    });

    [Fact]
    public void An_even_spread_is_no_segregation_in_any_environment() => Check(25, seed =>
    {
        var (names, counts, shapes) = Town(seed);
        double[][] even = [.. counts.Select(row => new[] { 3 * row[0], 2 * row[0], row[0] })];
        if (even.Count(row => row[0] > 0) < 2) return true;
        return Values(names, even, shapes).Where(pair => pair.Key.StartsWith("spatial-information", StringComparison.Ordinal)
                || pair.Key.StartsWith("spatial-dissimilarity", StringComparison.Ordinal)
                || pair.Key.StartsWith("spatial-relative", StringComparison.Ordinal)
                || pair.Key.StartsWith("distortion", StringComparison.Ordinal)
                || pair.Key.StartsWith("relative-centralization", StringComparison.Ordinal)
                || pair.Key.StartsWith("dissimilarity-", StringComparison.Ordinal)
                || pair.Key.StartsWith("relative-clustering", StringComparison.Ordinal))
            .All(pair => !pair.Value.HasNumber || Math.Abs(pair.Value.Number) < 1e-9);
    });

    [Fact]
    public void A_kernel_without_width_gives_the_aspatial_value_and_one_without_end_none() => Check(40, seed =>
    {
        var (names, counts, shapes) = Town(seed);
        static bool H(SegregationMeasure measure) => measure.Definition.Id == "spatial-information-theory";
        var table = new GroupCounts(names, ["x", "y", "z"], counts.SelectMany(row => row).ToArray());
        var aspatial = SegregationMeasures.Find("information-theory").SelectMany(measure => measure.Of(table))
            .ToDictionary(result => result.Group ?? "", result => result.Value.Number);
        var narrow = Values(names, counts, shapes, H, "boxcar:1m");
        var wide = Values(names, counts, shapes, H, "gaussian:1000000km");
        var boxed = Values(names, counts, shapes, H, "boxcar:1000km");
        return narrow.All(pair => Math.Abs(pair.Value.Number - aspatial[pair.Key.Split('|')[2]]) < 1e-9)
            && wide.Concat(boxed).All(pair => Math.Abs(pair.Value.Number) < 1e-6);
    });

    [Fact]
    public void Isolation_and_exposure_in_environments_add_up_to_one() => Check(40, seed =>
    {
        var (names, counts, shapes) = Town(seed);
        var values = Values(names, counts, shapes,
            measure => measure.Definition.Id is "distance-decay-isolation" or "distance-decay-exposure" or "spatial-exposure");
        bool SumToOne(IEnumerable<KeyValuePair<string, Quantity>> parts) => Math.Abs(parts.Sum(pair => pair.Value.Number) - 1) < 1e-9;
        return new[] { "x", "y", "z" }.All(group =>
            SumToOne(values.Where(pair => pair.Key.StartsWith("distance-decay", StringComparison.Ordinal)
                && pair.Key.Split('|')[2] == group))
            && SumToOne(values.Where(pair => pair.Key.StartsWith("spatial-exposure", StringComparison.Ordinal)
                && pair.Key.Split('|')[2] == group && pair.Key.Split('|')[3] != "")));
    });

    [Fact]
    public void Swapping_the_groups_turns_centralization_and_leaves_spatial_proximity() => Check(40, seed =>
    {
        var (names, counts, shapes) = Town(seed);
        var table = new GroupCounts(names, ["x", "y"], counts.SelectMany(row => row[..2]).ToArray());
        var arguments = new MeasureArguments { Geography = GeographyReader.FromShapes(names, shapes, Provenance.None) };
        double[] Of(string id) => [.. SegregationMeasures.Find(id).Single().Of(table, arguments).Select(result => result.Value.Number)];
        return Of("relative-centralization").Sum() is < 1e-9 and > -1e-9
            && Of("spatial-proximity") is var sp && Math.Abs(sp[0] - sp[1]) < 1e-9
            && Of("dissimilarity-boundary") is var d && Math.Abs(d[0] - d[1]) < 1e-9;
    });
}
