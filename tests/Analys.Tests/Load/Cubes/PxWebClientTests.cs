using System.Diagnostics;
using Analys.Load.Cubes;

namespace Analys.Tests.Load.Cubes;

public class PxWebClientTests
{
    private static readonly Dictionary<string, IReadOnlyList<string>> Everything = [];

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(35)]
    [InlineData(70)]
    public async Task A_selection_is_split_under_the_limit_and_put_together(int limit)
    {
        var cube = PxWebServer.Example();
        using var server = new PxWebServer(cube, limit);
        using var client = new PxWebClient(new PxWebOptions { Address = server.Address });
        var whole = await client.GetAsync("T1", Everything);
        Assert.Equal(cube.Values, whole.Values);
        Assert.Equal(cube.Dimensions.SelectMany(dimension => dimension.Labels), whole.Dimensions.SelectMany(dimension => dimension.Labels));
        Assert.InRange(server.LargestAnswer, 1, limit);
    }

    [Fact]
    public async Task Failures_are_tried_again_and_answers_are_kept()
    {
        var folder = Directory.CreateTempSubdirectory("analys-").FullName;
        var selection = new Dictionary<string, IReadOnlyList<string>> { ["Region"] = ["0181", "018?"], ["Tid"] = ["top(2)"] };
        double[] values;
        using (var server = new PxWebServer(PxWebServer.Example(), 1000) { FailuresLeft = 3 })
        {
            using var client =
                new PxWebClient(new PxWebOptions
                {
                    Address = server.Address,
                    CacheFolder = folder,
                    BackOff = TimeSpan.FromMilliseconds(5)
                });
            values = (await client.GetAsync("T1", selection)).Values;
            var calls = server.Calls;
            Assert.Equal(values, (await client.GetAsync("T1", selection)).Values);
            Assert.Equal(calls, server.Calls);
            using var offline = new PxWebClient(new PxWebOptions { Address = server.Address, CacheFolder = folder, Offline = true });
            Assert.Equal(values, (await offline.GetAsync("T1", selection)).Values);
            await Assert.ThrowsAsync<PxWebException>(() => offline.GetAsync("T2", selection));
            await Assert.ThrowsAsync<PxWebException>(() => client.GetAsync("T2", selection));
        }

        Directory.Delete(folder, recursive: true);
        Assert.Equal(7 * 2 * 2, values.Length);
    }

    [Fact]
    public async Task Calls_are_held_under_the_limit_of_the_api()
    {
        using var server = new PxWebServer(PxWebServer.Example(), 7);
        using var client =
            new PxWebClient(new PxWebOptions { Address = server.Address, CallsPerWindow = 4, Window = TimeSpan.FromMilliseconds(200) });
        var watch = Stopwatch.StartNew();
        await client.GetAsync("T1", Everything);
        Assert.True(server.Calls >= 12);
        Assert.True(watch.Elapsed >= TimeSpan.FromMilliseconds(200 * ((server.Calls - 1) / 4)), $"{watch.Elapsed} for {server.Calls}");
    }

    [Theory]
    [InlineData("*", "2016 2017 2018 2019 2020")]
    [InlineData("top(2)", "2019 2020")]
    [InlineData("bottom(1)", "2016")]
    [InlineData("range(2017,2018)", "2017 2018")]
    [InlineData("from(2019)", "2019 2020")]
    [InlineData("to(2016)", "2016")]
    [InlineData("20?9", "2019")]
    public void Expressions(string term, string codes)
    {
        var time = PxWebServer.Example()["Tid"] with { Role = CubeRole.Time };
        Assert.Equal(codes.Split(' '), PxWebSelection.Codes(time, [term]).ToArray());
    }

    [Fact]
    public void A_term_that_selects_nothing_is_named() =>
        Assert.Contains("2031", Assert.Throws<PxWebException>(() => PxWebSelection.Codes(PxWebServer.Example()["Tid"], ["2031"])).Message,
            StringComparison.Ordinal);

    [SharedFact]
    public async Task The_saved_metadata_of_the_statistics_api_give_its_variables()
    {
        var bytes =
            await File.ReadAllBytesAsync(Repository.SharedAt("corpus", "jsonstat", "pxwebpy", "tests", "responses",
                "TAB6471_metadata.json"));
        var info = PxWebTableInfo.Read(bytes);
        Assert.Equal([312, 134, 3, 1, 16], info.Variables.Select(variable => variable.Count));
        Assert.Contains("Kon", info.MayBeLeftOut);
    }
}
