using Analys.Load;
using Analys.Load.Schema;
using Analys.Load.Undescribed;
using Analys.Measure;
using Analys.Measure.Segregation;

namespace Analys.Tests.Examples;

/// <summary>What the library throws, and over what: a program that calls it catches these. None repeats a cell's value.</summary>
public class RefusalExamples
{
    private static readonly Extract Table = Extract.FromPublished(
        [new { omrade = "norr", antal = 10.0, alla = 20.0, saldo = -1.0 }, new { omrade = "söder", antal = 5.0, alla = 30.0, saldo = 2.0 }],
        "prov");

    [Fact]
    public void A_file_that_is_not_what_its_schema_says()
    {
        using var wrong = new TemporaryFile("t.csv", "omrade,antal\nnorr,hemligt\n");
        var schema = TableSchema.Parse("""{"fields": [{"name": "omrade", "type": "string"}, {"name": "antal", "type": "integer"}]}""", "t");
        var refused = Assert.Throws<ExtractRejectedException>(() => Extract.Load(wrong.Path, schema));
        Assert.DoesNotContain("hemligt", refused.Message, StringComparison.Ordinal);
        Assert.Throws<SheetNotFoundException>(() => Extract.Load(wrong.Path, schema, sheet: "Blad1"));
    }

    [Fact]
    public void A_schema_that_is_none_or_is_not_there()
    {
        Assert.Throws<SchemaException>(() => TableSchema.Parse("""{"fields": 1}""", "t"));
        Assert.Throws<SchemaNotFoundException>(() => TableSchema.Load("no-such-schema"));
    }

    [Fact]
    public void A_column_or_a_cell_that_a_measure_cannot_use()
    {
        Assert.Throws<ColumnNotFoundException>(() => Table.Number("andel"));
        Assert.Throws<CountException>(() => Table.Segregation(unit: "omrade", groups: ["saldo"], total: "alla"));
        Assert.Throws<CellException>(() => Table.Effect("antal", treated: "saldo"));
    }

    [Fact]
    public void An_option_or_a_parameter_that_is_not_known()
    {
        var options = new Dictionary<string, string> { ["base"] = "0" };
        Assert.Throws<MeasureOptionException>(() => Table.Segregation(unit: "omrade", groups: ["antal"], total: "alla",
            measures: ["mutual-information"], choices: new SegregationChoices { Options = options }));
        Assert.Throws<ParameterException>(() => NationalNorm.Of(1900, adults: 1));
        Assert.Throws<PolicyException>(() => Policy.Load("no-such-policy"));
    }

    [Fact]
    public void A_ledger_that_is_none()
    {
        using var file = new TemporaryFile("ledger.jsonl", "no ledger\n");
        Assert.Throws<LedgerException>(() => Table.Published("course-participants", column: "antal")
            .Release(Policy.Stockholm, Ledger.Open(file.Path)));
    }
}
