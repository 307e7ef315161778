using System.Globalization;
using System.Text;
using Analys.Disclosure;
using Analys.Disclosure.CellKey;
using Analys.Disclosure.Tables;

namespace Analys.Tests.Disclosure.CellKey;

/// <summary>Noise by cell keys in measures, tables and indices of the same persons.</summary>
public class CellKeyReleaseTests
{
    private static readonly Policy Noisy = Policy.Load("cellkey");
    private static readonly PersonKeys Keys = new(Encoding.UTF8.GetBytes("a seed for tests only"));

    private static Extract Register()
    {
        var csv = new StringBuilder("lopnr,stadsdel,grupp,inkomst\n");
        for (var i = 0; i < 400; i++)
            csv.Append(CultureInfo.InvariantCulture,
                $"{1000 + i},{"AB"[i % 2]},{(i % 7 == 0 ? "x" : "y")},{(i % 5 == 0 && i % 2 == 0 ? 90_000 : 300_000 + i)}\n");
        using var file = new TemporaryFile("register.csv", csv.ToString());
        return Extract.Load(file.Path);
    }

    [Fact]
    public void The_same_persons_have_the_same_noise_in_a_rate_a_headcount_and_a_table_and_zeros_stay()
    {
        var extract = Register();
        var keys = CellKeyTable.Draw(extract, "lopnr", Keys);
        var choices = new StudyChoices
        {
            Income = "inkomst",
            Area = "stadsdel",
            Lines = ["fixed:100000"],
            Interval = "none",
            CellKeys = keys
        };
        var rates = extract.Poverty(measures: ["at-risk-of-poverty-rate", "poverty-headcount"], choices: choices).Release(Noisy);
        var table = ExtractTable.Of(extract, ["stadsdel"]);
        var counts = ReleasedTable.OfCellKeys(table.Table, Noisy, CellKeyTable.Of(table, keys)).Table;
        foreach (var (area, cell) in ((string?, string)[])[("A", "A"), ("B", "B"), (null, "T")])
        {
            var rate = rates.Single(row => row.Area == area && row.Measure.Id == "at-risk-of-poverty-rate");
            var poor = rates.Single(row => row.Area == area && row.Measure.Id == "poverty-headcount");
            Assert.Equal(counts[cell].Value, rate.N);
            Assert.Equal(poor.Value.Number, rate.Value.Number);
            Assert.Null(rate.Lower);
        }

        // Nobody of B is poor, and all the poor are of A: the whole has A's noise.
        double Poor(string? area) => rates.Single(row => row.Area == area
            && row.Measure.Id == "poverty-headcount") is { N: { } n } row ? row.Value.Number * n : -1;
        Assert.Equal(0, Poor("B"));
        Assert.Equal(Poor("A"), Poor(null), 9);
        Assert.InRange(Poor("A"), 37, 43);
        Assert.Equal(Math.Round(Poor("A")), Poor("A"), 9);
    }

    [Fact]
    public void Indices_are_those_of_the_changed_counts()
    {
        var extract = Register();
        var noisy = NoisyCounts.Of(extract, ["stadsdel", "grupp"], CellKeyTable.Draw(extract, "lopnr", Keys), Noisy);
        Assert.Equal(Confidentiality.Public, noisy.Confidentiality);
        double Count(string area, string group) => Enumerable.Range(0, noisy.RowCount).Where(row =>
            (string?)noisy["stadsdel"].ValueAt(row) == area && (string?)noisy["grupp"].ValueAt(row) == group).Sum(row =>
                noisy.Number("count").Values[row]);
        double ax = Count("A", "x"), ay = Count("A", "y"), bx = Count("B", "x"), by = Count("B", "y");
        var index = noisy.Segregation("stadsdel", group: "grupp", count: "count", measures: ["dissimilarity"]).Release(Noisy);
        Assert.Equal(0.5 * (Math.Abs((ax / (ax + bx)) - (ay / (ay + by))) + Math.Abs((bx / (ax + bx)) - (by / (ay + by)))),
            index[0].Value.Number, 12);
    }

    [Fact]
    public void Figures_without_keys_are_refused_with_the_way() => Assert.Contains("--cell-key",
        Assert.Throws<ReleaseRefusedException>(() => Register().Poverty(measures: ["at-risk-of-poverty-rate"],
            choices: new StudyChoices { Income = "inkomst", Area = "stadsdel" }).Release(Noisy)).Message, StringComparison.Ordinal);
}
