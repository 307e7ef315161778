using Analys.Tests;

namespace Analys.Explore.Tests.Examples;

/// <summary>One short example for each family of measures and each figure of the library, on published or made-up numbers.</summary>
/// <remarks>
/// The gallery shows the code as it stands, with <c>At("…")</c> as the path alone. <c>register</c> and <c>unga</c> are made up; the
/// gallery's
/// head says how.
/// </remarks>
internal sealed class MeasureExamples : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("analys").FullName;
    private readonly Lazy<Extract> made;
    private readonly Lazy<Extract> young;

    public MeasureExamples()
    {
        made = new(() => SyntheticData.Register(Path.Combine(folder, "register"), persons: 20_000, seed: 1));
        young = new(() => SyntheticData.Cohort(Path.Combine(folder, "insats"), persons: 1_200, seed: 1));
        All = new SortedDictionary<string, Func<Figure>>(StringComparer.Ordinal)
        {
            ["andel-med-bistand"] = Share,
            ["karta"] = Map,
            ["tidsserie"] = Series,
            ["segregation"] = Segregation,
            ["fattigdom"] = Poverty,
            ["ojamlikhet"] = Inequality,
            ["lag-inkomststandard"] = Standard,
            ["mal"] = Targets,
            ["effekt-over-tid"] = EventStudy,
            ["effekt-metoder"] = Methods,
            ["effekt-balans"] = Balance,
            ["sma-omraden"] = SmallAreas,
            ["lutning"] = Slope,
            ["standardisering"] = Standardised,
            ["prognos"] = Forecast,
            ["flera-sektorer"] = Sectors,
            ["flera-ar"] = Pooled,
            ["kalibrering"] = Calibrated,
            ["mellan-omraden"] = Between,
        };
    }

    public IReadOnlyDictionary<string, Func<Figure>> All { get; }

    private Extract register => made.Value;

    private Extract unga => young.Value;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string At(string path) => Repository.At(["notebooks", .. path.Split('/')]);

    private Figure Share()
    {
        var uttag = Extract.Load(At("data/stockholm/ekonomiskt-bistand-2015-2017.csv"));
        var andel = uttag.IncomeSupport(ages: Ages.Children).Release(Policy.Stockholm);
        return andel.RankedBar(new() { Title = "Barn i familjer med ekonomiskt bistånd, 2017" });
    }

    private Figure Map()
    {
        var uttag = Extract.Load(At("data/stockholm/ekonomiskt-bistand-2015-2017.csv"));
        var andel = uttag.IncomeSupport(ages: Ages.Children).Release(Policy.Stockholm);
        return andel.TileMap(new() { Title = "Samma andelar på kartan", Classing = Classing.Quantiles });
    }

    private Figure Series()
    {
        var uttag = Extract.Load(At("data/stockholm/bistand-andel-alder-1990-2017.csv"));
        var barn = uttag.Published("income-support-share", column: "procent", population: "0-17", where: ["aldersgrupp=0-17"]);
        return barn.Release(Policy.Stockholm).Line(new() { Title = "Barn i familjer med bistånd, 1990–2017" });
    }

    private Figure Segregation()
    {
        var uttag = Extract.Load(At("data/stockholm/befolkning-utlandsk-bakgrund-2011.csv"));
        var kurva = uttag.SegregationCurve(unit: "stadsdelsomrade", groups: ["fb_total"], total: "pop2011")
            .Relabel(group: "Utländsk bakgrund");
        return kurva.Release(Policy.Stockholm).Curve(new() { Title = "Segregationskurvan ligger under diagonalen" });
    }

    private Figure Poverty()
    {
        var fattiga = register.Poverty(line: "median:60", ages: Ages.Children, by: ["area"], measures: ["at-risk-of-poverty-rate"],
            replicates: 100, seed: 1);
        return fattiga.Release(Policy.Stockholm).Intervals(new() { Title = "Risk för fattigdom, påhittat register" });
    }

    private Figure Inequality()
    {
        var gini = register.Inequality(by: ["area"], measures: ["gini"]).Release(Policy.Stockholm);
        return gini.RankedBar(new() { Title = "Ojämlika inkomster, påhittat register" });
    }

    private Figure Standard()
    {
        var barn = register.LowIncomeStandard(normYear: 2017).Release(Policy.Stockholm);
        return barn.RankedBar(new() { Title = "Barn med låg inkomststandard, påhittat register" });
    }

    private Figure Targets()
    {
        var plan = Extract.Load(At("data/stockholm/verksamhetsplan-2018-indikatorer.csv")).FollowUp().Release(Policy.Stockholm);
        var mål = plan.Where(rad => rad.Unit == Units.Share && rad.Measure.Id is "indicator-council-target" or "indicator-board-target");
        return mål.Where(rad => mål.Count(annan => annan.Group == rad.Group) == 2 && rad.Unit == Units.Share).TargetBullets(new()
        {
            Title = "Nämndens årsmål och kommunfullmäktiges",
            Indicator = rad => rad.Group!,
            Role = rad => rad.Measure.Id == "indicator-council-target" ? TargetRole.Council : TargetRole.Board,
            Direction = rad => rad.Parameters["better"] == "lower" ? TargetDirection.Lower : TargetDirection.Higher,
        });
    }

    private Figure EventStudy()
    {
        var barnstöd = Extract.Load(At("data/syntetiskt/syntetisk-barnstod.csv"));
        var effekt = barnstöd.Effect("rate", unit: "district", time: "year", start: "start").Release(Policy.Stockholm);
        return effekt.EventStudy(new() { Title = "Effekten före och efter starten, påhittade uppgifter" });
    }

    private Figure Methods()
    {
        var barnstöd = Extract.Load(At("data/syntetiskt/syntetisk-barnstod.csv"));
        var effekt = barnstöd.Effect("rate", unit: "district", time: "year", start: "start").Release(Policy.Stockholm);
        return effekt.MethodForest(new() { Title = "Ger flera sätt att räkna samma svar? Påhittade uppgifter" });
    }

    private Figure Balance()
    {
        var effekt = unga.Effect("NyaAnmalningar", unit: "LopNr", treated: "Insats", covariates: ["Alder", "Pojke", "Franvaro",
            "Anmalningar"]);
        return effekt.Release(Policy.Stockholm).BalancePlot(new() { Title = "Är de jämförbara? Påhittade uppgifter" });
    }

    private Figure SmallAreas()
    {
        var områden = Extract.FromPublished(Enumerable.Range(1, 12).Select(i => new
        {
            område = $"Område {i}",
            andel = 0.10 + (0.02 * (i * 7 % 5)),
            varians = 0.0002 * (1 + (i % 4)),
            ensamstående = i * 7 % 5,
        }), "påhittade områden");
        var skattade = områden.SmallArea("område", "andel", "varians", ["ensamstående"]).Release(Policy.Public);
        return skattade.Where(rad => rad.Measure.Id == "eblup").Intervals(new() { Title = "Utjämnade skattningar, påhittade områden" });
    }

    private Figure Slope()
    {
        var grupper = Extract.FromPublished(new[] { (1, 90, 500), (2, 60, 520), (3, 45, 510), (4, 30, 530), (5, 20, 540) }
            .Select(g => new { rang = g.Item1, med = g.Item2, personer = g.Item3 }), "påhittade grupper");
        var lutning = grupper.Gradient("rang", "personer", events: "med").Release(Policy.Public);
        return lutning.Where(rad => rad.Measure.Id == "concentration-curve")
            .Curve(new() { Title = "Ohälsan samlas hos dem med låg inkomst" });
    }

    private Figure Standardised()
    {
        var rader = from område in new[] { ("Norr", 1.7, 2), ("Söder", 1.0, 4), ("Väster", 0.7, 3), ("Öster", 1.1, 1) }
                    from ålder in new[] { ("0-17", 0.09, 300), ("18-64", 0.05, 900), ("65-", 0.02, 250) }
                    let personer = område.Item3 * ålder.Item3
                    select new
                    {
                        område = område.Item1,
                        ålder = ålder.Item1,
                        med = Math.Round(område.Item2 * ålder.Item2 * personer),
                        personer
                    };
        var tabell = Extract.FromPublished(rader, "påhittade områden");
        var staden = Extract.FromPublished(rader.GroupBy(rad => rad.ålder).Select(grupp =>
            new { område = "Staden", ålder = grupp.Key, med = grupp.Sum(rad => rad.med), personer = grupp.Sum(rad => rad.personer) }),
                "staden");
        return tabell.Standardise(staden, "område", "ålder", "med", "personer").Release(Policy.Public)
            .RatioFunnel(new() { Title = "Mot vad stadens andelar ger, påhittade områden" });
    }

    private Figure Forecast()
    {
        var serie = Extract.FromPublished(new[] { 14.1, 13.6, 15.2, 15.0, 16.4, 15.8, 17.1, 18.3, 17.2, 18.9 }
            .Select((värde, i) => new { enhet = "Påhittad stadsdel", år = $"{2008 + i}", värde }), "påhittad serie");
        var prognos = serie.Forecast("enhet", "år", "värde", horizon: 3).Release(Policy.Public).Where(rad => rad.Measure.Id == "forecast");
        return prognos.Intervals(new() { Title = "Tre år framåt, med osäkerhet", Decimals = 1, Label = rad => rad.Period! });
    }

    private Figure Sectors()
    {
        string[] namn = ["Norr", "Söder", "Väster", "Öster"];
        Extract[] indikatorer =
        [
            Extract.FromPublished(namn.Select((område, i) => new { område, andel = 0.05 + (0.03 * i) }), "barn med bistånd", "ekonomi",
                "higher-is-worse"),
            Extract.FromPublished(namn.Select((område, i) => new { område, andel = 0.9 - (0.05 * (i * 3 % 4)) }), "behöriga till gymnasiet", "skola",
                "lower-is-worse"),
        ];
        return indikatorer.Panel("område").Release(Policy.Public).Where(rad => rad.Measure.Id == "indicator-score")
            .HeatTable(new() { Title = "Positivt är sämre än staden, påhittade tal", Column = rad => rad.Parameters["indicator"] });
    }

    private Figure Pooled()
    {
        var svar = Extract.FromPublished(
            from person in Enumerable.Range(0, 400)
            from år in new[] { 2021 + (person % 3), 2022 + (person % 3) }
            select new { person, år = $"{år}", fattig = person * 7 % 10 < 4 - (år - 2021) ? 1 : 0 }, "påhittat urval");
        var ändring = svar.Pool("fattig", "år", "person").Release(Policy.Public).Where(rad => rad.Measure.Id == "pooled-change");
        return ändring.Intervals(new()
        {
            Title = "Förändring, när hälften är med igen",
            Label = rad => $"{rad.Parameters["from"]}–{rad.Parameters["to"]}"
        });
    }

    private Figure Calibrated()
    {
        string[] kön = ["kvinna", "man"], områden = ["Norr", "Söder", "Öster"];
        var urval = Extract.FromPublished(Enumerable.Range(0, 240).Select(i => new
        {
            kön = kön[i % 5 < 3 ? 0 : 1],
            område = områden[i % 3],
            vikt = 10,
            trygg = (i * 37 % 101) < (i % 5 < 3 ? 45 : 75) + (14 * (i % 3)) ? 1 : 0,
        }), "påhittat urval");
        var marginaler = Extract.FromPublished(
            [new { variable = "kön", category = "kvinna", total = 1150 }, new { variable = "kön", category = "man", total = 1250 }],
            "påhittad befolkning");
        var medel = urval.Calibrate(marginaler, "trygg", weight: "vikt", area: "område").Release(Policy.Public);
        return medel.Where(rad => rad.Measure.Id == "calibrated-mean")
            .Intervals(new() { Title = "Andel trygga, med vikter som ger rätt antal kvinnor och män", Label = rad => rad.Area ?? "Alla" });
    }

    private Figure Between()
    {
        var skolor = Extract.FromPublished(Enumerable.Range(0, 12).Select(i =>
            new { skola = $"Skola {i + 1}", behöriga = 40 + (i * 5 % 17), elever = 60 }), "påhittade skolor");
        var mellan = skolor.VarianceBetween("skola", "behöriga", count: "elever").Release(Policy.Public);
        return mellan.Where(rad => rad.Measure.Id == "variance-partition")
            .Intervals(new() { Title = "Hur mycket av skillnaderna ligger mellan skolorna?", Label = rad => "Mellan skolor" });
    }
}
