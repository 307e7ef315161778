namespace Analys.Measure.Effects;

/// <summary>What every id of an effect study stands for. Conventions that a formula has no room for stand in the room's page.</summary>
internal static class EffectMeasures
{
    private const string Callaway = "Callaway & Sant'Anna 2021, J. Econometrics 225";
    private const string Abadie = "Abadie, Diamond & Hainmueller 2010, JASA 105";
    private const string Own = "Analys, Measure/Effects/README.md";

    /// <summary>All definitions, panel first; each estimate's p value after it.</summary>
    public static IReadOnlyList<Definition> All { get; } =
    [
        .. Panel().Concat(Persons()).Concat(Tables()).Concat(Around()).SelectMany(WithTest)
            .Select(one => InSwedish(one.Id) is { } formula ? one with { SwedishFormula = formula } : one)
            .Select(one => Counted(one.Id) is { } counted ? one with { Tells = Tells.Counts, Counts = counted }
                : one with { Tells = Tells.Amount })
            .Select(one => one with { Options = EffectMeasureOptions.Of(one.Id, Serves(one.Id, panel: true)) }),
    ];

    private static readonly Dictionary<string, Definition> ById = All.ToDictionary(definition => definition.Id, StringComparer.Ordinal);

    /// <summary>The definition of an id.</summary>
    public static Definition Of(string id) => ById[id];

    /// <summary>True where the id is one of an effect study.</summary>
    public static bool Has(string id) => ById.ContainsKey(id);

    /// <summary>True where a panel, or else persons seen once, can have the measure.</summary>
    public static bool Serves(string id, bool panel)
    {
        var plain = id.EndsWith("-interval", StringComparison.Ordinal) ? id[..^"-interval".Length]
            : id.EndsWith("-p", StringComparison.Ordinal) && id != "mid-p" ? id[..^2] : id;
        // Ranges stand beside what is asked for.
        if (plain.EndsWith("-range", StringComparison.Ordinal)) return false;
        var ofBoth = plain is "minimum-detectable-effect" or "power" or "plan-deviations" or "plan-deviation";
        var ofPanel = Panel().Any(one => one.Id == plain) || plain.StartsWith("synthetic-", StringComparison.Ordinal)
            || plain.StartsWith("parallel-", StringComparison.Ordinal);
        return ofBoth || ofPanel == panel;
    }

    /// <summary>True where the id is that of a p value of an estimate.</summary>
    public static bool IsP(string id) => id == "pretrend-test" || (id.EndsWith("-p", StringComparison.Ordinal) && id != "mid-p");

    /// <summary>True where the id is that of an effect, which has a p value.</summary>
    public static bool IsTested(string id) => id != "pretrend-test" && Tested(id) && !IsP(id)
        && !id.EndsWith("-interval", StringComparison.Ordinal);

    private static IEnumerable<Definition> WithTest(Definition definition)
    {
        yield return definition;
        if (Effects.Panel.StartInversion.HasInterval(definition.Id))
        {
            yield return Effect($"{definition.Id}-interval", $"Interval of {definition.Id} by randomisation",
                $"Intervall för {definition.Id} genom slumpning",
                "the estimate, with the constant effects d that randomisation does not reject: draws with |A_a − d·B_a| ≥ |A − d·B| are "
                    + "more "
                    + "than 1 − level of all",
                "Rosenbaum 2002, Statistical Science 17; MacKinnon & Webb 2020, J. Econometrics 218");
        }

        if (Tested(definition.Id))
        {
            yield return new($"{definition.Id}-p", $"p value of {definition.Id}", $"p-värde för {definition.Id}",
                "draws with |T| ≥ |T observed| / all draws, the observed one included (inference = wild, randomisation, placebo); else of "
                    + "the error",
                Units.Share, ValueRange.Unit, "Fisher 1935; Cameron, Gelbach & Miller 2008; Young 2019");
        }
    }

    // Who is counted, where a value follows from counts alone; all others are of outcomes, which are amounts unless they are counts
    // themselves.
    private static string? Counted(string id) => id switch
    {
        "overlap" or "overlap-count" => "units of a group with a propensity in a class",
        "effective-sample-size" => "units of the comparison",
        "fisher-exact" or "mid-p" or "risk-difference" or "risk-ratio" => "units with the outcome in each group",
        "plan-deviations" or "plan-deviation" => "nobody: decisions of the study",
        _ => null,
    };

    // Formulas in words, for a Swedish reader.
    private static string? InSwedish(string id) => id switch
    {
        "did-2x2" => "medelvärdet efter minus före för dem som fick insatsen, minus detsamma för dem som aldrig fick den",
        "att-simple" => "Σ n_g·ATT(g, t) / Σ n_g över alla startår g och år t ≥ g",
        "att-group" => "medelvärde över t ≥ g av ATT(g, t); totalen väger startåren med n_g",
        "att-dynamic" => "medelvärde av effekterna från startåret och framåt",
        "att-calendar" => "per år Σ n_g·ATT(g, t) / Σ n_g över g ≤ t; totalen är årens medelvärde",
        "power" => "andel av lika stora studier som hittar effekten",
        "twfe" => "minsta kvadrat av Y på D med effekter för enhet och år; en varning där starterna är olika",
        "imputation-att" => "medelvärde över D = 1 av Y − (effekter för enhet och år skattade på D = 0)",
        "att-difference" => "medelvärde för dem som fick insatsen − medelvärde för jämförelsen",
        "att-regression" => "koefficienten för D i minsta kvadrat av Y på 1, D och egenskaper",
        "att-inverse-probability" => "medelvärde för dem som fick insatsen − Σ wY/Σ w för jämförelsen, w = p/(1 − p)",
        "att-doubly-robust" => "som omvänd sannolikhet, av Y − det som skattats på jämförelsen",
        "att-entropy-balance" => "medelvärde för dem som fick insatsen − Σ wY, w jämna med samma medelvärden av egenskaperna",
        "att-exact-match" => "Σ_s n_Ts/n_T·(skillnad i medelvärde) över grupper med lika egenskaper",
        "att-coarsened-match" => "som exakt, med egenskaper indelade i klasser",
        "att-subclass" => "som exakt, med klasser av sannolikheten att få insatsen",
        "att-nearest-match" => "medelvärde över par av Y_T − Y_C, den närmaste i sannolikhet",
        "effective-sample-size" => "(Σw)²/Σw² över jämförelsen",
        "balance" => "(medelvärde T − medelvärde C) / standardavvikelse T",
        "effect-range" => "effekten avrundad till ett steg som ingen enskild avgör; gränserna är intervallets, avrundade utåt",
        "p-range" => "klasser av p-värden (gränser 0,01, 0,05, 0,1, 0,2, 0,5) där p ligger vem som än saknas; värdet är den övre gränsen",
        "balance-range" => "skillnaden avrundad till ett steg som ingen enskild avgör, och mellan vilka steg den ligger",
        "overlap" => "andel av dem som fick insatsen med en sannolikhet mellan jämförelsens minsta och största",
        "overlap-count" => "antal i en grupp med en sannolikhet i en tiondel",
        "synthetic-control" => "medelskillnad från starten till den blandning av givare som var närmast före",
        "synthetic-path" => "utfallet för den som fick insatsen, och för blandningen",
        "synthetic-gap" => "verkligt − syntetiskt; gränserna är placebons",
        "synthetic-did" => "skillnad i skillnader med viktade givare och viktade perioder",
        "minimum-detectable-effect" => "den effekt som fyra av fem så stora studier hittar",
        "risk-difference" => "a/n_T − b/n_C",
        _ => null,
    };

    private static bool Tested(string id) =>
        (id.StartsWith("att-", StringComparison.Ordinal))
            || id is "did-2x2" or "twfe" or "imputation-att" or "pretrend-test" or "synthetic-control" or "synthetic-did";

    private static Definition Effect(string id, string name, string swedish, string formula, string citation) =>
        new(id, name, swedish, formula, Units.Outcome, ValueRange.Any, citation);

    private static IEnumerable<Definition> Panel() =>
    [
        Effect("did-2x2", "Difference in differences", "Skillnad i skillnader",
            "mean over treated of (mean after − mean before) − the same of never treated; one start date", "Card & Krueger 1994, AER 84"),
        Effect("att-group-time", "Group-time effect", "Effekt per startår och år",
            "E[Y_t − Y_b | start g] − E[Y_t − Y_b | comparison], b = g − 1 for t ≥ g, t − 1 before", Callaway),
        Effect("att-simple", "Mean effect on the treated", "Genomsnittlig effekt för dem som fick insatsen",
            "Σ n_g·ATT(g, t) / Σ n_g over t ≥ g", Callaway),
        Effect("att-group", "Mean effect by cohort", "Genomsnittlig effekt per startår",
            "mean over t ≥ g of ATT(g, t); without parameter the cohorts weighted by n_g", Callaway),
        Effect("att-dynamic", "Mean effect over time since start", "Genomsnittlig effekt över tid sedan start",
            "mean over e ≥ 0 of att-event", Callaway),
        Effect("att-event", "Effect by time since start", "Effekt efter tid sedan start",
            "Σ n_g·ATT(g, g + e) / Σ n_g", Callaway),
        Effect("att-calendar", "Mean effect by period", "Genomsnittlig effekt per år",
            "per period Σ n_g·ATT(g, t) / Σ n_g over g ≤ t; without parameter their mean", Callaway),
        new("simultaneous-critical-value", "Critical value of a simultaneous band", "Kritiskt värde för ett samtidigt band",
            "the level's quantile of max_e |Σ_c s_c·Σψ_e/n| / error_e over signs s", Units.Index, ValueRange.NonNegative, Callaway),
        Effect("twfe", "Two-way fixed effects coefficient", "Koefficient med fasta effekter för enhet och år",
            "OLS of Y on D, unit and period effects; CR1. A warning where starts are staggered", "Goodman-Bacon 2021, J. Econometrics 225"),
        new("twfe-weight", "Weight of a comparison in twfe", "En jämförelses vikt i twfe",
            "n_k·n_l·(variance of D in the pair's window) / their sum", Units.Share, ValueRange.Unit,
                "Goodman-Bacon 2021, J. Econometrics 225"),
        Effect("twfe-comparison", "A comparison in twfe", "En jämförelse i twfe",
            "difference in differences of two cohorts in the pair's window", "Goodman-Bacon 2021, J. Econometrics 225"),
        Effect("imputation-att", "Imputed effect", "Imputerad effekt",
            "mean over D = 1 of Y − (unit + period effects fitted on D = 0)",
                "Borusyak, Jaravel & Spiess 2024, Review of Economic Studies 91"),
        new("pretrend-test", "Test of parallel trends before the start", "Test av parallella trender före start",
            "p of n·a'V⁻¹a, a all ATT(g, t) with t < g, V = ψ'ψ/n, χ²", Units.Share, ValueRange.Unit, Callaway),
    ];

    private static IEnumerable<Definition> Persons() =>
    [
        Effect("att-difference", "Difference of means", "Skillnad i medelvärde", "mean of treated − mean of comparison; Welch",
            "Welch 1947, Biometrika 34"),
        Effect("att-regression", "Regression coefficient", "Regressionskoefficient",
            "coefficient of D in OLS of Y on 1, D, covariates; HC2. Not the effect on the treated where effects differ",
                "MacKinnon & White 1985, J. Econometrics 29"),
        Effect("att-inverse-probability", "Effect by inverse probability", "Effekt med omvänd sannolikhet",
            "mean of treated − Σ wY/Σ w of comparison, w = p/(1 − p), p a logit", "Rosenbaum & Rubin 1983, Biometrika 70; Hájek 1971"),
        Effect("att-doubly-robust", "Doubly robust effect", "Dubbelt robust effekt",
            "as inverse probability, of Y − OLS fit on the comparison", "Robins, Rotnitzky & Zhao 1994, JASA 89; Sant'Anna & Zhao 2020"),
        Effect("att-entropy-balance", "Effect by entropy balance", "Effekt med entropibalansering",
            "mean of treated − Σ wY, w nearest to even with Σ wX = mean X of treated", "Hainmueller 2012, Political Analysis 20"),
        Effect("att-exact-match", "Effect by exact matching", "Effekt med exakt matchning",
            "Σ_s n_Ts/n_T·(mean T − mean C) over strata of equal covariates with both", "Stuart 2010, Statistical Science 25"),
        Effect("att-coarsened-match", "Effect by coarsened exact matching", "Effekt med grovt exakt matchning",
            "as exact, of covariates cut into classes", "Iacus, King & Porro 2012, Political Analysis 20"),
        Effect("att-subclass", "Effect by subclasses", "Effekt med klasser av benägenhet",
            "as exact, of classes of the propensity by the treated's quantiles", "Rosenbaum & Rubin 1984, JASA 79"),
        Effect("att-nearest-match", "Effect by nearest neighbour", "Effekt med närmaste granne",
            "mean over pairs of Y_T − Y_C, the nearest propensity, largest first", "Stuart 2010, Statistical Science 25"),
        new("effective-sample-size", "Effective number of comparison units", "Effektivt antal jämförda",
            "(Σw)²/Σw² over the comparison", Units.Count, ValueRange.NonNegative, "Kish 1965, Survey Sampling"),
        new("balance", "Standardised mean difference", "Standardiserad skillnad i medelvärde",
            "(mean T − mean C) / sd T", Units.Index, ValueRange.Any, "Stuart 2010, Statistical Science 25"),
        new("overlap", "Overlap of propensities", "Överlapp i benägenhet",
            "share of treated with a propensity between the comparison's smallest and largest", Units.Share, ValueRange.Unit, Own),
        new("overlap-count", "Units by propensity", "Antal efter benägenhet",
            "units of a group with a propensity in a tenth", Units.Count, ValueRange.NonNegative, Own),
    ];

    private static IEnumerable<Definition> Tables() =>
    [
        new("fisher-exact", "Fisher's exact test", "Fishers exakta test",
            "Σ of tables, margins given, at most as probable as the observed", Units.Share, ValueRange.Unit, "Fisher 1935"),
        new("mid-p", "Mid-p of Fisher's test", "Mid-p för Fishers test",
            "less probable tables + half of the equally probable", Units.Share, ValueRange.Unit, "Lancaster 1961, JASA 56"),
        new("risk-difference", "Risk difference", "Skillnad i andel", "a/n_T − b/n_C; hybrid score interval", Units.Share, new(-1, 1),
            "Newcombe 1998, Statistics in Medicine 17"),
        new("risk-ratio", "Risk ratio", "Riskkvot", "(a/n_T) / (b/n_C); interval of the logarithm", Units.Ratio, ValueRange.NonNegative,
            "Katz, Baptista, Azen & Pike 1978, Biometrics 34"),
    ];

    private static IEnumerable<Definition> Around() =>
    [
        Effect("synthetic-control", "Synthetic control", "Syntetisk kontroll",
            "mean gap from the start on to the mixture of donors nearest before it; weights ≥ 0, sum 1", Abadie),
        new("synthetic-weight", "A donor's weight", "En givares vikt", "weight in the mixture", Units.Share, ValueRange.Unit, Abadie),
        Effect("synthetic-path", "Actual and synthetic path", "Verklig och syntetisk utveckling",
            "outcome of the treated, and of the mixture", Abadie),
        Effect("synthetic-gap", "Gap to the synthetic control", "Gap till syntetisk kontroll",
            "actual − synthetic; lower and upper span the placebos", Abadie),
        Effect("synthetic-did", "Synthetic difference in differences", "Syntetisk skillnad i skillnader",
            "difference in differences with weighted donors and weighted periods", "Arkhangelsky et al. 2021, AER 111"),
        new("power", "Power", "Styrka", "chance that the test finds the effect (Fisher exact for 0/1, else t; of a panel randomisation)",
            Units.Share,
            ValueRange.Unit, "Cohen 1988"),
        Effect("minimum-detectable-effect", "Smallest detectable effect", "Minsta effekt som hade synts",
            "the effect found in four of five studies of this size: (t_.975 + t_.80)·error", "Bloom 1995, Evaluation Review 19"),
        new("e-value", "E-value", "E-värde", "RR + sqrt(RR·(RR − 1)), of 1/RR below 1", Units.Ratio, new(1, double.PositiveInfinity),
            "VanderWeele & Ding 2017, Annals of Internal Medicine 167"),
        new("rosenbaum-bound", "Rosenbaum bound", "Rosenbaums gräns",
            "largest p of the signed-rank test when odds of treatment differ by Γ",
            Units.Share, ValueRange.Unit, "Rosenbaum 2002, Observational Studies"),
        Effect("parallel-trend-bound", "Effect if trends part", "Effekt om trenderna skiljer sig",
            "att-dynamic ± M·largest parting before the start·mean(e + 1), with its error",
                "Rambachan & Roth 2023, Review of Economic Studies 90"),
        new("parallel-trend-breakdown", "How far trends may part", "Hur mycket trenderna får skilja sig",
            "smallest M with which 0 lies within parallel-trend-bound", Units.Ratio, ValueRange.NonNegative,
            "Rambachan & Roth 2023, Review of Economic Studies 90"),
        Effect("effect-range", "Range of an effect", "Effektens spann",
            "the effect rounded to a step of at least twice what one unit moves it by; interval rounded outwards; where its step would "
                + "swallow it", Own),
        new("p-range", "Range of a p value", "p-värdets spann",
            "the classes of p values (cut at 0.01, 0.05, 0.1, 0.2, 0.5) that hold it whichever unit is left out; value = the upper end",
            Units.Share, ValueRange.Unit, Own),
        new("balance-range", "Range of a standardised mean difference", "Spann för en standardiserad skillnad",
            "(mean T − mean C) / sd T rounded to a step of at least twice what one unit moves it by, and the steps that it lies between",
            Units.Index, ValueRange.Any, Own),
        new("plan-deviations", "Deviations from the plan", "Avvikelser från planen", "decisions that differ from the plan written before",
            Units.Count, ValueRange.NonNegative, Own),
        new("plan-deviation", "A deviation from the plan", "En avvikelse från planen", "a decision, what was planned and what was done",
            Units.Count, ValueRange.NonNegative, Own),
    ];
}
