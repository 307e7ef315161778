namespace Analys.Cli.Tests;

/// <summary>The list of commands is what the commands themselves are, and one measure can be explained.</summary>
public class CommandListTests
{
    [Fact]
    public void Each_command_is_built_by_its_own_name_alone()
    {
        using var bytes = new MemoryStream();
        foreach (var name in CommandList.Names)
        {
            var root = CommandList.Root(new Terminal(bytes, TextWriter.Null, TextWriter.Null, [name]), [name]);
            Assert.Equal(CommandList.Names, root.Subcommands.Select(command => command.Name));
            var built = root.Subcommands.Single(command => command.Name == name);
            Assert.True(built.Action is not null || built.Subcommands.Count > 0, name);
            Assert.All(root.Subcommands.Where(command => command != built), command => Assert.Empty(command.Options));
        }
    }

    [Fact]
    public async Task A_measure_is_explained_with_its_options()
    {
        var run = await CommandRun.Of("measures", "atkinson");
        Assert.Equal(0, run.Code);
        Assert.Contains("atkinson", run.Output, StringComparison.Ordinal);
        Assert.Contains("--b ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_misspelt_measure_is_a_wrong_call_that_names_the_nearest()
    {
        var run = await CommandRun.Of("measures", "gin");
        Assert.Equal(2, run.Code);
        Assert.Contains("Did you mean gini?", run.Errors, StringComparison.Ordinal);
    }
}
