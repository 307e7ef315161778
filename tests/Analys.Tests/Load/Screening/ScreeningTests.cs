using System.Globalization;
using System.Text;
using Analys.Load;
using Analys.Load.Schema;

namespace Analys.Tests.Load.Screening;

/// <summary>What leads to a person is refused, and what leads to an area is not.</summary>
public class ScreeningTests
{
    private static IReadOnlyList<Finding> Findings(string csv, string? schema = null)
    {
        using var file = new TemporaryFile("t.csv", csv);
        return Extract.TryLoad(file.Path, schema is null ? null : TableSchema.Parse(schema, "s")).Findings;
    }

    [Theory]
    [InlineData("850101-T123")]
    [InlineData("19850101-T123")]
    [InlineData("19850101TF12")]
    [InlineData("Storgatan 12")]
    [InlineData("Ringvägen 5 B, lgh 1101")]
    [InlineData("Sven Rinmans gata 5")]
    [InlineData("bor på storgatan 12")]
    [InlineData("Box 12, 123 45 Stockholm")]
    [InlineData("Vallentuna Prästgård 1:23")]
    [InlineData("Trakten 1:234")]
    [InlineData("+46701234567")]
    [InlineData("0046 70 123 45 67")]
    [InlineData("08-508 25 000")]
    [InlineData("0701234567 (mamma)")]
    [InlineData("någon@skola.stockholm.se")]
    public void A_single_identifier_is_enough(string identifier)
    {
        var findings = Findings($"a,b\nx,1\n\"{identifier}\",2\ny,3\n");
        Assert.Contains(findings, finding => finding is { Code: "identifier", Column: "a" });
        Assert.DoesNotContain(findings, finding => finding.ToString().Contains(identifier, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0180C1010")]
    [InlineData("0180R001")]
    [InlineData("SFS 2001:453")]
    [InlineData("Socialtjänstlag (2001:453) 4 kap. 1 §")]
    [InlineData("SOU 2018:32")]
    [InlineData("Måndag 08:00")]
    [InlineData("Kl 10:30")]
    [InlineData("Tabell 2:1")]
    [InlineData("Verksamhetsplan 2018")]
    [InlineData("201912A123")]
    [InlineData("2018-01-31")]
    [InlineData("2006-04")]
    [InlineData("12 345 678")]
    [InlineData("0,5 till 1,25")]
    [InlineData("Ensamstående kvinna med 3 barn")]
    [InlineData("3:e kvartalet")]
    public void What_is_no_identifier_passes(string text) => Assert.Empty(Findings($"a,b\nx,1\n\"{text}\",2\ny,3\n"));

    [Theory]
    [InlineData("personnummer")]
    [InlineData("Förnamn")]
    [InlineData("efternamn")]
    [InlineData("adress")]
    [InlineData("E-post")]
    [InlineData("telefon")]
    [InlineData("Fastighetsbeteckning")]
    public void A_column_is_taken_at_its_word(string name)
    {
        Assert.Contains(Findings($"{name},b\nx,1\ny,2\n"), finding => finding.Code == "identifier" && finding.Column == name);
        Assert.Contains(Findings($"{name},b\n1,1\n2,2\n"), finding => finding.Code == "identifier" && finding.Column == name);
    }

    [Fact]
    public void A_serial_number_by_the_schemas_word_is_allowed() =>
        Assert.Empty(Findings("pnr,b\n1,1\n2,2\n", """{"fields":[{"name":"pnr","type":"integer","analys":{"role":"person"}},"""
            + """ {"name":"b","type":"integer"}]}"""));

    private static readonly string[] People = ["Anna Andersson", "Björn Öberg", "Fatima Al-Hassan", "Åsa Lind", "Mohamed Ali",
        "Li Wei Chen", "Carl-Johan von Essen", "O'Connor, Mary"];

    [Theory]
    [InlineData("namn")]
    [InlineData("kolumn1")]
    public void Names_are_known_by_their_form(string column) =>
        Assert.Contains(Findings($"{column},b\n" + string.Concat(People.Select((name, i) => string.Create(CultureInfo.InvariantCulture,
            $"\"{name}\",{i}\n")))), finding => finding.Expected.Contains("names", StringComparison.Ordinal));

    [Theory]
    [InlineData("stadsdelsomrade")]
    [InlineData("namn")]
    [InlineData("a")]
    public void Districts_are_not_people(string column)
    {
        foreach (var division in Geography.Stockholm.Divisions)
        {
            if (division.Areas.Count > 0) Assert.Empty(Findings($"{column},b\n" + string.Concat(division.Areas.Select(area =>
                $"{area.Name},1\n"))));
        }

        Assert.Empty(Findings($"{column},b\n" + string.Concat(Geography.Stockholm.Regions.Append("Hela staden")
            .Select(name => $"{name},1\n"))));
    }

    [Fact]
    public void Small_areas_are_not_people()
    {
        var path = Repository.At("notebooks", "data", "stockholm", "mindre-omraden-folkhalsokollen.csv");
        var rows = File.ReadAllLines(path);
        // Without its schema, and with the column under a name that says nothing.
        Assert.Empty(Findings(string.Join('\n', rows.Select((row, i) => i == 0 ? "a,b,c,namn" : row)) + "\n"));
        Assert.Empty(Findings("a,b\nGamla Stan,1\nStora Essingen,2\nLilla Essingen,3\nNorra Djurgården,4\nÖstra Östermalm,5\nSödra "
            + "Hammarbyhamnen,6\n"));
    }

    [Fact]
    public void All_shipped_tables_pass_with_and_without_their_schemas()
    {
        foreach (var path in Directory.GetFiles(Repository.At("notebooks", "data", "stockholm"), "*.csv"))
            Assert.DoesNotContain(Findings(File.ReadAllText(path, Encoding.UTF8)), finding => finding.Code == "identifier");
    }

    [Theory]
    [InlineData("uttag 850101-1236.csv", "a,b\nx,1\ny,2\n")]
    [InlineData("t.csv", "Barn 19850101-1236\n\na,b\nx,1\ny,2\n")]
    [InlineData("t.csv", "a,b\nx,1\ny,2\n\nKälla: akt 850101–1236\n")]
    [InlineData("t.json", """[{"850101-1236": 1, "b": 2}, {"850101-1236": 3, "b": 4}]""")]
    public void Names_titles_notes_and_keys_are_looked_at(string name, string text)
    {
        using var file = new TemporaryFile(name, text);
        var findings = Extract.TryLoad(file.Path).Findings;
        Assert.Contains(findings, finding => finding.Code == "identifier");
        Assert.DoesNotContain(findings, finding => finding.ToString().Contains("1236", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("uttag-201801311230.csv")]
    [InlineData("0180-2017-2018.csv")]
    [InlineData("2018-01-31.csv")]
    public void Dates_in_file_names_are_no_persons(string name)
    {
        using var file = new TemporaryFile(name, "a,b\nx,1\ny,2\n");
        Assert.Empty(Extract.TryLoad(file.Path).Findings);
    }
}
