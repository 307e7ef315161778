using Analys.Load;
using Analys.Load.Undescribed;

namespace Analys.Tests.Load.Undescribed;

/// <summary>Numbers and marks of a file without a schema: read where there is one reading, else left as text and said.</summary>
public class NumberFormTests
{
    [Theory]
    [InlineData("n;12,5;2,25", 12.5, 2.25)]
    [InlineData("n;12.5;2.25", 12.5, 2.25)]
    [InlineData("n;1 234;12 345,5", 1234, 12345.5)]
    [InlineData("n;1\u00A0234;12\u202F345", 1234, 12345)]
    [InlineData("n;1 234.5;12 345", 1234.5, 12345)]
    [InlineData("n;1.234.567;1.200,5", 1234567, 1200.5)]
    [InlineData("n;1,234,567;1,200.5", 1234567, 1200.5)]
    [InlineData("n;1.234;0.5", 1.234, 0.5)]
    [InlineData("n;1.234;1500", 1.234, 1500)]
    [InlineData("n;1.234;1500.25", 1.234, 1500.25)]
    [InlineData("n;1,234;0,5", 1.234, 0.5)]
    [InlineData("n;1e+05;2.5e-03", 100000, 0.0025)]
    [InlineData("n;-12,5;+3", -12.5, 3)]
    [InlineData("n;−12;3", -12, 3)]
    public void One_reading(string column, double first, double second) => Assert.Equal([first, second], Numbers(column, out _));

    [Theory]
    [InlineData("n;1.234;2.345;3.456")]
    [InlineData("n;950;1.234")]
    [InlineData("n;950;1,234")]
    [InlineData("n;1.234;1,234")]
    public void Two_readings_are_none(string column)
    {
        var failure = Assert.Throws<CellException>(() => Numbers(column, out _));
        Assert.Contains("thousands", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("234", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_columns_tell_what_a_mark_before_three_digits_means()
    {
        using var point = new TestFile("t.csv", "n;m\n1.234;0.5\n2.345;1.25\n");
        using var comma = new TestFile("t.csv", "n;m\n1.234;0,5\n2.345;1,25\n");
        Assert.Equal([1.234, 2.345], Extract.Load(point.Path).Number("n").Values.ToArray());
        var thousands = Extract.Load(comma.Path);
        Assert.Equal([1234, 2345], thousands.Number("n").Values.ToArray());
        Assert.Equal("number-form", Assert.Single(thousands.Notices).Code);
    }

    [Theory]
    [InlineData("n;0114;0180")]
    [InlineData("n;2020.01;2020.10")]
    [InlineData("n;12345678901234567;12345678901234568")]
    public void Codes_are_no_numbers(string column) => Assert.Throws<CellException>(() => Numbers(column, out _));

    [Theory]
    [InlineData("n;1234 567;3;4", "row 2")]
    [InlineData("n;1;1,5;1.5;2,5", "row 4")]
    [InlineData("n;1;okänt;3;4 liter;5", "rows 3, 5")]
    public void Stray_cells_have_rows_and_no_value(string column, string rows)
    {
        var failure = Assert.Throws<CellException>(() => Numbers(column, out _));
        Assert.Contains(rows + ":", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("okänt", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_of_names_holds_text() => Assert.Throws<ColumnNotFoundException>(() => Numbers("n;Bromma;Farsta", out _));

    [Theory]
    [InlineData("<15", Mark.Suppressed)]
    [InlineData("< 5", Mark.Suppressed)]
    [InlineData("X", Mark.Suppressed)]
    [InlineData("*", Mark.Suppressed)]
    [InlineData("..", Mark.NotAvailable)]
    [InlineData(".", Mark.NotApplicable)]
    [InlineData("-", Mark.Nil)]
    [InlineData("–", Mark.Nil)]
    [InlineData("NA", Mark.Missing)]
    [InlineData("N/A", Mark.Missing)]
    [InlineData("null", Mark.Missing)]
    [InlineData("", Mark.Missing)]
    public void Marks_are_typed_and_said(string text, Mark mark)
    {
        using var file = new TestFile("t.csv", $"stadsdel;n;m\na;1;2\nb;{text};3\nc;4;5\n");
        var extract = Extract.Load(file.Path);
        Assert.Equal(mark, extract.Number("n").MarkAt(1));
        Assert.True(double.IsNaN(extract.Number("n").Values[1]));
        var notice = Assert.Single(extract.Notices);
        Assert.Equal(("mark", "n", "row 3"), (notice.Code, notice.Column, notice.Rows.ToString()));
    }

    [Fact]
    public void A_bound_among_texts_is_a_category()
    {
        using var file = new TestFile("t.csv", "ålder;sex;n\n<15;X;2\n15-24;K;3\n25-;M;5\n");
        var extract = Extract.Load(file.Path);
        Assert.Equal(["<15", "15-24", "25-"], extract.Text("ålder").Categories);
        Assert.Equal(["X", "K", "M"], extract.Text("sex").Categories);
    }

    private static double[] Numbers(string column, out Extract extract)
    {
        var lines = column.Split(';');
        using var file = new TestFile("t.csv", string.Concat(lines.Select((cell, i) => $"{(i == 0 ? "namn" : $"r{i}x")};{cell}\n")));
        extract = Extract.Load(file.Path);
        return extract.Number("n").Values.ToArray();
    }
}
