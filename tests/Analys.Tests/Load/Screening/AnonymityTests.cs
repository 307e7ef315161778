using System.Globalization;
using System.Text;
using Analys.Load.Schema;
using Analys.Load.Screening;

namespace Analys.Tests.Load.Screening;

public class AnonymityTests
{
    private const string Schema = """
        {"fields":[
          {"name":"alder","type":"integer","analys":{"role":"age"}}, {"name":"kon","type":"string","analys":{"role":"sex"}},
          {"name":"man","type":"integer","analys":{"role":"incomeSupportMonths"}}]}
        """;

    private static Anonymity Of(string csv, int limit = 5, IReadOnlyList<string>? quasi = null)
    {
        using var file = new TemporaryFile("t.csv", csv);
        return Anonymity.Of(Extract.Load(file.Path, quasi is null ? TableSchema.Parse(Schema, "s") : null), limit, quasi);
    }

    private static string Rows(params (int Age, string Sex, int Months, int Times)[] rows)
    {
        var csv = new StringBuilder("alder,kon,man\n");
        foreach (var (age, sex, months, times) in rows) for (var i = 0; i < times; i++) csv.Append(CultureInfo.InvariantCulture,
            $"{age},{sex},{months}\n");
        return csv.ToString();
    }

    [Fact]
    public void Classes_by_hand()
    {
        var anonymity = Of(Rows((5, "k", 0, 6), (5, "k", 12, 3), (5, "m", 0, 8), (7, "k", 4, 7), (7, "m", 1, 2), (8, "m", 1, 4)));
        Assert.Equal(["alder", "kon"], anonymity.QuasiIdentifiers);
        Assert.Equal(5, anonymity.Classes);
        // Two classes are too small: of two and of four. Two is not said, six may be.
        Assert.Equal(("<5", "6", false), (anonymity.Smallest, anonymity.RecordsBelow, anonymity.IsEnough));
        Assert.Equal(("man", 1), Assert.Single(anonymity.Sensitive));
    }

    [Fact]
    public void Many_alike_hide_each_other()
    {
        var anonymity = Of(Rows((5, "k", 0, 6), (5, "k", 12, 3), (5, "m", 0, 8), (5, "m", 2, 1), (5, "m", 3, 1)));
        Assert.Equal(("9", "0", true), (anonymity.Smallest, anonymity.RecordsBelow, anonymity.IsEnough));
        Assert.Equal(2, anonymity.Sensitive[0].Diversity);
    }

    [Fact]
    public void A_small_number_of_records_is_not_said() => Assert.Equal("<5", Of(Rows((5, "k", 0, 9), (6, "k", 0, 3))).RecordsBelow);

    [Fact]
    public void Columns_may_be_named_where_roles_are_not_known()
    {
        Assert.Equal("12", Of(Rows((5, "k", 0, 12), (5, "m", 0, 13)), quasi: ["kon"]).Smallest);
        Assert.Throws<ColumnNotFoundException>(() => Of(Rows((5, "k", 0, 12)), quasi: []));
    }
}
