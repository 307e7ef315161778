using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Analys.Load;
using Analys.Load.Schema;
using Analys.Measure.Indicators;

namespace Analys.Tests;

/// <summary>The shipped figures: sums, checksums, and their agreement with the transcriptions digit by digit.</summary>
public class ShippedDataTests
{
    private static readonly JsonArray Resources =
        JsonNode.Parse(File.ReadAllText(Path.Combine(ShippedData.Folder, "datapackage.json")))!["resources"]!.AsArray();

    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(ShippedData.Folder, "*.csv").Select(file => Path.GetFileNameWithoutExtension(file)!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Loads_with_its_schema_as_public(string name)
    {
        var extract = ShippedData.Load(name);
        Assert.True(extract.RowCount > 0);
        Assert.Equal(Confidentiality.Public, extract.Confidentiality);
        Assert.NotNull(extract.Provenance.Sources[0].Origin?.Title);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_package_tells_its_checksum_and_schema(string name)
    {
        var resource = Resources.Single(item => item!["name"]!.ToString() == name)!;
        var bytes = File.ReadAllBytes(Path.Combine(ShippedData.Folder, name + ".csv"));
        Assert.Equal("sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes)), resource["hash"]!.ToString());
        var schema = JsonNode.Parse(File.ReadAllText(Repository.At("data-schemas", "extracts", name + ".schema.json")));
        Assert.True(JsonNode.DeepEquals(schema, resource["schema"]), "the package's schema differs from the file in data-schemas/extracts");
    }

    [Theory]
    [InlineData("befolkning-utlandsk-bakgrund-2011")]
    [InlineData("hushallsinkomst-2016")]
    [InlineData("verksamhetsplan-2018-budget")]
    public void Totals_are_the_sums_of_their_parts(string name)
    {
        var checks = SumCheck.Of(ShippedData.Load(name));
        Assert.NotEmpty(checks);
        Assert.All(checks, check => Assert.True(check.Agrees, $"{check.Column}, {check.Total}"));
    }

    [Fact]
    public void Fourteen_districts_make_three_regions()
    {
        foreach (var name in (string[])["befolkning-utlandsk-bakgrund-2011", "ekonomiskt-bistand-2015-2017", "hushallsinkomst-2016"])
        {
            var checks = SumCheck.Of(ShippedData.Load(name)).Where(check => Geography.Stockholm.Regions.Contains(check.Total)).ToList();
            Assert.True(checks.Count >= 9);
            Assert.All(checks, check => Assert.True(check.Agrees, $"{name}, {check.Column}, {check.Total}"));
        }
    }

    [Fact]
    public void The_citys_row_on_assistance_holds_5304_persons_more_than_its_districts()
    {
        var checks = SumCheck.Of(ShippedData.Load("ekonomiskt-bistand-2015-2017")).Where(check => check.Total == "Hela staden")
            .ToDictionary(check => check.Column);
        Assert.Equal(5304, checks["n2017"].Difference);
        Assert.Equal(1807, checks["n2017_barn"].Difference);
        Assert.False(checks["n2017"].Agrees);
    }

    [Fact]
    public void Origins_of_foreign_background_add_up_in_every_row()
    {
        var extract = ShippedData.Load("befolkning-utlandsk-bakgrund-2011");
        var parts = extract.Columns.OfType<NumberColumn>()
            .Where(column => column.Name.StartsWith("fb_", StringComparison.Ordinal) && column.Name != "fb_total").ToList();
        Assert.Equal(7, parts.Count);
        for (var row = 0; row < extract.RowCount; row++)
            Assert.Equal(extract.Number("fb_total").Values[row], parts.Sum(part => part.Values[row]));
    }

    [Fact]
    public void Ages_on_assistance_add_up_in_every_row()
    {
        var extract = ShippedData.Load("ekonomiskt-bistand-2015-2017");
        string[] ages = ["n2017_barn", "n2017_18_24", "n2017_25_29", "n2017_30_39", "n2017_40_64", "n2017_65plus"];
        for (var row = 0; row < extract.RowCount; row++)
            Assert.Equal(extract.Number("n2017").Values[row], ages.Sum(age => extract.Number(age).Values[row]));
    }

    [SharedTheory]
    [InlineData("a7_utlandsk_bakgrund_2011.txt", "befolkning-utlandsk-bakgrund-2011",
        new[] { "fb_nordic", "fb_europe_ex_nordic", "fb_africa", "fb_n_america", "fb_s_america", "fb_asia", "fb_other", "fb_total" })]
    [InlineData("b020_ekonomiskt_bistand_2015-2017.txt", "ekonomiskt-bistand-2015-2017",
        new[] { "n2015", "n2016", "n2017", "pct2015", "pct2016", "pct2017" })]
    [InlineData("b021_ekonomiskt_bistand_alder_2017.txt", "ekonomiskt-bistand-2015-2017",
        new[] { "n2017_barn", "n2017_18_24", "n2017_25_29", "n2017_30_39", "n2017_40_64", "n2017_65plus", "n2017" })]
    [InlineData("b031_disponibel_inkomst_hushall_2016.txt", "hushallsinkomst-2016",
        new[] { "hh_0_39", "hh_40_79", "hh_80_119", "hh_120_159", "hh_160_199", "hh_200plus", "hh_total", "mean_disp_income_tkr" })]
    [InlineData("a19_forvarvsarbetande_utrikesfodda_2005-2007.txt", "forvarvsarbetande-utrikesfodda-2005-2007",
        new[] { "n2005", "n2006", "n2007", "pct2005", "pct2006", "pct2007" })]
    public void Digits_are_those_of_the_transcription(string raw, string name, string[] columns)
    {
        // Thousands are set apart by spaces, as the numbers are: without spaces the digits of a row must be the same.
        var extract = ShippedData.Load(name);
        var areas = (TextColumn)extract.Get(Role.Area);
        var seen = 0;
        var lines = File.ReadAllLines(Repository.SharedAt("data", "stockholm", "raw", raw)).TakeWhile(line => line != "% av befolkningen")
            .ToList();
        for (var row = 0; row < extract.RowCount; row++)
        {
            var area = areas.Categories[areas.Codes[row]];
            var line = lines.FirstOrDefault(candidate => candidate.StartsWith(area, StringComparison.Ordinal));
            Assert.NotNull(line);
            var digits = string.Concat(line[area.Length..].Where(c => !char.IsWhiteSpace(c))).Replace(',', '.');
            if (digits[0] is '2' or '3' && area == "Hela staden" && line[area.Length] != ' ') digits = digits[1..];
            var ours = string.Concat(columns.Select(column => extract.Number(column)).Select(column =>
                column.Values[row].ToString(column.Field.Type == FieldType.Integer ? "0" : "0.0", CultureInfo.InvariantCulture)));
            Assert.Equal(digits, ours);
            seen++;
        }

        Assert.Equal(18, seen);
    }

    [SharedFact]
    public void The_age_shares_are_those_of_the_transcription()
    {
        var lines = File.ReadAllLines(Repository.SharedAt("data", "stockholm", "raw", "b021_ekonomiskt_bistand_alder_2017.txt"))
            .SkipWhile(line => line != "% av befolkningen").ToList();
        var extract = ShippedData.Load("ekonomiskt-bistand-2015-2017");
        var areas = (TextColumn)extract.Get(Role.Area);
        string[] columns =
            ["pct2017_barn", "pct2017_18_24", "pct2017_25_29", "pct2017_30_39", "pct2017_40_64", "pct2017_65plus", "pct2017"];
        for (var row = 0; row < extract.RowCount; row++)
        {
            var area = areas.Categories[areas.Codes[row]];
            var cells = lines.First(line => line.StartsWith(area, StringComparison.Ordinal)).Split(' ')[^7..];
            Assert.Equal(cells, columns.Select(column => extract.Number(column).Values[row].ToString("0.0", CultureInfo.InvariantCulture)));
        }
    }

    [SharedFact]
    public void The_long_series_is_that_of_the_transcription()
    {
        var lines = File.ReadAllLines(Repository.SharedAt("data", "stockholm", "raw", "b163_bistand_andel_alder_1990-2017.txt"));
        var years = lines[2].Split(' ')[1..];
        var children = lines.Single(line => line.StartsWith("Barn ", StringComparison.Ordinal)).Split(' ')[1..];
        var extract = ShippedData.Load("bistand-andel-alder-1990-2017");
        var group = extract.Text("aldersgrupp");
        var ours = Enumerable.Range(0, extract.RowCount).Where(row => group.Categories[group.Codes[row]] == "0-17")
            .Select(row => (extract.Number("ar").Values[row].ToString(CultureInfo.InvariantCulture),
                extract.Number("procent").Values[row].ToString("0.0", CultureInfo.InvariantCulture)));
        Assert.Equal(years.Zip(children), ours);
    }

    [SharedFact]
    public void Household_types_are_those_of_the_transcription()
    {
        var lines = File.ReadAllLines(Repository.SharedAt("data", "stockholm", "raw", "b162_hushall_bistand_hushallstyp_1990-2017.txt"));
        var extract = ShippedData.Load("bistand-hushallstyp-1990-2017");
        var types = extract.Text("hushallstyp");
        var count = extract.Number("hushall");
        foreach (var type in types.Categories)
        {
            var rows = Enumerable.Range(0, extract.RowCount).Where(row => types.Categories[types.Codes[row]] == type);
            var line = lines.Single(candidate => candidate.StartsWith(type + " ", StringComparison.Ordinal)
                && (char.IsAsciiDigit(candidate[type.Length + 1]) || candidate[type.Length + 1] == '.'));
            var ours =
                string.Concat(rows.Select(row => count.MarkAt(row) == Mark.NotAvailable
                    ? ".." : count.Values[row].ToString(CultureInfo.InvariantCulture)));
            Assert.Equal(line[type.Length..].Replace(" ", "", StringComparison.Ordinal), ours);
        }
    }

    [SharedFact]
    public void Board_papers_are_those_of_the_transcription()
    {
        foreach (var (ours, theirs, columns) in new[]
        {
            ("verksamhetsplan-2018-indikatorer", "verksamhetsplan_2018_indikatorer", 9),
            ("verksamhetsplan-2018-budget", "verksamhetsplan_2018_budget_mnkr", 5),
            ("barnstod-2006-stodgrupper", "barnstod_2006_stodgrupper", 4),
            ("barnstod-2006-utbildning", "barnstod_2006_utbildning", 2),
        })
        {
            var expected = File.ReadAllLines(Repository.SharedAt("data", "board-papers", theirs + ".csv"));
            var actual = File.ReadAllLines(Path.Combine(ShippedData.Folder, ours + ".csv"))
                .Select(line => string.Join(',', line.Split(',').Take(columns)));
            Assert.Equal(expected.Select(line => string.Join(',', line.Split(',').Take(columns))), actual);
        }
    }

    [SharedFact]
    public void Radda_Barnens_figures_are_those_of_the_transcription()
    {
        var expected = File.ReadAllLines(Repository.SharedAt("data", "stockholm", "raw", "radda_barnen_barnfattigdom.csv")).Skip(1)
            .Select(line => line.Split(',')).Select(cells => (cells[0], cells[2], cells[3], cells[4], cells[5]));
        var actual = File.ReadAllLines(Path.Combine(ShippedData.Folder, "radda-barnens-index.csv")).Skip(1)
            .Select(line => line.Split(',')).Select(cells => (cells[0], cells[2], cells[3], cells[4], cells[5]));
        Assert.Equal(expected, actual);
    }
}
