using Analys.Load.Schema;
using Analys.Report.Tables;

namespace Analys.Report.Tests;

public class PublishedTableTests
{
    [Theory]
    [InlineData("pct2024_barn", 12.5, Role.Rate, "2024", "0-17", "percent")]
    [InlineData("n2024_18_24", 300.0, Role.Count, "2024", "18-24", null)]
    [InlineData("pct2017_65plus", 0.4, Role.Rate, "2017", "65-", "percent")]
    [InlineData("andel", 0.6, Role.Rate, null, null, null)]
    [InlineData("Andel 2023", 7.0, Role.Rate, "2023", null, "percent")]
    [InlineData("medelinkomst_tkr_2016", 394.5, Role.Amount, "2016", null, "tkr")]
    [InlineData("barn", 2000.0, Role.None, null, null, null)]
    [InlineData("ar", 2024.0, Role.Period, null, null, null)]
    public void The_name_of_a_column_tells_what_it_holds(string name, double largest, Role role, string? period, string? population,
        string? unit)
    {
        var field = ColumnMeaning.Of(new Field { Name = name, Type = FieldType.Number }, largest);
        Assert.Equal((role, period, population, unit), (field.Role, field.Period, field.Population, field.Unit));
    }

    [Theory]
    [InlineData("lopnr,omrade,andel\n1,A,2.5\n2,B,3.5\n", "role person")]
    [InlineData("omrade,inkomst_ke,kon\nA,200000,1\nA,210000,1\nB,190000,2\n", "one row a person")]
    [InlineData("svar,tal\nja,2\nnej,3\n", null)]
    [InlineData("omrade,ar,andel\nA,2020,2.5\nA,2021,3.5\n", null)]
    [InlineData("omrade,arende_id,andel\nA,101,1\nB,102,2\nC,103,3\nD,104,4\nE,105,5\nF,106,6\nG,107,7\nH,108,8\n", "looks like a key")]
    [InlineData("elev,skola,poang\nKaa,A,12\nLib,A,13\nOlc,B,4\n", "names a person or a case")]
    [InlineData("arende,stadsdel,belopp\nx-1,Farsta,12000\nx-2,Farsta,9000\nx-3,Bromma,4000\n", "names a person or a case")]
    [InlineData("omrade,alder,kon,inkomst\nA,34,K,300100\nA,35,M,300200\nB,36,K,410000\nB,7,M,0\n", "as in a register")]
    [InlineData("omrade,kurs,deltagare\nA,Bas,12\nA,Topp,13\nB,Bas,4\nB,Topp,5\n", null)]
    [InlineData("omrade,kod,andel\nA,a81,12\nB,ff0,13\nC,09a,4\n", null)]
    public void A_statement_is_not_believed_of_what_looks_like_a_register(string csv, string? doubt)
    {
        using var tables = new Tables().With("t.csv", csv);
        var input = Assert.Single(TableInput.Read([tables.Folder], new PublicStatement("x, 2025")));
        if (doubt is null) Assert.Null(input.Refusal);
        else Assert.Contains(doubt, input.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_schema_calls_confidential_stays_so()
    {
        using var tables = new Tables().With("t.csv", "omrade,andel\nA,2.5\nB,3.5\n")
            .With("t.schema.json",
                """{"fields":[{"name":"omrade","type":"string","analys":{"role":"area"}},{"name":"andel","type":"number","""
                    + """ "analys":{"role":"rate","unit":"percent"}}],"analys":{"confidentiality":"confidential"}}""");
        var input = Assert.Single(TableInput.Read([tables.Folder], new PublicStatement("x, 2025")));
        Assert.Equal(Confidentiality.Confidential, input.Extract!.Confidentiality);
        Assert.Equal(0, tables.Make().Sections);
    }
}
