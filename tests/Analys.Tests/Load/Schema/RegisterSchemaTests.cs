using Analys.Load;
using Analys.Load.Schema;

namespace Analys.Tests.Load.Schema;

/// <summary>A small hand-made file through each schema for register, district and survey extracts.</summary>
public class RegisterSchemaTests
{
    [Theory]
    [InlineData("DispInkKE")]
    [InlineData("DispInkKE04")]
    [InlineData("DispInkKEHB04")]
    public void Names_change_by_year_and_roles_do_not_and_hundreds_become_kronor(string name)
    {
        using var file =
            new TemporaryFile("uttag.csv", $"LopNr,LopNr_FamId,Ar,Alder,{name},ALosDag\n01,1,2009,34,1234.5,73\n02,1,2009,3,.,\n");
        var extract = Extract.Load(file.Path, TableSchema.Load("lisa-register"));
        var income = (NumberColumn)extract.Get(Role.EquivalisedIncome);
        Assert.Equal(123_450, income.Values[0], 6);
        Assert.Equal(Mark.Missing, income.MarkAt(1));
        Assert.Equal(2.4, ((NumberColumn)extract.Get(Role.UnemploymentMonths)).Values[0], 9);
        Assert.Equal(Confidentiality.Confidential, extract.Confidentiality);
    }

    [Fact]
    public void A_delivery_with_two_definitions_of_one_income_must_say_which()
    {
        using var file = new TemporaryFile("uttag.csv", "LopNr,LopNr_FamId,Ar,Alder,DispInkKE,DispInkKE04\n01,1,2004,34,1234,1235\n");
        var extract = Extract.Load(file.Path, TableSchema.Load("lisa-register"));
        Assert.Throws<ColumnNotFoundException>(() => extract.Get(Role.EquivalisedIncome));
    }

    [Fact]
    public void District_extracts_have_months_per_household()
    {
        using var file = new TemporaryFile("uttag.csv", """
            HushallNr;PersonNr;Ar;Stadsdelsomrade;Alder;Kon;Hushallstyp;BistandManader;Bistandsbelopp;Boendekostnad;Forsorjningshinder
            7;a1;2017;Farsta;31;kvinna;ensamstående med barn;11;98000,50;84000;arbetslös
            7;a2;2017;Farsta;4;man;ensamstående med barn;11;98000,50;84000;
            """);
        var extract = Extract.Load(file.Path, TableSchema.Load("bistand-hushall"));
        Assert.Equal([11, 11], ((NumberColumn)extract.Get(Role.IncomeSupportMonths)).Values.ToArray());
        Assert.Equal(98000.5, ((NumberColumn)extract.Get(Role.Transfers)).Values[1]);
    }

    [Fact]
    public void Thirteen_months_of_support_are_refused()
    {
        using var file =
            new TemporaryFile("uttag.csv",
                "HushallNr;PersonNr;Ar;Stadsdelsomrade;Alder;Kon;Hushallstyp;BistandManader;Bistandsbelopp;Boendekostnad;"
                    + "Forsorjningshinder\n7;a1;2017;Farsta;31;k;x;13;1;1;\n");
        var (extract, findings) = Extract.TryLoad(file.Path, TableSchema.Load("bistand-hushall"));
        Assert.Null(extract);
        Assert.Equal("BistandManader", Assert.Single(findings).Column);
    }

    [Fact]
    public void A_scale_is_a_number_above_zero()
    {
        const string schema = """{ "fields": [ { "name": "a", "type": "number", "analys": { "scale": 0 } } ] }""";
        Assert.Throws<SchemaException>(() => TableSchema.Parse(schema, "x"));
    }
}
