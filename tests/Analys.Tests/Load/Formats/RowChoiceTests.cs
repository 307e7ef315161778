using Analys.Domain;
using Analys.Load;
using Analys.Measure.Segregation;

namespace Analys.Tests.Load.Formats;

/// <summary>Rows are chosen by conditions, and years are never added up unasked.</summary>
public sealed class RowChoiceTests
{
    private const string Years = "stadsdel;år;grupp;antal\nKista;2018;a;10\nKista;2018;b;20\nFarsta;2018;a;30\nFarsta;2018;b;5\nKista;2024;a;15\nKista;2024;b;20\nFarsta;2024;a;30\nFarsta;2024;b;15\n";

    [Theory]
    [InlineData("år=2024", 4)]
    [InlineData("år!=2024", 4)]
    [InlineData("år=2018..2020", 4)]
    [InlineData("år=2000-2030", 8)]
    [InlineData("antal=..15", 4)]
    [InlineData("antal=20..", 4)]
    [InlineData("grupp=a|c", 4)]
    [InlineData("stadsdel!=Kista", 4)]
    public void Conditions_choose_rows(string condition, int rows)
    {
        using var file = new TestFile("years.csv", Years);
        Assert.Equal(rows, Extract.Load(file.Path).Where(RowChoice.Parse([condition])).RowCount);
    }

    [Fact]
    public void What_was_chosen_is_known_and_rows_keep_their_numbers()
    {
        using var file = new TestFile("years.csv", Years);
        var chosen = Extract.Load(file.Path).Where(RowChoice.Parse(["år=2024", "grupp=b"]));
        Assert.Equal([20, 15], chosen.Number("antal").Values.ToArray());
        Assert.Equal("column antal, rows 7, 9", chosen.Where("antal", _ => true));
        Assert.Contains("rows where år=2024, grupp=b", chosen.Provenance.Steps);
        Assert.Equal(["b"], chosen.Text("grupp").Categories);
    }

    [Fact]
    public void Years_are_not_added_up_unless_asked()
    {
        using var file = new TestFile("years.csv", Years);
        var extract = Extract.Load(file.Path);
        var refused = Assert.Throws<CallException>(() => GroupCountsReader.Long(extract, "stadsdel", "grupp", "antal"));
        Assert.Contains("år", refused.Message, StringComparison.Ordinal);
        Assert.Equal(80, GroupCountsReader.Long(extract.Where(RowChoice.Parse(["år=2024"])), "stadsdel", "grupp", "antal").Totals.ToArray().Sum());
        Assert.Equal(145, GroupCountsReader.Long(extract.Pooled(), "stadsdel", "grupp", "antal").Totals.ToArray().Sum());
    }

    [Fact]
    public void A_name_with_a_blank_behind_it_is_the_same_name()
    {
        using var file = new TestFile("t.csv", "omr,g,n\n\"A \",x,3\nA,y,5\nB,x,1\nB,\"y \",2\n");
        var extract = Extract.Load(file.Path);
        Assert.Equal(["A", "B"], extract.Text("omr").Categories);
        Assert.Equal(2, extract.Notices.Count(notice => notice.Code == NoticeCodes.Trimmed));
    }

    [Fact]
    public void A_unit_that_comes_twice_is_said()
    {
        using var file = new TestFile("t.csv", "omr,a,b\nA,3,4\nA,5,1\nB,2,8\n");
        Assert.Contains(GroupCountsReader.Wide(Extract.Load(file.Path), "omr", ["a", "b"]).Provenance.Steps, step => step.Contains("row 3", StringComparison.Ordinal));
    }
}
