using System.Globalization;
using System.Text;
using Analys.Attack.Tests.Play;

namespace Analys.Attack.Tests.Areas;

/// <summary>What the commands on areas, models and changes once told, each on the smallest input that gave it away.</summary>
public sealed class AreaLeakTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("analys-areas").FullName;

    public static TheoryData<string> Policies => [.. Arena.Policies];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task A_mean_income_in_millions_is_no_share_of_persons(string policy)
    {
        // Twenty-five persons whose mean income is 0.4412311 million are not eleven of twenty-five.
        var path = Write("t.csv", "omr,antal,inkomst_mkr\nA,25,0.4412311\nB,40,0.2912319\nC,31,0.2712313\nD,60,0.3312313\n");
        foreach (var row in await Rows("panel", path, "--by", "omr", "--policy", policy))
            Assert.True(row.Value is null || row.Measure is not ("indicator-value" or "indicator-gap"), $"{row.Measure} {row.Area}");
    }

    [Theory]
    [InlineData("rounded5")]
    [InlineData("rounded-city")]
    public async Task A_policy_that_rounds_counts_does_not_pass_on_what_is_no_count(string policy)
    {
        var random = new Random(1);
        var csv = new StringBuilder("enhet,manad,kostnad,budget,antal\n");
        for (var month = 0; month < 20; month++)
            csv.Append(CultureInfo.InvariantCulture,
                $"X,{2015 + (month / 12)}-{(month % 12) + 1:00},{random.Next(9_000, 11_000)},130000,7\n");
        var rows = await Rows("forecast", Write("t.csv", csv.ToString()), "--unit", "enhet", "--period", "manad", "--value", "kostnad",
            "--budget", "budget", "--count", "antal", "--policy", policy);
        Assert.Contains(rows, row => row.Measure == "budget-forecast");
        Assert.All(rows, row => Assert.Null(row.Value));
    }

    [Theory]
    [InlineData("stockholm")]
    [InlineData("scb-stadsdel")]
    public async Task Nobody_in_one_year_does_not_hide_the_three_of_the_next(string policy)
    {
        // 0, 3 and 12 of 60: the mean of all three years, 0 and 12 leave three.
        int[] poor = [0, 3, 12];
        var csv = new StringBuilder("person,ar,omr,fattig\n");
        for (var year = 0; year < 3; year++)
            for (var i = 0; i < 120; i++)
                csv.Append(CultureInfo.InvariantCulture,
                    $"{1000 + i},{2015 + year},{(i < 60 ? "A" : "B")},{(i < poor[year] || i is >= 60 and < 80 ? 1 : 0)}\n");
        var rows = await Rows("pool", Write("t.csv", csv.ToString()), "--outcome", "fattig", "--time", "ar", "--key", "person", "--area",
            "omr", "--policy", policy);
        var area = rows.Where(row => row is { Measure: "pooled-rate", Area: "A" }).ToList();
        Assert.Contains(area, row => row is { Period: "2015" } or { Period: "2017" } && row.Value is not null);
        Assert.Null(area.Single(row => row.Period == "2016").Value);
        Assert.Null(area.Single(row => row.Period is null).Value);
    }

    [Fact]
    public async Task A_cell_of_nobody_is_withheld_where_zeros_are()
    {
        var csv = new StringBuilder("fick,bidrag\n");
        for (var i = 0; i < 120; i++) csv.Append(CultureInfo.InvariantCulture, $"{(i < 40 ? 1 : 0)},{(i is >= 40 and < 64 ? 1 : 0)}\n");
        string[] call = ["effect", Write("t.csv", csv.ToString()), "--outcome", "bidrag", "--treated", "fick", "--measures",
            "risk-difference,risk-ratio,mid-p"];
        Assert.All(await Rows([.. call, "--policy", "scb-research"]), row => Assert.Null(row.Value));
        Assert.Contains(await Rows([.. call, "--policy", "stockholm"]), row => row is { Measure: "risk-difference", Value: not null });
    }

    [Fact]
    public async Task A_ratio_of_counts_is_not_exact_where_counts_are_rounded()
    {
        var csv = new StringBuilder("fick,bidrag\n");
        for (var i = 0; i < 120; i++) csv.Append(CultureInfo.InvariantCulture, $"{(i < 40 ? 1 : 0)},{(i is < 17 or >= 97 ? 1 : 0)}\n");
        var rows = await Rows("effect", Write("t.csv", csv.ToString()), "--outcome", "bidrag", "--treated", "fick", "--measures",
            "risk-ratio", "--policy", "rounded5");
        Assert.All(rows, row => Assert.True(row.Value is null || row.Step > 0, $"{row.Measure} {row.Value}"));
    }

    [Fact]
    public async Task How_many_rows_a_model_left_out_is_not_told()
    {
        var csv = new StringBuilder("y,x\n");
        for (var i = 0; i < 60; i++) csv.Append(CultureInfo.InvariantCulture, $"{(i < 3 ? "" : $"{i % 7}")},{i % 11}\n");
        string[] call = ["regress", Write("t.csv", csv.ToString()), "--outcome", "y", "--variables", "x", "--language", "en"];
        var run = await Command.Run(call);
        Assert.Contains("rows without a value in every column were left out", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("3 rows", run.Errors, StringComparison.Ordinal);
        Assert.Contains("3 rows", (await Command.Run([.. call, "--confidential"])).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_says_why_it_has_no_changed_counts()
    {
        var csv = new StringBuilder("stadsdel,antal,fattiga\n");
        for (var i = 0; i < 6; i++) csv.Append(CultureInfo.InvariantCulture, $"Del {i},{90 + (7 * i)},{11 + i}\n");
        var run = await Command.Run("report", Write("t.csv", csv.ToString()), "--out", Path.Combine(folder, "ut"), "--policy", "rounded5",
            "--language", "en");
        Assert.DoesNotContain("a ledger compares", run.Errors, StringComparison.Ordinal);
        Assert.Contains("take a policy that withholds", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_weighted_number_of_a_register_does_not_tell_how_many_of_each_weight()
    {
        // Two strata with the weights 1.37 and 2.51: of 58.69 poor children only one pair of whole numbers is made.
        var random = new Random(3);
        var csv = new StringBuilder("vikt,hushall,alder,omr,inkomst,boende,manader\n");
        for (var household = 1; household <= 160; household++)
        {
            var (income, weight) = (random.Next(3) == 0 ? 100_000 : 420_000, household % 2 == 0 ? "1.37" : "2.51");
            foreach (var age in (int[])[40, random.Next(0, 18)])
                csv.Append(CultureInfo.InvariantCulture,
                    $"{weight},{household},{age},{(household % 4 < 2 ? "Alvik" : "Bromma")},{income},80000,0\n");
        }

        Write("r.schema.json", WhatIfAttacker.Schema.Replace("\"fields\": [", "\"fields\": [{\"name\": \"vikt\", \"type\": \"number\", "
            + "\"analys\": {\"role\": \"weight\"}}, ", StringComparison.Ordinal));
        var file = Write("r.csv", csv.ToString());
        foreach (var rows in (IReadOnlyList<Row>[])[
            await Rows("whatif", file, "--norm-year", "2017", "--child-norm", "+10%"),
            await Rows("swedish", file, "--norm-year", "2017", "--measures", "low-income-standard")])
        {
            Assert.Contains(rows, row => row.Value > 0);
            Assert.All(rows.Where(row => row.Value is not (null or 0)), row => Assert.True(row.Step > 0, $"{row.Measure} {row.Area}"));
        }
    }

    [Fact]
    public async Task A_picture_is_the_same_whatever_it_withholds()
    {
        const string table = "stadsdel,ar,antal\nAlvik,2015,30\nAlvik,2016,{0}\nBro,2015,{1}\nBro,2016,52\nDal,2015,77\nDal,2016,71\n";
        foreach (var kind in (string[])["bar", "line", "dumbbell", "heat", "strip", "slope"])
        {
            var pictures = new List<string>();
            foreach (var (one, other) in new[] { (3, 1), (1, 4), (2, 2) })
            {
                var file = Write("t.csv", string.Format(CultureInfo.InvariantCulture, table, one, other));
                var picture = Path.Combine(folder, "t.svg");
                var run = await Command.Run("chart", file, "--x", "stadsdel", "--y", "antal", "--kind", kind, "--out", picture);
                Assert.True(run.Code == 0, run.Errors);
                pictures.Add(await File.ReadAllTextAsync(picture));
            }

            Assert.True(pictures.Distinct(StringComparer.Ordinal).Count() == 1, kind);
        }
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static async Task<IReadOnlyList<Row>> Rows(params string[] call) => await Command.Rows(call) ?? [];
}
