using Analys.Cli.Tests.Measure;

namespace Analys.Cli.Tests.Areas;

/// <summary>Every argument of the façade's measures of areas does what the command's option does.</summary>
public sealed class AreaFacadeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public AreaFacadeTests()
    {
        var random = new Random(12);
        File.WriteAllLines(folder.At("areas.csv"), ["area,y,v,x,z,n", .. Enumerable.Range(0, 30).Select(i =>
            $"a{i},{(i % 7) + random.Next(9)},{1 + (i % 5)},{i % 7},{random.Next(9)},{100 + (40 * i)}")]);
        File.WriteAllLines(folder.At("ranks.csv"), ["rank,rank2,rate,events,n,n2", .. Enumerable.Range(1, 6).Select(i =>
            $"{i},{7 - i},{0.02 * i},{random.Next(20, 60)},{800 + (50 * i)},{900 - (50 * i)}")]);
        foreach (var name in new[] { "rates.csv", "standard.csv" })
        {
            File.WriteAllLines(folder.At(name), ["area,place,age,sex,events,deaths,n,m", .. Enumerable.Range(0, 24).Select(i =>
                $"b{i / 4},c{i / 4 % 2},{i % 4},{i % 2},{random.Next(3, 30)},{random.Next(3, 30)},{500 + random.Next(90)},{700 + i}")]);
        }

        File.WriteAllLines(folder.At("series.csv"), ["unit,year,value,other,n,budget", .. Enumerable.Range(0, 36).Select(i =>
            $"s{i / 12},{2000 + (i % 12)},{100 + (3 * (i % 12)) + random.Next(15)},{50 + random.Next(9)},{900 + i},1300")]);
        File.WriteAllLines(folder.At("months.csv"), ["month,value,budget", .. Enumerable.Range(0, 20).Select(i =>
            $"{2020 + (i / 12)}-{1 + (i % 12):00},{100 + random.Next(15)},1300")]);
        File.WriteAllLines(folder.At("persons.csv"), ["person,year,area,y,age,w,sex,n", .. Enumerable.Range(0, 300).Select(i =>
            $"{i % 130},{2015 + (i / 100)},d{i % 6},{(random.Next(6) < 1 + (i % 6 / 2) ? 1 : 0)},{random.Next(9)},{1 + random.Next(3)},"
            + $"{"KM"[random.Next(2)]},{1 + random.Next(4)}")]);
        File.WriteAllLines(folder.At("sample.csv"), ["y,area,w,sex", .. Enumerable.Range(0, 300).Select(i =>
            $"{random.Next(2)},d{i % 6},{1 + random.Next(3)},{"KM"[random.Next(2)]}")]);
        File.WriteAllLines(folder.At("margins.csv"), ["variable,category,total", "sex,K,320", "sex,M,300"]);
        File.WriteAllLines(folder.At("margins2.csv"), ["variable,category,total", "sex,K,380", "sex,M,240"]);
    }

    [Fact]
    public async Task Small_areas()
    {
        var table = Extract.Load(folder.At("areas.csv"));
        Results Of(string[]? covariates = null, string method = "ml", string? count = "n", bool benchmark = true, string estimate = "y",
            string variance = "v") => table.SmallArea("area", estimate, variance, covariates ?? ["x"], method, count, benchmark);
        await Check(() => Of(), [() => Of(["z"]), () => Of(method: "reml"), () => Of(count: null), () => Of(benchmark: false),
            () => Of(estimate: "z"), () => Of(variance: "n")], "SmallArea", ["covariates", "method", "count", "benchmark"],
            "smallarea", "areas.csv", "--area", "area", "--estimate", "y", "--variance", "v", "--covariates", "x", "--method", "ml",
            "--count", "n", "--benchmark", "city");
    }

    [Fact]
    public async Task Gradients_and_standardised_rates()
    {
        var ranks = Extract.Load(folder.At("ranks.csv"));
        Results Of(string rank = "rank", string count = "n") => ranks.Gradient(rank, count, outcome: "rate");
        await Check(() => Of(), [() => Of("rank2"), () => Of(count: "n2"), () => ranks.Gradient("rank", "n", events: "events")], "Gradient",
            ["outcome", "events"], "gradient", "ranks.csv", "--rank", "rank", "--count", "n", "--outcome", "rate");
        await Check(() => ranks.Gradient("rank", "n", events: "events"), [() => Of()], "Gradient", ["outcome", "events"],
            "gradient", "ranks.csv", "--rank", "rank", "--count", "n", "--events", "events");

        Extract rates = Extract.Load(folder.At("rates.csv")), standard = Extract.Load(folder.At("standard.csv"));
        Results By(string area = "area", string events = "events", string count = "n", Extract? by = null) =>
            rates.Standardise(by ?? standard, area, "age", events, count);
        await Check(() => By(), [() => By(events: "deaths"), () => By(count: "m"), () => By(by: rates)], "Standardise", [],
            "standardise", "rates.csv", "--area", "area", "--age", "age", "--events", "events", "--count", "n", "--standard",
            folder.At("standard.csv"));
    }

    [Fact]
    public async Task Forecasts()
    {
        var series = Extract.Load(folder.At("series.csv"));
        Results Of(int horizon = 2, string method = "damped", string value = "value") =>
            series.Forecast("unit", "year", value, horizon, method, count: "n");
        await Check(() => Of(), [() => Of(3), () => Of(method: "theta"), () => Of(value: "other")], "Forecast",
            ["horizon", "method", "budget", "count"], "forecast", "series.csv", "--unit", "unit", "--period", "year", "--value", "value",
            "--horizon", "2", "--method", "damped", "--count", "n");
        var months = Extract.Load(folder.At("months.csv"));
        Results Against(string? budget = "budget") => months.Forecast(null, "month", "value", 4, "ses", budget);
        await Check(() => Against(), [() => Against(null)], "Forecast", ["horizon", "method", "budget", "count"], "forecast", "months.csv",
            "--period", "month", "--value", "value", "--horizon", "4", "--method", "ses", "--budget", "budget");
    }

    [Fact]
    public async Task Persons_between_areas_over_years_and_with_margins()
    {
        var persons = Extract.Load(folder.At("persons.csv"));
        Results Between(string? count = "n", string[]? covariates = null, string area = "area") =>
            persons.VarianceBetween(area, "y", count, covariates ?? ["age"]);
        await Check(() => Between(), [() => Between(null), () => Between(covariates: []), () => Between(area: "sex")], "VarianceBetween",
            ["count", "covariates"], "variance", "persons.csv", "--area", "area", "--outcome", "y", "--count", "n", "--covariates", "age");

        Results Pool(string? weight = "w", string? area = "area", int? window = 2) =>
            persons.Pool("y", "year", "person", weight, area, window);
        await Check(() => Pool(), [() => Pool(null), () => Pool(area: null), () => Pool(window: null)], "Pool",
            ["weight", "area", "window"], "pool", "persons.csv", "--outcome", "y", "--time", "year", "--key", "person", "--weight", "w",
            "--area", "area", "--window", "2");

        Extract sample = Extract.Load(folder.At("sample.csv")), margins = Extract.Load(folder.At("margins.csv")),
            others = Extract.Load(folder.At("margins2.csv"));
        Results Calibrated(string? weight = "w", string? area = "area", string method = "greg", int replicates = 20, long seed = 5,
            Extract? by = null) => sample.Calibrate(by ?? margins, "y", weight, area, method, replicates, seed);
        await Check(() => Calibrated(), [() => Calibrated(null), () => Calibrated(area: null), () => Calibrated(method: "raking"),
            () => Calibrated(replicates: 21), () => Calibrated(seed: 6), () => Calibrated(by: others)], "Calibrate",
            ["weight", "area", "method", "replicates", "seed"], "calibrate", "sample.csv", "--margins", folder.At("margins.csv"),
            "--outcome", "y", "--weight", "w", "--area", "area", "--method", "greg", "--replicates", "20", "--seed", "5");
    }

    [Fact]
    public async Task Indicators_of_several_files()
    {
        string[] files = [folder.At("areas.csv"), folder.At("wage.csv")];
        File.WriteAllLines(files[0], ["area,part,poverty", .. Enumerable.Range(0, 9).Select(i => $"a{i},p{i / 3},{10 + (i * i)}")]);
        File.WriteAllLines(files[1], ["area,part,wage", .. Enumerable.Range(0, 9).Select(i => $"a{i},p{i / 3},{90 - (i * 3)}")]);
        var panel = files.Select(path => Extract.Load(path)).ToArray();
        await Facade.Check(new FacadeCase("by", () => panel[..1].Panel(), () => panel.Panel("area"), ["panel", .. files, "--by", "area"]));
    }

    public void Dispose() => folder.Dispose();

    private async Task Check(Func<Results> with, IReadOnlyList<Func<Results>> without, string method, IReadOnlyList<string> said,
        params string[] args)
    {
        Assert.Empty(Facade.Unsaid(method, said));
        string[] call = [args[0], folder.At(args[1]), .. args.Skip(2)];
        foreach (var other in without) await Facade.Check(new FacadeCase($"an argument of {method}", other, with, call));
    }
}
