using System.Globalization;

namespace Analys.Cli.Tests.Errors;

/// <summary>Calls that are wrong, or that a machine of another culture would read otherwise: each has its exit code and a message for
/// people.</summary>
public sealed class WrongCallTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("analys").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("check", "")]
    [InlineData("convert", "")]
    [InlineData("segregation", "FILE", "--unit", "unit", "--group", "unit", "--count", "a")]
    [InlineData("segregation", "FILE", "--unit", "unit", "--groups", "a,a")]
    [InlineData("segregation", "FILE", "--unit", "unit", "--groups", "a,b", "--replicates", "many")]
    [InlineData("segregation", "FILE", "--unit", "unit", "--groups", "a,b", "--level", "0,9")]
    [InlineData("segregation", "FILE", "--unit", "unit", "--groups", "a,b", "--format", "xml")]
    [InlineData("inequality", "FILE", "--income", "a", "--p", "2")]
    [InlineData("inequality", "FILE", "--income", "a", "--q", "0")]
    [InlineData("inequality", "FILE", "--income", "a", "--epsilon", "0")]
    [InlineData("poverty", "FILE", "--income", "a", "--alpha", "-1")]
    [InlineData("poverty", "FILE", "--income", "a", "--replicates", "1000000000")]
    [InlineData("poverty", "FILE", "--income", "a", "--area", "unit", "--poorest", "0")]
    [InlineData("poverty", "FILE", "--income", "a", "--compare", "whole")]
    [InlineData("poverty", "FILE", "--income", "a", "--area", "unit", "--compare", "nowhere")]
    [InlineData("poverty", "FILE", "--income", "a", "--by", "unit,unit")]
    [InlineData("poverty", "FILE", "--income", "a", "--age", "b", "--by", "ageGroup", "--age-groups", "0-17,10-20")]
    [InlineData("report", "--out", "FILE")]
    [InlineData("synth", "--persons", "1000", "--out", "FILE")]
    [InlineData("convert", "FILE", "--out", "FILE/below.csv")]
    public async Task Ends_with_2_and_a_message_for_people(params string[] call)
    {
        var file = Table();
        var run = await CommandRun.Of([.. call.Select(argument => argument.Replace("FILE", file, StringComparison.Ordinal))]);
        Assert.Equal(2, run.Code);
        Assert.Empty(run.Output);
        Assert.DoesNotContain("unforeseen", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("OutputFormat", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_notebook_is_wrong_data()
    {
        var run = await CommandRun.Of("notebook", "strip", Table());
        Assert.Equal(1, run.Code);
        Assert.Contains("not a Jupyter notebook", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_of_a_call_have_a_decimal_point_on_a_Swedish_machine_too()
    {
        var file = Table();
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("sv-SE");
        try
        {
            Assert.Equal(0,
                (await CommandRun.Of("segregation", file, "--unit", "unit", "--groups", "a,b", "--level", "0.9", "--confidential")).Code);
            var whatIf =
                await CommandRun.Of("whatif", file, "--norm-year", "2025", "--electricity", "350.5", "--child-allowance", "1500.5");
            Assert.Contains("role Age", whatIf.Errors, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task All_is_all_beside_other_measures()
    {
        var all = await CommandRun.Of("poverty", Table(), "--income", "a", "--confidential", "--format", "csv");
        Assert.Equal(all.Output,
            (await CommandRun.Of("poverty", Table(), "--income", "a", "--confidential", "--format", "csv", "--measures",
                "poverty-gap,all")).Output);
    }

    [Fact]
    public async Task Out_makes_its_folder_but_only_for_a_file_that_is_written()
    {
        var (good, wrong) = (Path.Combine(folder, "new", "deeper", "t.csv"), Path.Combine(folder, "other", "t.csv"));
        Assert.Equal(0, (await CommandRun.Of("convert", Table(), "--out", good)).Code);
        Assert.True(File.Exists(good));
        Assert.Equal(2, (await CommandRun.Of("convert", Path.Combine(folder, "missing.csv"), "--out", wrong)).Code);
        Assert.False(Directory.Exists(Path.GetDirectoryName(wrong)));
    }

    [Fact]
    public async Task A_table_of_one_column_has_numbers()
    {
        var file = Path.Combine(folder, "one.csv");
        await File.WriteAllTextAsync(file, "y\n10\n60\n60\n100\n100\n100\n150\n200\n");
        var run = await CommandRun.Of("poverty", file, "--income", "y", "--measures", "at-risk-of-poverty-rate", "--confidential",
            "--format", "csv");
        Assert.Equal(0, run.Code);
        Assert.Contains(",0.125,", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_a_byte_order_mark_alone_is_no_table()
    {
        var file = Path.Combine(folder, "mark.csv");
        await File.WriteAllBytesAsync(file, [0xEF, 0xBB, 0xBF]);
        foreach (var command in new[] { "check", "convert" })
        {
            var run = await CommandRun.Of(command, file);
            Assert.Equal(1, run.Code);
            Assert.Contains("a table with a header", run.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Types_are_guessed_from_more_than_the_first_rows()
    {
        var file = Path.Combine(folder, "sorted.csv");
        await File.WriteAllLinesAsync(file,
            ["area;weight;income", .. Enumerable.Range(0, 6000).Select(row => row < 4000 ? $"{row % 7};2;100" : $"A{row % 7};1,5;100")]);
        var run = await CommandRun.Of("check", file);
        Assert.Equal("", run.Errors);
        Assert.Equal(0, run.Code);
    }

    [Fact]
    public async Task Help_calls_the_command_by_its_name_and_its_forms_as_they_are_written()
    {
        Assert.Contains("analys [command]", (await CommandRun.Of("--help")).Output, StringComparison.Ordinal);
        var help = (await CommandRun.Of("poverty", "--help")).Output;
        Assert.Contains("analys poverty [<FILE>]", help, StringComparison.Ordinal);
        Assert.Contains("table|json|csv", help, StringComparison.Ordinal);
        Assert.DoesNotContain("Json", help, StringComparison.Ordinal);
        Assert.Equal(0, (await CommandRun.Of("--version")).Code);
    }

    private string Table()
    {
        var path = Path.Combine(folder, "t.csv");
        File.WriteAllText(path, "unit,a,b\nx,10,20\ny,30,40\nz,50,60\n");
        return path;
    }
}
