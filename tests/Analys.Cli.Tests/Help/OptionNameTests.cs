using System.Text.RegularExpressions;

namespace Analys.Cli.Tests.Help;

/// <summary>No two options of a command share a name: the parser would then find neither.</summary>
public partial class OptionNameTests
{
    [Theory]
    [InlineData("segregation")]
    [InlineData("poverty")]
    [InlineData("inequality")]
    [InlineData("indicators")]
    [InlineData("smallarea")]
    [InlineData("forecast")]
    [InlineData("whatif")]
    public async Task Options_have_names_of_their_own(string command)
    {
        var help = await CommandRun.Of(command, "--help");
        var names = Name().Matches(help.Output).Select(match => match.Groups[1].Value).ToList();
        Assert.True(names.Count > 5);
        Assert.Equal(names.Distinct(), names);
    }

    [GeneratedRegex("^  (--[a-z-]+)", RegexOptions.Multiline)]
    private static partial Regex Name();
}
