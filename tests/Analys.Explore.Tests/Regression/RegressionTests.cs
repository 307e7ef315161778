using System.Globalization;
using Analys.Explore.Regression;

namespace Analys.Explore.Tests.Regression;

public class RegressionTests
{
    private const int N = 40;
    private static readonly double[] X = Make(i => i * 37 % 41 / 10.0);
    private static readonly double[] Z = Make(i => i * i * 7 % 23 / 5.0);
    private static readonly int[] Clusters = [.. Enumerable.Range(1, N).Select(i => i * 5 % 7)];
    private static readonly int[] Kinds = [.. Enumerable.Range(1, N).Select(i => i % 3)];

    [Theory]
    [InlineData("ols")]
    [InlineData("wls")]
    [InlineData("logit")]
    [InlineData("share")]
    [InlineData("poisson")]
    [InlineData("noint")]
    public void Coefficients_and_every_kind_of_error_are_those_of_R(string model)
    {
        foreach (var (errors, name) in Enum.GetValues<RegressionErrors>().Select(errors => (errors, Name(errors))))
        {
            var table = Fit(model, errors);
            Near(Reference(model, "coef"), [.. table.Terms.Select(term => term.Estimate)]);
            Near(Reference(model, name), [.. table.Terms.Select(term => term.StandardError)]);
            Near(Reference(model, "dev"), [table.Deviance]);
            if (Has(model, "r2")) Near(Reference(model, "r2"), [table.RSquared]);
            if (Has(model, "null")) Near([1 - (table.Deviance / Reference(model, "null")[0])], [table.RSquared]);
            if (Has(model, "p") && errors == RegressionErrors.HC3) Near(Reference(model, "p"), [.. table.Terms.Select(term => term.P)]);
            if (Has(model, "ci") && errors == RegressionErrors.Classic)
            {
                Near(Reference(model, "ci"), [.. table.Terms.Select(term => term.Lower), .. table.Terms.Select(term => term.Upper)]);
            }

            if (Has(model, "lev")) Near(Reference(model, "lev"), [table.LargestLeverage]);
        }
    }

    [Fact]
    public void The_normal_equations_hold_and_leverages_add_up_to_the_number_of_coefficients()
    {
        var table = Fit("poisson", RegressionErrors.HC0);
        Assert.Equal(table.Terms.Count, table.Leverages.Sum(), 10);
        Assert.Equal(N - 3, table.ResidualDegreesOfFreedom);
    }

    [Fact]
    public void A_model_without_a_single_answer_is_refused_with_the_reason()
    {
        Refused("follows from",
            () => RegressionTable.Make(RegressionKind.Linear, Z, new DesignMatrix(N).Add("x", X).Add("twice", [.. X.Select(x => 2 * x)])));
        Refused("saturated", () => RegressionTable.Make(RegressionKind.Linear, [1, 2], new DesignMatrix(2).Add("x", [1, 2])));
        Refused("separation",
            () => RegressionTable.Make(RegressionKind.Logistic, [.. X.Select(x => x > 2 ? 1.0 : 0)], new DesignMatrix(N).Add("x", X)));
        Refused("leverage 1", () => RegressionTable.Make(
            RegressionKind.Linear, Z, new DesignMatrix(N).Add("only", [.. Enumerable.Range(0, N).Select(i => i == 3 ? 1.0 : 0)]),
            RegressionErrors.HC3));
        Refused("nothing to explain",
            () => RegressionTable.Make(RegressionKind.Linear, [.. X.Select(_ => 2.0)], new DesignMatrix(N).Add("x", X)));
        Refused("counts", () => RegressionTable.Make(RegressionKind.Poisson, [.. X.Select(x => -x)], new DesignMatrix(N).Add("x", X)));
        Refused("below 0", () => RegressionTable.Make(RegressionKind.Linear, Z, new DesignMatrix(N).Add("x", X),
            weights: [.. X.Select(_ => -1.0)]));
        Refused("exposed", () => RegressionTable.Make(RegressionKind.Poisson, [.. X.Select(_ => 1.0)], new DesignMatrix(N).Add("x", X),
            exposure: [.. X.Select(_ => 0.0)]));

        static void Refused(string why, Action fit) =>
            Assert.Contains(why, Assert.Throws<ModelException>(fit).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_with_a_missing_value_are_left_out_and_counted()
    {
        double[] holes = [.. X.Select((x, i) => i % 10 == 0 ? double.NaN : x)];
        int[] kept = [.. Enumerable.Range(0, N).Where(i => i % 10 != 0)];
        var table = RegressionTable.Make(RegressionKind.Linear, Z, new DesignMatrix(N).Add("x", holes));
        var small = RegressionTable.Make(RegressionKind.Linear, [.. kept.Select(i => Z[i])],
            new DesignMatrix(kept.Length).Add("x", [.. kept.Select(i => X[i])]));
        Assert.Equal((36, 4), (table.N, table.LeftOut));
        Assert.Equal(small.Terms, table.Terms);
    }

    private static RegressionTable Fit(string model, RegressionErrors errors)
    {
        var y = Make(i => 1 + (0.5 * X[i - 1]) - (0.3 * Z[i - 1]) + (i * 13 % 17 / 9.0 * (1 + (X[i - 1] / 3))));
        var design = new DesignMatrix(N, model != "noint").Add("x", X).Add("z", Z);
        return model switch
        {
            "ols" => RegressionTable.Make(RegressionKind.Linear, y, design.AddCategories("kind", Kinds, ["a", "b", "c"], "b"), errors,
                clusters: Clusters),
            "wls" => RegressionTable.Make(RegressionKind.Linear, y, design, errors, Make(i => 1 + (i * 3 % 5)), clusters: Clusters),
            "noint" => RegressionTable.Make(RegressionKind.Linear, y, design, errors, clusters: Clusters),
            "logit" => RegressionTable.Make(
                RegressionKind.Logistic, Make(i => (i * 29 % 31 / 31.0) + (X[i - 1] / 8) - (Z[i - 1] / 10) > 0.6 ? 1 : 0), design, errors,
                clusters: Clusters),
            "share" => RegressionTable.Make(RegressionKind.Logistic, Make(i => i * 19 % 23 / 23.0), design, errors,
                Make(i => 5 + (i * 7 % 11)), clusters: Clusters),
            _ => RegressionTable.Make(
                RegressionKind.Poisson, Make(i => (i * 11 % 9) + Math.Floor(X[i - 1])), design, errors,
                exposure: Make(i => 10 + (i * 17 % 13)), clusters: Clusters),
        };
    }

    private static double[] Make(Func<int, double> value) => [.. Enumerable.Range(1, N).Select(value)];

    private static string Name(RegressionErrors errors) => errors switch
    {
        RegressionErrors.Classic => "classic",
        RegressionErrors.Cluster => "CL",
        _ => errors.ToString(),
    };

    private static void Near(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        foreach (var (a, b) in expected.Zip(actual)) Assert.True(Math.Abs(a - b) <= 1e-8 * Math.Max(1e-3, Math.Abs(a)), $"{a} and {b}");
    }

    private static bool Has(string model, string what) =>
        R.Split('\n').Any(line => line.StartsWith($"{model} {what} ", StringComparison.Ordinal));

    private static double[] Reference(string model, string what) =>
        [.. R.Split('\n').Single(line => line.StartsWith($"{model} {what} ", StringComparison.Ordinal)).Split(' ')[2..]
            .Select(text => double.Parse(text, CultureInfo.InvariantCulture))];

    // R 4.2.2 with sandwich 3.0-2 and lmtest 0.9-40 on the rows of Make: glm with epsilon 1e-15.
    private const string R = """
        ols coef 2.3829853500100096 0.71446652771132346 -0.40777280402208288 -0.047360617440419701 0.015375788309943225
        ols classic 0.68423163793056452 0.1504759819428087 0.14861905883673102 0.37628289179840496 0.37621712209691177
        ols HC0 0.54405909946189335 0.12963751117547265 0.13209323406529414 0.35665698588653694 0.36586148012782171
        ols HC1 0.58162364238376274 0.13858832894077042 0.14121360713807621 0.38128235593911147 0.39112237418751761
        ols HC2 0.58430350035397205 0.13944011740264509 0.14192846072322682 0.38242761333903447 0.3889332590480985
        ols HC3 0.62772559332482591 0.15003149784751033 0.15255369199142882 0.41024257688181459 0.41358747737299145
        ols CL 0.45191826542974656 0.17296242332240278 0.11138570711906241 0.56657575168831487 0.61870553088056668
        ols dev 33.384625205343212
        ols r2 0.60336792821052709
        ols p 0.00056047700112093265 3.2844070274371784e-05 0.01134184258682442 0.90875191178573167 0.97055541057312356
        ols ci 0.99392127708745281 0.40898404375797215 -0.70948553365563471 -0.81125549934532748 -0.74838557400252448 3.7720494229325663 1.0199490116646748 -0.1060600743885311 0.71653426446448798 0.77913715062241096
        ols lev 0.23054438928936791
        wls coef 2.2945289611895765 0.75067084520929961 -0.41901168580337483
        wls classic 0.65445208619038264 0.15414787394633425 0.14756015804361053
        wls HC0 0.57844471761875638 0.1560098203717743 0.13022272171387536
        wls HC1 0.60143817847793735 0.16221128714829397 0.13539913868770515
        wls HC2 0.61394305438131136 0.16547604285735409 0.1375584361253088
        wls HC3 0.65218740298799804 0.17561263214192072 0.14548715636465759
        wls CL 0.65276640957880749 0.21101382543923783 0.11355964408018827
        wls dev 106.66695743529996
        wls r2 0.59790650075441465
        logit coef -1.6900302698286607 0.91496378335368589 -0.19924403468912991
        logit classic 1.5900038177164639 0.3886903685762651 0.34883208376264774
        logit HC0 1.6089083618056055 0.41100432913350909 0.35002194800945913
        logit HC1 1.6728632572629925 0.42734195253473645 0.36393549189061236
        logit HC2 1.7038874424583208 0.43414554187983134 0.37010724942839768
        logit HC3 1.8061595840545723 0.45897743008999525 0.39170835591010367
        logit CL 0.9646748330901973 0.29558597372935458 0.26087889429994804
        logit dev 44.036968596353091
        logit null 54.548368698462681
        logit p 0.34942574675800886 0.046208564395991636 0.61099474839196977
        share coef -0.35682197705656027 0.091638587722523826 0.04715732329766073
        share classic 0.42123674498222874 0.099007419680133213 0.094753370207356108
        share HC0 0.8120244926356075 0.16148286162329836 0.21644321274601083
        share HC1 0.84430286396376797 0.16790188447037135 0.22504693647089447
        share HC2 0.87310775698690146 0.16992333272881985 0.23306375145574776
        share HC3 0.94126376147628288 0.17893172373909472 0.25162972344534179
        share CL 1.0079573148287084 0.19235088552941471 0.24136527727073281
        share dev 155.79568319388287
        poisson coef -1.7399081650792008 0.24212468541470644 0.05994890418390747
        poisson classic 0.29359555565966033 0.065502100775695141 0.063439158352282532
        poisson HC0 0.28981012681627272 0.07971380392108679 0.055836078191723426
        poisson HC1 0.30133022131203147 0.082882466672370689 0.058055589649475124
        poisson HC2 0.30245527407601935 0.083452457804122526 0.058010682506413766
        poisson HC3 0.31582899545752025 0.087414252052944549 0.060311917069452874
        poisson CL 0.22101571157369335 0.045862409671699834 0.059436591842866232
        poisson dev 68.215116021100371
        poisson null 82.70853800999177
        noint coef 1.1377750009516661 0.064625154259316572
        noint classic 0.10727940991651316 0.080603034026201392
        noint HC0 0.1121068259920871 0.072827454639830411
        noint HC1 0.11501917658885864 0.074719391897929505
        noint HC2 0.11676691075171512 0.075384087255891741
        noint HC3 0.12166171884333164 0.078060944913811756
        noint CL 0.14522349375141536 0.075675736509528579
        noint dev 45.988741687462486
        noint r2 0.87422256870091553
        """;
}
