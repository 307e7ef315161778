using System.Text;
using System.Text.Json;

namespace Analys.Cli.Tests.Measure;

/// <summary>The command as a user calls it: what it prints, and how it fails.</summary>
public sealed class SegregationCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("analys-segregation-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Wide_and_long_tables_give_the_same_records()
    {
        var wide = Save("wide.csv", "unit,region,A,B\na,x,80,20\nb,x,20,80\nc,y,50,50\nd,y,60,40\n");
        var tall =
            Save("long.csv", "unit,region,group,n\na,x,A,80\na,x,B,20\nb,x,A,20\nb,x,B,80\nc,y,A,50\nc,y,B,50\nd,y,A,60\nd,y,B,40\n");
        var first = await Records(0, wide, "--unit", "unit", "--groups", "A,B", "--within", "region", "--measures", "all", "--pairs");
        var second = await Records(0, tall, "--unit", "unit", "--group", "group", "--count", "n", "--within", "region", "--measures", "all",
            "--pairs");
        Assert.Equal(first.Select(Text), second.Select(Text));
        var regions = first.Where(record => record.GetProperty("measure").GetString() == "dissimilarity" && Of(record, "group") == "A"
            && Of(record, "reference") is null).ToDictionary(record => Of(record, "area") ?? "", Value);
        Assert.Equal(0.6, regions["x"], 1e-12);
        Assert.Equal(3, regions.Count);
        var whole =
            Value(first.Single(record => Of(record, "measure") == "mutual-information" && Of(record, "group") is null
                && Of(record, "area") is null));
        Assert.Equal(whole, first.Where(record => Of(record, "measure") is "mutual-information-between" or "mutual-information-within")
            .Sum(Value), 1e-12);
    }

    [Fact]
    public async Task Parts_within_and_between_areas_have_intervals_too()
    {
        var wide = Save("wide.csv", "unit,region,A,B\na,x,80,20\nb,x,20,80\nc,y,50,50\nd,y,60,40\n");
        var records = await Records(0, wide, "--unit", "unit", "--groups", "A,B", "--within", "region", "--measures", "mutual-information",
            "--replicates", "20");
        var between = records.Single(record => Of(record, "measure") == "mutual-information-between");
        Assert.Equal("region", between.GetProperty("parameters").GetProperty("division").GetString());
        Assert.Equal("0.95", between.GetProperty("parameters").GetProperty("level").GetString());
    }

    [Fact]
    public async Task A_seed_gives_the_same_bytes_and_options_stand_in_the_parameters()
    {
        var file = Save("wide.csv", "unit,A,B\na,80,20\nb,20,80\nc,50,50\n");
        string[] call = ["--unit", "unit", "--groups", "A,B", "--measures", "atkinson,atkinson:b=0.9,mutual-information", "--b", "0.1",
            "--base", "2", "--replicates", "50", "--seed", "7", "--null", "independence"];
        Assert.Equal(await Run(0, file, call), await Run(0, file, call));
        var records = await Records(0, file, call);
        var parameters = records.Where(record => Of(record, "measure") == "atkinson" && Of(record, "group") == "A")
            .Select(record => record.GetProperty("parameters").GetProperty("b").GetString());
        Assert.Equal(["0.1", "0.9"], parameters);
        Assert.All(records.Where(record => Of(record, "measure") == "mutual-information"),
            record => Assert.Equal("bits", Of(record, "unit")));
        Assert.All(records.Where(record => Of(record, "measure")!.EndsWith("-p-value", StringComparison.Ordinal)),
            record => Assert.InRange(Value(record), 1.0 / 51, 1));
    }

    [Fact]
    public async Task Units_of_one_name_in_two_areas_are_two_units()
    {
        var file = Save("wide.csv", "unit,year,A,B\na,2010,80,20\nb,2010,20,80\na,2011,50,50\nb,2011,50,50\n");
        var records = await Records(0, file, "--unit", "unit", "--groups", "A,B", "--within", "year", "--measures", "dissimilarity");
        var byYear = records.Where(record => Of(record, "group") == "A" && Of(record, "area") is not null)
            .ToDictionary(record => Of(record, "area")!, Value);
        Assert.Equal(0.6, byYear["2010"], 1e-12);
        Assert.Equal(0, byYear["2011"], 1e-12);
    }

    [Fact]
    public async Task Two_tables_are_compared()
    {
        string first = Save("first.csv", "unit,A,B\na,80,20\nb,20,80\nc,50,50\n"),
            second = Save("second.csv", "unit,A,B\na,60,40\nb,40,60\nc,50,50\n");
        var records = await Records(0, first, "--unit", "unit", "--groups", "A,B", "--measures", "dissimilarity,mutual-information",
            "--compare", second, "--replicates", "50", "--by-unit");
        var difference = records.Single(record => Of(record, "measure") == "mutual-information-difference" && Of(record, "group") is null);
        var parts = records.Where(record => Of(record, "measure")!.StartsWith("mutual-information-difference-", StringComparison.Ordinal)
            && Of(record, "area") is null && !Of(record, "measure")!.EndsWith("-p-value", StringComparison.Ordinal)).Sum(Value);
        Assert.Equal(Value(difference), parts, 1e-10);
        Assert.Equal(-0.2666666666,
            records.Where(record => Of(record, "measure") is "dissimilarity-structure" or "dissimilarity-composition"
                && Of(record, "group") == "A").Sum(Value), 1e-9);
    }

    [Theory]
    [InlineData(2, "--measures", "no-such-measure")]
    [InlineData(2, "--b", "1.5")]
    [InlineData(2, "--measures", "atkinson:c=1")]
    [InlineData(2, "--replicates", "1")]
    [InlineData(2, "--base", "x")]
    [InlineData(2, "--total", "nothere")]
    [InlineData(2, "--within", "nothere")]
    public async Task A_wrong_call_is_said_so(int code, string option, string value) =>
        await Run(code, Save("wide.csv", "unit,A,B\na,80,20\nb,20,80\n"), "--unit", "unit", "--groups", "A,B", option, value);

    [Theory]
    [InlineData("unit,A,B\na,80,-20\nb,20,80\n")]
    [InlineData("unit,A,B\na,80,\nb,20,80\n")]
    public async Task Wrong_counts_are_data_that_are_wrong(string text) =>
    await Run(1, Save("wide.csv", text), "--unit", "unit", "--groups", "A,B");

    private string Save(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static async Task<string> Run(int code, string file, params string[] call)
    {
        using var bytes = new MemoryStream();
        using var output = new StringWriter();
        using var errors = new StringWriter();
        Assert.Equal(code, await App.RunAsync(["segregation", file, .. call, "--format", "json", "--confidential"], bytes, output, errors,
            CancellationToken.None));
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static async Task<List<JsonElement>> Records(int code, string file, params string[] call)
    {
        using var document = JsonDocument.Parse(await Run(code, file, call));
        return [.. document.RootElement.Clone().GetProperty("results").EnumerateArray()];
    }

    private static string? Of(JsonElement record, string name) => record.GetProperty(name).GetString();

    private static double Value(JsonElement record) => record.GetProperty("value").GetDouble();

    private static string Text(JsonElement record) => record.GetRawText();
}
