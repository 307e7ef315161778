using System.Globalization;
using Analys.Measure;
using Analys.Measure.Segregation;
using Analys.Tests.Measure.Space;

namespace Analys.Tests.Measure.Segregation.Spatial;

/// <summary>Values computed by other codes on the reference grid: pysal, OasisR, and the textbook formulas independently.</summary>
public class GridTests
{
    private static readonly string[] GroupNames = ["A", "B", "C", "D"];

    internal static Results Of(string id, params (string Name, string Value)[] options)
    {
        var arguments = new MeasureArguments { Geography = Grid20.Geography };
        foreach (var (name, value) in options) arguments = arguments.With(name, value);
        return SegregationMeasures.Find(id).Select(measure => measure.Of(Grid20.Counts, arguments))
            .Aggregate((all, more) => all.Concat(more));
    }

    private static double B(string id, params (string Name, string Value)[] options) =>
        Of(id, options).Single(result => result.Group == "B" && result.Reference is null).Value.Number;

    private static double All(string id, params (string Name, string Value)[] options) =>
        Of(id, options).Single(result => result.Group is null).Value.Number;

    [SharedFact]
    public void B_against_the_rest_agrees_with_the_values_that_codes_agree_on()
    {
        var agreed = File.ReadLines(Grid20.At("grid20_B_vs_rest_agreed.csv")).Skip(1).Select(line => line.Split(','))
            .ToDictionary(cells => cells[0].Trim('"'), cells => cells);
        double Agreed(string start) => double.Parse(agreed.Single(row => row.Key.StartsWith(start, StringComparison.Ordinal)).Value.First(
            cell => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _)), CultureInfo.InvariantCulture);

        Assert.Equal(Agreed("Delta"), B("delta"), 1e-10);
        Assert.Equal(Agreed("Morrill D(adj) rook"), B("dissimilarity-adjacency"), 1e-10);
        Assert.Equal(Agreed("Morrill D(adj) queen"), B("dissimilarity-adjacency", ("contiguity", "queen")), 1e-10);
        Assert.Equal(Agreed("Wong D(w)"), B("dissimilarity-boundary"), 1e-10);
        Assert.Equal(0.24151, B("dissimilarity-boundary", ("border-weights", "row")), 5e-6);
        Assert.Equal(Agreed("Wong D(s)"), B("dissimilarity-perimeter-area"), 1e-10);
        Assert.Equal(Agreed("ACL"), B("absolute-clustering", ("self-distance", "zero")), 1e-10);
        Assert.Equal(Agreed("SP"), B("spatial-proximity", ("self-distance", "zero")), 1e-10);
        Assert.Equal(Agreed("RCL"), B("relative-clustering", ("self-distance", "zero")), 1e-10);
        Assert.Equal(Agreed("DPxx"), B("distance-decay-isolation", ("self-distance", "zero")), 1e-10);
        var triangular = File.ReadLines(Grid20.At("grid20_B_vs_rest_agreed.csv"))
            .Where(line => line.StartsWith("\"Spatial", StringComparison.Ordinal))
            .Select(line => double.Parse(line.Split('"')[2].Split(',')[1], CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(triangular[0], All("spatial-information-theory", ("kernel", "triangular:1000m")), 1e-10);
        Assert.Equal(triangular[1], All("spatial-dissimilarity", ("kernel", "triangular:1km")), 1e-10);
    }

    [SharedTheory]
    [InlineData("exp(-1*d_km)", "exp:1km")]
    [InlineData("exp(-2*d_km)", "exp:500m")]
    [InlineData("boxcar d<=1km", "boxcar:1km")]
    [InlineData("boxcar d<=2km", "boxcar:2km")]
    [InlineData("boxcar d<=5km", "boxcar:5km")]
    [InlineData("gaussian exp(-d2/2s2) s=0.5km", "gaussian:0.5km")]
    [InlineData("gaussian exp(-d2/2s2) s=1km", "gaussian:1km")]
    [InlineData("gaussian exp(-d2/2s2) s=2km", "gaussian:2km")]
    [InlineData("triangular (1-d/1km)+", "triangular:1km")]
    [InlineData("triangular (1-d/2km)+", "triangular:2km")]
    [InlineData("triangular (1-d/5km)+", "triangular:5km")]
    [InlineData("biweight (1-(d/1km)^2)^2", "biweight:1km")]
    [InlineData("biweight (1-(d/2km)^2)^2", "biweight:2km")]
    [InlineData("biweight (1-(d/5km)^2)^2", "biweight:5km")]
    public void Reardon_and_OSullivans_indices_agree_with_the_textbook(string textbook, string kernel)
    {
        var expected = Grid20.Textbook.GetProperty("reardon_osullivan").GetProperty(textbook);
        Assert.Equal(expected.GetProperty("H").GetDouble(), All("spatial-information-theory", ("kernel", kernel)), 1e-10);
        Assert.Equal(expected.GetProperty("D").GetDouble(), All("spatial-dissimilarity", ("kernel", kernel)), 1e-10);
        Assert.Equal(expected.GetProperty("R").GetDouble(), All("spatial-relative-diversity", ("kernel", kernel)), 1e-10);
        var exposures = Of("spatial-exposure", ("kernel", kernel));
        for (var g = 0; g < 4; g++)
        {
            for (var h = 0; h < 4; h++)
            {
                var value = exposures.Single(result => result.Group == GroupNames[g] && result.Reference == GroupNames[h]).Value.Number;
                Assert.Equal(expected.GetProperty("P")[g][h].GetDouble(), value, 1e-10);
            }
        }
    }

    [SharedTheory]
    [InlineData("d_ii=0", "zero")]
    [InlineData("d_ii=sqrt(0.6*area_km2)", null)]
    public void Massey_and_Dentons_distance_measures_agree_with_the_textbook(string textbook, string? self)
    {
        (string, string)[] options = self is null ? [] : [("self-distance", self)];
        foreach (var (id, name) in new[]
        {
            ("mean-proximity-xx", "Pxx"), ("mean-proximity-yy", "Pyy"), ("mean-proximity-xy", "Pxy"), ("mean-proximity-tt", "Ptt"),
            ("absolute-clustering", "ACL"),
            ("spatial-proximity", "SP"), ("relative-clustering", "RCL"), ("distance-decay-isolation", "DPxx"),
            ("distance-decay-exposure", "DPxy"),
        })
        {
            var results = Of(id, options);
            foreach (var group in GroupNames)
            {
                var expected = Grid20.Textbook.GetProperty("massey_denton_distance_km").GetProperty($"{group}|rest|{textbook}")
                    .GetProperty(name).GetDouble();
                Assert.Equal(expected, results.Single(result => result.Group == group).Value.Number, 1e-10);
            }
        }
    }

    [SharedFact]
    public void The_profile_of_nearest_people_agrees_with_the_textbook()
    {
        var results = Of("nearest-people-profile");
        double Value(string k, string statistic, string? group = null) => results.Single(result =>
            result.Parameters["k"] == k && result.Parameters["statistic"] == statistic && result.Group == group).Value.Number;
        foreach (var k in Grid20.Textbook.GetProperty("knn_people_profile").EnumerateObject())
        {
            Assert.Equal(k.Value.GetProperty("H").GetDouble(), Value(k.Name, "spatial-information-theory"), 1e-10);
            Assert.Equal(k.Value.GetProperty("D").GetDouble(), Value(k.Name, "spatial-dissimilarity"), 1e-10);
            for (var g = 0; g < 4; g++)
            {
                Assert.Equal(k.Value.GetProperty("isolation")[g].GetDouble(), Value(k.Name, "spatial-isolation", GroupNames[g]), 1e-10);
            }

            Assert.Equal(k.Value.GetProperty("H").GetDouble(), All("spatial-information-theory", ("kernel", $"knn:{k.Name}")), 1e-10);
        }

        var (macro, micro) = (Value("51200", "spatial-information-theory"), Value("200", "spatial-information-theory"));
        Assert.Equal(macro / micro, Value("51200/200", "spatial-information-theory, macro/micro ratio"), 1e-12);
    }

    [SharedFact]
    public void Equal_areas_leave_concentration_undefined_with_a_reason()
    {
        Assert.All(Of("absolute-concentration"), result => Assert.Equal("the units do not differ in area", result.Value.Reason));
        Assert.All(Of("relative-concentration"), result => Assert.Equal(ValueStatus.Undefined, result.Value.Status));
    }

    [SharedFact]
    public void Every_spatial_measure_gives_values_within_its_range()
    {
        var arguments = new MeasureArguments { Geography = Grid20.Geography };
        var seen = 0;
        foreach (var measure in SegregationMeasures.All.Where(measure => measure.NeedsGeography))
        {
            foreach (var value in measure.Of(Grid20.Counts, arguments).Select(result => result.Value).Where(value => value.HasNumber))
            {
                Assert.InRange(value.Number, measure.Definition.Range.Min, measure.Definition.Range.Max);
                seen++;
            }
        }

        Assert.True(seen > 2000);
    }

    [SharedFact]
    public void Without_geography_a_spatial_measure_asks_for_it() => Assert.All(
        SegregationMeasures.All.Where(measure => measure.NeedsGeography),
        measure => Assert.Throws<MeasureOptionException>(() => measure.Of(Grid20.Counts)));
}
