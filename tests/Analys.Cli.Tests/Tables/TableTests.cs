using Analys.Cli.Tables;
using Analys.Tests;
using FsCheck;
using FsCheck.Fluent;

namespace Analys.Cli.Tests.Tables;

/// <summary>Tables of text: never wider than asked, nothing lost of a word, digits as a figure carries them.</summary>
public sealed class TableTests
{
    private static readonly string Population = Repository.At("notebooks", "data", "stockholm", "befolkning-utlandsk-bakgrund-2011.csv");

    [Fact]
    public void A_wrapped_text_fits_and_keeps_its_letters() => Prop.ForAll<NonNull<string>, PositiveInt>((text, width) =>
    {
        var plain = new string([.. text.Get.Where(letter => letter is >= ' ' and < '\u0300')]);
        var lines = TextLayout.Wrap(plain, width.Get);
        return lines.All(line => TextLayout.Width(line) <= width.Get)
            && string.Concat(lines).Replace(" ", "", StringComparison.Ordinal) == plain.Replace(" ", "", StringComparison.Ordinal);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Ids_break_at_their_joints_and_words_between_each_other()
    {
        Assert.Equal(["at-risk-of-", "poverty-rate"], TextLayout.Wrap("at-risk-of-poverty-rate", 12));
        Assert.Equal(["ensamstående", "med barn"], TextLayout.Wrap("ensamstående med barn", 13));
        Assert.Equal(["abcd", "efg"], TextLayout.Wrap("abcdefg", 4));
    }

    [Fact]
    public void Columns_that_say_least_go_first_where_not_all_fit()
    {
        var output = new StringWriter();
        var dropped = TextTable.Write(output, 16, [new("measure"), new("value", true), new("step", true, 1), new("n", true, 2)],
            [["gini", "0.25", "0.005", "12345"]]);
        Assert.Equal(["step", "n"], dropped);
        Assert.Equal("measure  value\n-------  -----\ngini      0.25\n", output.ToString().ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData(0.123456, null, null, "0.1235")]
    [InlineData(0.00123456, null, null, "0.001235")]
    [InlineData(1234.5678, null, null, "1235")]
    [InlineData(42.0, null, null, "42")]
    [InlineData(0.123456, 0.005, null, "0.123")]
    [InlineData(188000.0, 1000.0, null, "188000")]
    [InlineData(0.123456, null, 0.0217, "0.123")]
    [InlineData(0.123456, null, 0.0009, "0.12346")]
    public void Numbers_have_the_digits_that_they_carry(double value, double? step, double? error, string text)
    {
        var result = new Result
        {
            Measure = Measures.Find("gini")[0].Definition,
            Value = Quantity.Known(value),
            Step = step,
            StandardError = error
        };
        Assert.Equal(text, Digits.Text(value, Digits.Of(result), "."));
        Assert.Equal(text.Replace('.', ','), Digits.Text(value, Digits.Of(result), ","));
    }

    [Fact]
    public void A_minus_before_nothing_is_left_out() => Assert.Equal("0.00", Digits.Text(-0.001, 2, "."));

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(200)]
    public async Task No_table_is_wider_than_asked(int width)
    {
        foreach (var call in (string[][])[Call("--measures", "all"), ["measures"], ["help", "measures"]])
        {
            var run = await CommandRun.Of([.. call, "--width", $"{width}"]);
            Assert.Equal(0, run.Code);
            Assert.All(run.Output.Split('\n'), line => Assert.True(TextLayout.Width(line.TrimEnd('\r')) <= width, line));
        }
    }

    [Fact]
    public async Task A_table_shows_the_usual_measures_and_says_where_the_rest_is()
    {
        var table = (await CommandRun.Of(Call())).Output;
        Assert.Contains("--measures all", table, StringComparison.Ordinal);
        Assert.DoesNotContain("gorard", table, StringComparison.Ordinal);
        Assert.Contains("gorard", (await CommandRun.Of(Call("--measures", "all"))).Output, StringComparison.Ordinal);
        Assert.Contains("gorard", (await CommandRun.Of(Call("--format", "csv"))).Output, StringComparison.Ordinal);
        Assert.Contains("would have to move", (await CommandRun.Of(Call("--explain"))).Output, StringComparison.Ordinal);
        Assert.Contains("skulle behöva flytta", (await CommandRun.Of(Call("--explain", "--language", "sv"))).Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_the_same_everywhere_stands_above_and_what_is_undefined_in_a_line_below()
    {
        var run = await CommandRun.Of(Call("--measures", "dissimilarity,mutual-information,neighbourhood-sorting"));
        Assert.Contains("parameters: base=e", run.Output, StringComparison.Ordinal);
        Assert.Contains("Undefined: neighbourhood-sorting", run.Output, StringComparison.Ordinal);
        var wide = await CommandRun.Of(Call("--measures", "dissimilarity,mutual-information,neighbourhood-sorting", "--wide"));
        Assert.Contains("Undefined: the option", wide.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Piped_output_is_the_same_whatever_the_machine_speaks()
    {
        var before = System.Globalization.CultureInfo.CurrentCulture;
        var plain = await CommandRun.Of(Call());
        System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.GetCultureInfo("sv-SE");
        try
        {
            Assert.Equal(plain.Output, (await CommandRun.Of(Call())).Output);
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task A_released_table_says_its_status_in_words_and_explains_its_marks()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "t.csv");
        await File.WriteAllTextAsync(file, "omr,typ,antal\nA,x,2\nA,y,30\nB,x,40\nB,y,50\nC,x,60\nC,y,70\n");
        var run = await CommandRun.Of("release", file, "--dimensions", "omr,typ", "--count", "antal");
        Assert.Contains("withheld", run.Output, StringComparison.Ordinal);
        Assert.Contains("published", run.Output, StringComparison.Ordinal);
        Assert.Contains("T is the total over a dimension.", run.Output, StringComparison.Ordinal);
    }

    private static string[] Call(params string[] more) =>
        ["segregation", Population, "--unit", "stadsdelsomrade", "--groups", "fb_africa,fb_asia", "--total", "pop2011", .. more];
}
