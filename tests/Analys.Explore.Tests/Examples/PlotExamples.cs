using Analys.Measure.Inference;
using NetTopologySuite.IO;
using ScottPlot;

namespace Analys.Explore.Tests.Examples;

/// <summary>One short example for each kind of plot, on numbers that are made up here or published.</summary>
internal static class PlotExamples
{
    public static IReadOnlyDictionary<string, Func<Plot>> All { get; } = new SortedDictionary<string, Func<Plot>>(StringComparer.Ordinal)
    {
        ["bars"] = Bars,
        ["bars-grouped"] = Grouped,
        ["lines"] = Lines,
        ["scatter"] = Scatter,
        ["histogram"] = Histogram,
        ["boxes"] = Boxes,
        ["density"] = Density,
        ["heat"] = Heat,
        ["lorenz"] = Lorenz,
        ["forest"] = Forest,
        ["pyramid"] = Pyramid,
        ["ternary"] = Ternary,
        ["choropleth"] = Choropleth,
        ["multiples"] = Multiples,
        ["drivers"] = DriversOfShare,
    };

    private static readonly string[] Districts =
        ["Rinkeby-Kista", "Spånga-Tensta", "Hässelby-Vällingby", "Bromma", "Kungsholmen", "Norrmalm", "Östermalm", "Södermalm",
            "Enskede-Årsta-Vantör", "Skarpnäck", "Farsta", "Älvsjö", "Hägersten-Liljeholmen", "Skärholmen"];

    private static readonly double[] Shares =
        [0.108, 0.074, 0.041, 0.014, 0.005, 0.006, 0.004, 0.008, 0.044, 0.031, 0.035, 0.014, 0.016, 0.068];

    private static Plot Bars() => Plots.Bars(
        [.. Districts.Select((name, i) => i == 6
            ? new PlotRow(name, null, Withheld: true)
            : new PlotRow(name, Shares[i], Shares[i] - (0.1 * Math.Sqrt(Shares[i] / 100)),
                Shares[i] + (0.1 * Math.Sqrt(Shares[i] / 100))))],
        new()
        {
            Title = "Var tionde barn i Rinkeby-Kista lever i en familj med ekonomiskt bistånd, i innerstaden nästan inget",
            Subtitle = "Andel barn 0–17 år i familjer med ekonomiskt bistånd någon gång under 2017",
            Source = "Stockholms stad, tabell B021",
            Unit = "share",
            Note = "Strecken, och att ett tal är dolt, är påhittade för att visas.",
        });

    private static Plot Grouped() => Plots.Bars(
        [.. Districts.Zip([0.085, 0.073, 0.042, 0.013, 0.006], [0.072, 0.057, 0.030, 0.012, 0.004])
            .SelectMany(area =>
                new[] { new PlotRow(area.First, area.Second, Series: "2015"), new PlotRow(area.First, area.Third, Series: "2017") })],
        new()
        {
            Title = "Biståndet minskar i alla fem stadsdelar",
            Subtitle = "Andel av befolkningen med ekonomiskt bistånd",
            Unit = "share",
            Source = "Stockholms stad, tabell B021"
        });

    private static Plot Lines() => Plots.Lines(
        [.. Enumerable.Range(2005, 14).SelectMany(year => new[] { "Farsta", "Bromma", "Skärholmen" }.Select((name, s) => new PlotRow(
            $"{year}", year == 2009 && s == 1 ? null : 0.04 + (0.03 * s) + (0.01 * Math.Sin(year + s)),
            0.032 + (0.03 * s) + (0.01 * Math.Sin(year + s)),
            0.048 + (0.03 * s) + (0.01 * Math.Sin(year + s)), name, year == 2014 && s == 2)))],
        new()
        {
            Title = "Linjer som bryts där räknesättet ändras",
            Subtitle = "Andel barn i hushåll under gränsen",
            Unit = "share",
            Source = "påhittade tal"
        },
        (2011, "ny definition 2011"));

    private static Plot Scatter()
    {
        var random = new RandomStream(3, 0);
        return Plots.Scatter(
            [.. Districts.Select((name, i) => new PlotPoint(300_000 + (400_000 * (0.11 - Shares[i]) * 9) + (40_000 * random.NextDouble()),
                Shares[i], name, i is >= 4 and <= 7 ? "innerstad" : "ytterstad"))],
            new()
            {
                Title = "Ju högre inkomst, desto färre barn med bistånd",
                Unit = "share",
                UnitX = "kr",
                XLabel = "Medianinkomst, hushåll",
                YLabel = "Andel barn med bistånd",
                Source = "Stockholms stad; inkomsterna påhittade",
            },
            trend: true);
    }

    private static double[] Draw(int seed, double mean, double spread, int n = 400)
    {
        var random = new RandomStream(seed, 0);
        return [.. Enumerable.Range(0, n).Select(_ => Math.Exp(mean + (spread * Variates.Normal(random))))];
    }

    private static Plot Histogram() =>
        Plots.Histogram(Draw(1, 12.6, 0.35),
            new() { Title = "Hushållens inkomster", Subtitle = "Disponibel inkomst", Unit = "kr", Source = "syntetiskt register" });

    private static Plot Boxes() => Plots.Boxes(
        [("Ensamstående med barn", Draw(1, 12.3, 0.3)), ("Sammanboende med barn", Draw(2, 12.9, 0.3)),
            ("Ensamstående utan barn", Draw(3, 12.4, 0.5))],
        new() { Title = "Inkomsten efter hushållstyp", Unit = "kr", Source = "syntetiskt register", XLabel = "Disponibel inkomst" });

    private static Plot Density() => Plots.Density(
        [("Ensamstående med barn", Draw(1, 12.3, 0.3)), ("Sammanboende med barn", Draw(2, 12.9, 0.3))],
        new() { Title = "Två fördelningar", Unit = "kr", Source = "syntetiskt register" });

    private static Plot Heat() => Plots.Heat(
        [.. Districts.Take(8)
            .SelectMany((name, i) => new[] { "0–17 år", "18–24 år", "25–64 år",
                "65– år" }.Select((age, j) => new PlotRow(name, Shares[i] * (1.2 - (0.25 * j)), Series: age, Withheld: i == 6 && j > 1)))],
        new() { Title = "Andel med bistånd efter ålder och stadsdel", Unit = "share", Source = "Stockholms stad; delvis påhittat" });

    private static Plot Lorenz()
    {
        (string, IReadOnlyList<double>, IReadOnlyList<double>) Curve(string name, double power) =>
            (name, [.. Enumerable.Range(0, 51).Select(i => i / 50.0)], [.. Enumerable.Range(0, 51).Select(i => Math.Pow(i / 50.0, power))]);
        return Plots.Lorenz([Curve("1991", 1.6), Curve("2024", 2.2)],
            new() { Title = "Inkomsterna är mer ojämnt fördelade än 1991", Source = "påhittade tal" });
    }

    private static Plot Forest() => Plots.Forest(
        [new("Förskola från ett år", -0.021, -0.034, -0.008), new("Sommarjobb", 0.004, -0.009, 0.017),
            new("Föräldrastöd", -0.012, -0.027, 0.003), new("Samlat", -0.0105, -0.019, -0.002)],
        new()
        {
            Title = "Insatsernas effekt på andelen barn i fattigdom",
            Subtitle = "Skillnad i procentenheter, 95 % konfidensintervall",
            Unit = PlotOptions.Points,
            Source = "påhittade tal"
        });

    private static Plot Pyramid() => Plots.Pyramid(
        [.. Enumerable.Range(0, 18).SelectMany(i => new[]
        {
            new PlotRow($"{5 * i}–{(5 * i) + 4}", 30_000 - (i * 1_300) + (4_000 * Math.Sin(i)), Series: "kvinnor"),
            new PlotRow($"{5 * i}–{(5 * i) + 4}", 31_000 - (i * 1_550) + (4_000 * Math.Sin(i)), Series: "män"),
        })],
        new() { Title = "Befolkningen efter ålder och kön", Source = "påhittade tal", Unit = "persons" });

    private static Plot Ternary() => Plots.Ternary(
        [.. Districts.Select((name, i) => new PlotParts(0.2 + Shares[i] * 4, 0.5 - Shares[i] * 2, 0.3 + (0.02 * i), name,
            i is >= 4 and <= 7 ? "innerstad" : "ytterstad"))],
        "Hyresrätt", "Bostadsrätt", "Äganderätt", new() { Title = "Upplåtelseformer i stadsdelarna", Source = "påhittade tal" });

    private static Plot Choropleth()
    {
        var reader = new WKTReader();
        var areas = Enumerable.Range(0, 12).Select(i =>
        {
            double x = i % 4 * 1000, y = i / 4 * 900;
            var hole = i == 5
                ? FormattableString.Invariant($", ({x + 300} {y + 300}, {x + 600} {y + 300}, {x + 450} {y + 600}, {x + 300} {y + 300})")
                : "";
            var shape =
                reader.Read(
                    string.Create(System.Globalization.CultureInfo.InvariantCulture,
                        $"POLYGON (({x} {y}, {x + 1000} {y + (i % 3 * 40)}, {x + 1000} {y + 900}, {x + 500} {y + 960}, {x} {y + 900}, "
                            + $"{x} {y}){hole})"));
            return new PlotArea(Districts[i], shape, i == 3 ? null : Shares[i], i == 6);
        });
        return Plots.Choropleth([.. areas],
            new() { Title = "Andel barn med bistånd", Unit = "share", Source = "Stockholms stad, påhittad karta" });
    }

    private static Plot DriversOfShare()
    {
        double[] ensam = Draw(4, 0, 0.5), trångt = Draw(5, 0, 0.5), brus = Draw(6, 0, 0.5);
        double[] andel = [.. ensam.Select((värde, i) => Math.Log(värde) + (0.4 * Math.Log(trångt[i])))];
        var drivers = Drivers.Find("andelen fattiga barn",
            andel, [new("ensamstående", ensam), new("trångbodda", trångt), new("brus", brus)], folds: 3, shuffles: 5, draws: 2);
        return drivers.Plot(new() { Source = "påhittade områden" });
    }

    private static Plot Multiples() => Plots.Multiples(
        [.. Districts.Take(6)
            .Select((name, i) =>
                (name, (IReadOnlyList<PlotRow>)[.. Enumerable.Range(2010, 9)
                    .Select(year => new PlotRow($"{year}", Shares[i] * (1 + (0.08 * (2018 - year)))))]))],
        new()
        {
            Title = "Biståndet minskar överallt, mest där det var störst",
            Subtitle = "Andel barn i familjer med ekonomiskt bistånd",
            Unit = "share",
            Source = "Stockholms stad; delvis påhittat"
        });
}
