using System.Globalization;
using Analys.Load;
using Analys.Load.Schema;
using Analys.Load.Undescribed;

namespace Analys.Tests.Load.Undescribed;

/// <summary>Units and footnotes around numbers are taken off, and that is said; what could be something else stays text.</summary>
public sealed class NumberAffixTests
{
    [Theory]
    [InlineData("12,5 %|3,1%|..|4 procent", "12.5 3.1 NaN 4", "percent")]
    [InlineData("12.5\u00A0%|3 %|7.25 %|1 %", "12.5 3 7.25 1", "percent")]
    [InlineData("312 500 kr|298 100 kr.|1 kr|5", "312500 298100 1 5", "kronor")]
    [InlineData("SEK 1 000|SEK 20|sek 3|SEK 4", "1000 20 3 4", "kronor")]
    [InlineData("312,5 tkr|1 tkr|2 tkr|3 tkr", "312500 1000 2000 3000", "1000")]
    [InlineData("1,2 mnkr|2 mnkr|3 mnkr|-", "1200000 2000000 3000000 NaN", "1000000")]
    [InlineData("12345*|1 298|998 1)|7 b)", "12345 1298 998 7", "footnotes")]
    [InlineData("123¹|45²³|6†|7 (1)", "123 45 6 7", "footnotes")]
    [InlineData("12,5 %*|3 %|1 %²|2 %", "12.5 3 1 2", "percent")]
    public void They_are_taken_off(string cells, string numbers, string said)
    {
        using var file = new TestFile("t.csv", Column(cells));
        var extract = Extract.Load(file.Path);
        Assert.Equal(numbers.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)),
            extract.Number("x").Values.ToArray().Select(value => Math.Round(value, 6)));
        Assert.Contains(said, Assert.Single(extract.Notices, notice => notice.Code == NoticeCodes.NumberForm).Text,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12,5 %|3,1|4|5")]
    [InlineData("12 kr|13 tkr|4 kr|5 kr")]
    [InlineData("1231)|1|2|3")]
    [InlineData("12 (25)|13 (30)|1 (2)|4 (50)")]
    [InlineData("0-17 år|18-64 år|65 år|66 år")]
    [InlineData("kr|SEK|%|*")]
    [InlineData("12a|13b|14c|15d")]
    public void What_could_be_something_else_stays_text(string cells)
    {
        using var file = new TestFile("t.csv", Column(cells));
        Assert.IsType<TextColumn>(Extract.Load(file.Path)["x"]);
    }

    [Fact]
    public void The_schema_that_is_drafted_reads_the_same_numbers()
    {
        using var file = new TestFile("t.csv", "namn;x;y\na;1,5 tkr;12 %\nb;2 tkr;3 %*\n");
        var extract = Extract.Load(file.Path, TableSchema.Parse(SchemaDraft.Infer(file.Path), "t"));
        Assert.Equal([1500, 2000], extract.Number("x").Values.ToArray());
        Assert.Equal([12, 3], extract.Number("y").Values.ToArray());
        Assert.Equal("percent", extract["y"].Field.Unit);
    }

    private static string Column(string cells) => "namn;x\n" + string.Concat(cells.Split('|').Select((cell, i) => $"n{i};{cell}\n"));
}
