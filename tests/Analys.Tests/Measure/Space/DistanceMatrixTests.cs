using Analys.Measure;
using Analys.Measure.Segregation;
using Analys.Measure.Space;

namespace Analys.Tests.Measure.Space;

/// <summary>Distances along a network from a file; figures by numpy from the formulas.</summary>
public class DistanceMatrixTests
{
    private static readonly GroupCounts Counts = new(["a", "b", "c", "d"], ["A", "B"], [30, 10, 5, 25, 12, 8, 0, 10]);

    // Both directions of a-b, one of the others; a and c have none.
    private const string Pairs = "from,to,distance\na,b,400\nb,a,500\nb,c,300\nd,c,900\nx,a,1\n";

    [Theory]
    [InlineData("exp:1km", "spatial-information-theory", 0.03322447488612634)]
    [InlineData("exp:1km", "spatial-dissimilarity", 0.16425793829015126)]
    [InlineData("triangular:600m", "spatial-information-theory", 0.14454868258400022)]
    [InlineData("knn:50", "spatial-information-theory", 0.05881871441817077)]
    public void Environments_go_by_the_file(string kernel, string id, double value)
    {
        var rows = Of(Pairs, id, kernel);
        var row = rows.Single(row => row.Group is null);
        Assert.Equal(value, row.Value.Number, 1e-13);
        Assert.Equal("matrix", row.Parameters["distance"]);
    }

    [Theory]
    [InlineData("exp:1km")]
    [InlineData("biweight:2km")]
    [InlineData("boxcar:1km")]
    public void Distances_of_a_plane_are_those_of_its_points(string kernel)
    {
        double[] x = [0, 300, 900, 1500], y = [0, 400, 100, 1200];
        var pairs = string.Concat(from i in Enumerable.Range(0, 4)
                                  from j in Enumerable.Range(0, 4)
                                  where i < j
                                  let distance = Math.Sqrt(Math.Pow(x[i] - x[j], 2) + Math.Pow(y[i] - y[j], 2))
                                  select FormattableString.Invariant($"{Counts.Units[i]},{Counts.Units[j]},{distance:R}\n"));
        double[] sums = new Surroundings(x, y, Kernel.Parse(kernel)).Sums(Counts.Counts, 2), others = Geography("from,to,distance\n"
            + pairs) is { } file
            ? new Surroundings(file.Distances!, Kernel.Parse(kernel)).Sums(Counts.Counts, 2) : [];
        for (var i = 0; i < sums.Length; i++) Assert.Equal(sums[i], others[i], 1e-10);
    }

    [Theory]
    [InlineData("from,to,distance\na,b,-1\n")]
    [InlineData("from,to\na,b\n")]
    [InlineData("from,to,distance\nx,y,1\n")]
    [InlineData("from,to,distance\na,b,1\n")]
    public void A_wrong_file_is_refused(string text) => Assert.Throws<MeasureOptionException>(() => Of(text, "spatial-dissimilarity",
        "exp:1km"));

    private static UnitGeography Geography(string text)
    {
        using var file = new TemporaryFile("table.csv", text);
        return DistanceMatrix.AddTo(new UnitGeography(Counts.Units, [], [], [], [], null, Provenance.None), Extract.Load(file.Path));
    }

    private static Results Of(string text, string id, string kernel)
    {
        var arguments = MeasureArguments.None.With("kernel", kernel) with { Geography = Geography(text) };
        return SegregationMeasures.Find(id).Select(measure => measure.Of(Counts, arguments)).Aggregate((all, more) => all.Concat(more));
    }
}
