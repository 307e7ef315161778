using Analys.Disclosure.Tables;
using Analys.Load.Schema;

namespace Analys.Tests.Disclosure.Tables;

/// <summary>The table of an extract: sums of rows, and the households behind each cell and its totals, by hand.</summary>
public class ExtractTableTests
{
    private static Extract Of(string columns, params string[] rows)
    {
        var fields = columns.Split(',').Select(column => column.Split(':')).ToArray();
        var schema = string.Join(",\n", fields.Select(field =>
            $$"""{ "name": "{{field[0]}}", "type": "{{field[1]}}"{{(field.Length > 2 ? $$""", "analys": { "role": "{{field[2]}}" }""" : "")}} }"""));
        using var file = new TemporaryFile("uttag.csv", string.Join('\n', rows.Prepend(string.Join(',', fields.Select(field => field[0])))));
        return Extract.Load(file.Path, TableSchema.Parse($$"""{ "fields": [ {{schema}} ] }""", "uttag"));
    }

    private static (double, double)[] Cells(ExtractTable table) =>
        [.. ((string[])["A", "B", "T"]).Select(id => (table.Table[id].Value, (double)table.Table[id].Contributors!.Value))];

    [Fact]
    public void A_household_in_two_cells_is_one_of_their_total_and_nobodys_is_his_own()
    {
        var persons = Of("h:string:household,area:string", "1,A", "1,A", "2,A", "1,B", ",B");
        Assert.Equal([(3, 2), (2, 2), (5, 3)], Cells(ExtractTable.Of(persons, ["area"], contributors: "h")));
        // The same by a numeric key.
        var numbers = Of("h:integer:household,area:string", "1,A", "1,A", "2,A", "1,B", ",B");
        Assert.Equal([(3, 2), (2, 2), (5, 3)], Cells(ExtractTable.Of(numbers, ["area"], contributors: "h")));
        Assert.Null(ExtractTable.Of(persons, ["area"]).Table["A"].Contributors);
    }

    [Fact]
    public void Numbers_of_households_beside_counts_add_up()
    {
        var counts = Of("area:string,n:number,families:number", "A,10,3", "A,5,2", "B,7,4", "T,22,9");
        var table = ExtractTable.Of(counts, ["area"], "n", "families");
        Assert.Equal([(15, 5), (7, 4), (22, 9)], Cells(table));
        Assert.Equal(1, table.TotalRows);
        Assert.Throws<TableModelException>(() => ExtractTable.Of(Of("area:string,n:number,families:number", "A,10,"), ["area"], "n",
            "families"));
        // Where rows are persons nobody is a total.
        Assert.Throws<TableModelException>(() => ExtractTable.Of(counts, ["area"]));
    }

    [Fact]
    public void Amounts_are_judged_by_what_each_household_adds()
    {
        var amounts = Of("h:string:household,area:string,kr:number", "1,A,100", "2,A,50", "1,A,25", "3,B,0");
        var table = ExtractTable.Of(amounts, ["area"], "kr", "h", amount: true).Table;
        Assert.Equal((125, 175, 2), (table["A"].Contributions!.Largest(1), table["A"].Contributions!.Total,
            table["A"].Contributions!.Count));
        // Who adds nothing is none of its contributors.
        Assert.Equal((0, 0), (table["B"].Contributions!.Count, table["B"].Contributors));
        Assert.Equal((2, 2), (table["T"].Contributions!.Count, table["T"].Contributors));
        Assert.Throws<TableModelException>(() => ExtractTable.Of(amounts, ["area"], "kr", amount: true));
    }

    [Fact]
    public void A_table_has_dimensions_each_named_once_and_none_too_many_cells()
    {
        var persons = Of("area:string,group:string", "A,x", "B,y", "A,");
        Assert.Throws<TableModelException>(() => ExtractTable.Of(persons, []));
        Assert.Throws<TableModelException>(() => ExtractTable.Of(persons, ["area", "area"]));
        var table = ExtractTable.Of(persons, ["area", "group"]);
        Assert.Equal((1, 0, 1, 2, 3), (table.Table["A|x"].Value, table.Table["B|x"].Value, table.Table[$"A|{ExtractTable.Missing}"].Value,
            table.Table["A|T"].Value, table.Table["T|T"].Value));
        Assert.Equal(6, table.Leaves().Count());
    }
}
