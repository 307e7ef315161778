namespace Analys.Cli.Tests.Errors;

/// <summary>One rule for all commands: what the call names and is not there is a wrong call (2), what stands in a file is wrong data
/// (1).</summary>
public sealed class ExitCodeTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("analys").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("check", "X")]
    [InlineData("convert", "X")]
    [InlineData("schema", "infer", "X")]
    [InlineData("indicators", "X")]
    [InlineData("release", "X", "--dimensions", "unit")]
    [InlineData("segregation", "X", "--unit", "unit", "--groups", "a")]
    [InlineData("poverty", "X", "--income", "a")]
    [InlineData("inequality", "X", "--income", "a")]
    [InlineData("swedish", "X", "--norm-year", "2025")]
    [InlineData("load", "X", "--into", "sqlite:FOLDER/x.db", "--table", "t")]
    [InlineData("segregation", "GOOD", "--unit", "unit", "--groups", "a,b", "--compare", "X")]
    [InlineData("segregation", "GOOD", "--unit", "unit", "--groups", "a,b", "--adjacency", "X")]
    [InlineData("segregation", "GOOD", "--unit", "unit", "--groups", "a,b", "--geometry", "X")]
    [InlineData("release", "GOOD", "--dimensions", "unit", "--count", "a", "--hierarchy", "X")]
    [InlineData("poverty", "--source", "X", "--income", "a")]
    [InlineData("segregation", "--source", "X", "--unit", "unit", "--groups", "a")]
    [InlineData("indicators", "--source", "X")]
    [InlineData("reproduce", "X")]
    [InlineData("notebook", "lint", "X")]
    public async Task A_file_that_is_not_there_is_a_wrong_call_and_one_that_is_empty_is_wrong_data(params string[] call)
    {
        Assert.Equal(2, (await Run(call, Path.Combine(folder, "nosuch.csv"))).Code);
        Assert.Equal(2, (await Run(call, Directory.CreateDirectory(Path.Combine(folder, "folder.csv")).FullName)).Code);
        var empty = Path.Combine(folder, "empty.csv");
        await File.WriteAllTextAsync(empty, "");
        Assert.Equal(1, (await Run(call, empty)).Code);
    }

    [Theory]
    [InlineData("check", "GOOD", "--schema", "nosuch")]
    [InlineData("convert", "GOOD", "--schema", "nosuch")]
    [InlineData("poverty", "GOOD", "--income", "a", "--schema", "nosuch")]
    [InlineData("segregation", "GOOD", "--unit", "unit", "--groups", "a,b", "--schema", "nosuch")]
    [InlineData("segregation", "GOOD", "--unit", "unit", "--groups", "a,b", "--policy", "nosuch")]
    [InlineData("segregation", "GOOD", "--unit", "nosuch", "--groups", "a,b")]
    [InlineData("segregation", "GOOD", "--unit", "unit", "--groups", "a,nosuch")]
    [InlineData("segregation", "GOOD", "--unit", "unit", "--groups", "a,b", "--measures", "nosuch")]
    [InlineData("poverty", "GOOD", "--income", "nosuch")]
    [InlineData("poverty", "GOOD", "--income", "unit")]
    [InlineData("poverty", "GOOD", "--income", "a", "--measures", "nosuch")]
    [InlineData("poverty", "GOOD", "--income", "a", "--line", "median:many")]
    [InlineData("release", "GOOD", "--dimensions", "nosuch")]
    [InlineData("swedish", "GOOD", "--norm-year", "2025", "--norm-file", "nosuch")]
    [InlineData("check", "GOOD", "--sheet", "1")]
    [InlineData("report", "nosuch")]
    public async Task What_the_call_names_and_is_not_there_is_a_wrong_call(params string[] call)
    {
        var run = await Run(call, "");
        Assert.Equal(2, run.Code);
        Assert.Empty(run.Output);
    }

    private async Task<CommandRun> Run(string[] call, string file)
    {
        var good = Path.Combine(folder, "good.csv");
        await File.WriteAllTextAsync(good, "unit,a,b\nx,10,20\ny,30,40\nz,50,60\n");
        return await CommandRun.Of(
            [.. call.Select(argument => argument == "X" ? file : argument == "GOOD"
                ? good : argument.Replace("FOLDER", folder, StringComparison.Ordinal))]);
    }
}
