using Analys.Load;
using Analys.Load.Schema;

namespace Analys.Tests.Examples;

/// <summary>What an extract tells of itself, and how rows of it are chosen and joined.</summary>
public class LoadExamples
{
    private static readonly Extract Support = Extract.Load(At("ekonomiskt-bistand-2015-2017.csv"));

    private static string At(string file) => Repository.At("notebooks", "data", "stockholm", file);

    [Fact]
    public void A_schema_tells_the_type_and_role_of_every_field_and_where_the_series_broke()
    {
        var schema = TableSchema.Parse("""
            {"fields": [{"name": "omrade", "type": "string", "analys": {"role": "area"}},
                        {"name": "andel", "type": "number", "analys": {"role": "rate", "unit": "percent"}}],
             "analys": {"confidentiality": "public", "breaks": [{"before": "2020", "note": "ny indelning"}]}}
            """, "prov");
        Assert.Equal(FieldType.Number, schema.Find("andel")!.Type);
        Assert.Equal(Role.Area, schema.Find("omrade")!.Role);
        Assert.Equal(new TableBreak("2020", "ny indelning"), Assert.Single(schema.Breaks));
    }

    [Fact]
    public void An_extract_says_where_it_comes_from_and_what_was_taken_for_granted()
    {
        SourceFile file = Support.Provenance.Sources[0];
        Origin? origin = file.Origin;
        Assert.Contains("Stockholm", $"{origin?.Publisher} {origin?.Title}", StringComparison.OrdinalIgnoreCase);
        using var bare = new TemporaryFile("t.csv", "Områden i staden\n\nomrade;andel\nFarsta;3,5\nBromma;1,2\n");
        IReadOnlyList<Notice> granted = Extract.Load(bare.Path).Notices;
        Assert.All(granted, notice => Assert.DoesNotContain("3,5", notice.Text, StringComparison.Ordinal));
        RowNumbers rows = granted[0].Rows;
        Assert.Equal(rows.Count > 0, !rows.First.IsEmpty);
    }

    [Fact]
    public void Rows_are_chosen_by_what_stands_in_them_and_by_what_is_missing()
    {
        bool IsKnown(ExtractRow row) => row.MarkAt("n2017") == Mark.None && row.Text("stadsdelsomrade") != "Kista";
        var known = Support.Where(IsKnown).With("tusental", row => row.Number("n2017") / 1000);
        Assert.Equal(known.RowCount, known.Number("tusental").Values.Length);
    }

    [Fact]
    public void Two_tables_of_the_same_areas_are_one()
    {
        var income = Extract.Load(At("hushallsinkomst-2016.csv"));
        var both = Support.Join(income, ["stadsdelsomrade"], JoinKind.Inner);
        Assert.True(both.Has("n2017") && both.Has("hh_total"));
        Assert.InRange(both.RowCount, 1, Support.RowCount);
    }
}
