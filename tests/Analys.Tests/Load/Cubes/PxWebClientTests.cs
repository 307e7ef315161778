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

    [Theory]
    [InlineData(70, 2)]
    [InlineData(9, 2)]
    [InlineData(9, 1)]
    public async Task A_site_that_refuses_what_it_said_it_allows_is_asked_in_halves(int limit, int version)
    {
        var cube = PxWebServer.Example();
        using var server = new PxWebServer(cube, limit, saidCells: 1000, version);
        using var client = new PxWebClient(new PxWebOptions { Address = server.Address });
        var whole = await client.GetAsync(version == 1 ? "BE/T1" : "T1", Everything);
        Assert.Equal(cube.Values, whole.Values);
        Assert.InRange(server.LargestAnswer, 1, limit);
    }

    [Fact]
    public async Task A_site_that_refuses_everything_is_left_after_a_few_calls()
    {
        using var server = new PxWebServer(PxWebServer.Example(), 0, saidCells: 1000);
        using var client = new PxWebClient(new PxWebOptions { Address = server.Address });
        var refused = await Assert.ThrowsAsync<PxWebException>(() => client.GetAsync("T1", Everything));
        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
        Assert.InRange(server.Calls, 1, 12);
    }

    [Fact]
    public async Task An_answer_with_fewer_cells_is_an_error_and_not_kept()
    {
        var folder = Directory.CreateTempSubdirectory("analys-").FullName;
        using (var server = new PxWebServer(PxWebServer.Example(), 1000) { Short = 1 })
        {
            using var client = new PxWebClient(new PxWebOptions { Address = server.Address, CacheFolder = folder });
            var wrong = await Assert.ThrowsAsync<PxWebException>(() => client.GetAsync("T1", Everything));
            Assert.Contains("70 were asked for", wrong.Message, StringComparison.Ordinal);
            server.Short = 0;
            Assert.Equal(70, (await client.GetAsync("T1", Everything)).Values.Length);
            // A kept answer that was damaged since is fetched once more.
            foreach (var kept in Directory.GetFiles(folder)) await File.WriteAllTextAsync(kept, "{}");
            Assert.Equal(70, (await client.GetAsync("T1", Everything)).Values.Length);
            var calls = server.Calls;
            using var fresh = new PxWebClient(new PxWebOptions { Address = server.Address, CacheFolder = folder, MaxAge = TimeSpan.Zero });
            await fresh.GetAsync("T1", Everything);
            Assert.True(server.Calls > calls);
            Assert.Null(fresh.OldestKept);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("https://x.se/api/v2/tables/TAB1/data?lang=sv", "https://x.se/api/v2/", "TAB1")]
    [InlineData("https://x.se/OV0104/v1/doris/sv/ssd/BE/Folkm%C3%A4ngd", "https://x.se/OV0104/v1/doris/sv/ssd/BE/", "Folkmängd")]
    public void A_whole_address_tells_site_and_table(string address, string site, string table) =>
        Assert.Equal((new Uri(site), table), PxWebSite.Place("", address));

    [Fact]
    public void Every_named_query_can_be_read()
    {
        Assert.NotEmpty(PxWebQuery.Names);
        Assert.All(PxWebQuery.Names, name => Assert.Contains("@area", PxWebQuery.Find(name).Select.Keys));
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
