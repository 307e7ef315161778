using Analys.Cli.Completion;
using Analys.Cli.Help;
using Analys.Tests;

namespace Analys.Cli.Tests.Help;

/// <summary>What help shows works, fits its width, and is there in both languages.</summary>
public sealed class HelpTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("analys").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    public static TheoryData<string> Commands =>
        [.. Example.All.Where(example => example.IsRun).Select(example => example.Command).Distinct()];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Every_example_of_a_command_runs(string command)
    {
        foreach (var example in Example.Of(command).Where(example => example.IsRun))
        {
            await Runs(example.Call);
        }
    }

    [Fact]
    public async Task The_quick_start_of_the_readme_runs()
    {
        var lines = (await File.ReadAllLinesAsync(Repository.At("README.md"))).SkipWhile(line =>
            !line.StartsWith("### From a question", StringComparison.Ordinal))
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
                .Where(line => line.StartsWith("analys ", StringComparison.Ordinal)).ToList();
        Assert.Equal(5, lines.Count);
        foreach (var line in lines) await Runs(line);
    }

    // Files of the repository are read where they are; what is written goes to a folder of the test.
    private async Task Runs(string line)
    {
        string[] call = [.. CallLine.Parse(line + ' ').Words
            .Select(word => word.StartsWith("notebooks/", StringComparison.Ordinal) ? Repository.At(word.Split('/'))
            : word == "out" || word.StartsWith("out/", StringComparison.Ordinal) || word.StartsWith("sqlite:out/", StringComparison.Ordinal)
                ? word.Replace("out", folder, StringComparison.Ordinal) : word)];
        var run = await CommandRun.Of([.. call, "--quiet"]);
        Assert.True(run.Code == 0, $"{line}: {run.Code}: {run.Errors}");
    }

    [Fact]
    public void Every_command_has_an_example_a_line_and_a_line_in_Swedish()
    {
        foreach (var name in CommandList.Names)
        {
            Assert.NotNull(CliTexts.Of(Language.Swedish).Find("command." + name));
            Assert.InRange(Example.Of(name).Count(), 2, 4);
        }

        Assert.Equal(CliTexts.Of(Language.English).Keys.Order(), CliTexts.Of(Language.Swedish).Keys.Order());
    }

    [Theory]
    [InlineData(80)]
    [InlineData(200)]
    public async Task No_line_is_wider_than_asked(int width)
    {
        foreach (var name in CommandList.Names)
        {
            var help = await CommandRun.Of(name, "--help-all", "--width", $"{width}");
            Assert.Equal(0, help.Code);
            Assert.All(help.Output.Split('\n'), line => Assert.True(line.TrimEnd('\r').Length <= width, line));
        }
    }

    [Fact]
    public async Task Options_stand_in_groups_and_rare_ones_are_asked_for()
    {
        var help = (await CommandRun.Of("segregation", "--help", "--language", "en")).Output;
        var all = (await CommandRun.Of("segregation", "--help-all", "--language", "en")).Output;
        string[] parts = ["Examples:", "Usage:", "Input:", "What is computed:", "Who and where:", "Uncertainty:", "Protection:", "Output:"];
        Assert.Equal(parts.Select(part => help.IndexOf("\n" + part, StringComparison.Ordinal)).Order(), parts
            .Select(part => help.IndexOf("\n" + part, StringComparison.Ordinal)));
        Assert.DoesNotContain("--polynomial-order", help, StringComparison.Ordinal);
        Assert.Contains("--polynomial-order", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Swedish_help_has_the_same_options()
    {
        foreach (var name in CommandList.Names)
        {
            var (english, swedish) = ((await CommandRun.Of(name, "--help-all", "--language", "en")).Output,
                (await CommandRun.Of(name, "--help-all", "--language", "sv")).Output);
            Assert.Equal(Options(english), Options(swedish));
            Assert.Contains("Så skrivs det:", swedish, StringComparison.Ordinal);
        }

        static IEnumerable<string> Options(string help) => help.Split('\n').Where(line => line.StartsWith("  --", StringComparison.Ordinal))
            .Select(line => line.Trim().Split(' ')[0]).Order();
    }

    [Fact]
    public void Options_are_explained_in_Swedish()
    {
        var missing = new List<string>();
        using var bytes = new MemoryStream();
        foreach (var name in CommandList.Names)
        {
            var root = CommandList.Root(new Terminal(bytes, TextWriter.Null, TextWriter.Null, [name]), [name]);
            Look(root.Subcommands.Single(command => command.Name == name), name);
        }

        Assert.True(missing.Count == 0, string.Join(", ", missing));

        void Look(System.CommandLine.Command command, string path)
        {
            foreach (var name in command.Options.Where(option => !option.Hidden).Select(option => option.Name)
                .Concat(command.Arguments.Select(argument => argument.Name)))
            {
                if (CliTexts.Of(Language.Swedish).Option(path, name) is null) missing.Add($"{path} {name}");
            }

            foreach (var sub in command.Subcommands) Look(sub, $"{path} {sub.Name}");
        }
    }

    [Fact]
    public async Task What_stands_where_an_option_is_not_given_is_said()
    {
        Assert.Contains("(default 0.95)", (await CommandRun.Of("poverty", "--help", "--width", "200")).Output, StringComparison.Ordinal);
        Assert.Contains("(förval 0.95)", (await CommandRun.Of("poverty", "--help", "--width", "200", "--language", "sv")).Output,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("roles", "incomeSupportMonths")]
    [InlineData("recipes", "stockholm")]
    [InlineData("queries", "--select")]
    [InlineData("policies", "scb-stadsdel")]
    [InlineData("measures", "gini")]
    [InlineData("exit-codes", "130")]
    public async Task A_topic_tells_what_there_is(string topic, string word)
    {
        foreach (var language in (string[])["sv", "en"])
        {
            var run = await CommandRun.Of("help", topic, "--language", language);
            Assert.Equal(0, run.Code);
            Assert.Contains(word, run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_role_policy_and_recipe_is_explained_in_both_languages()
    {
        foreach (var texts in new[] { CliTexts.Of(Language.Swedish), CliTexts.Of(Language.English) })
        {
            foreach (var role in Enum.GetNames<Analys.Load.Schema.Role>().Where(role => role != "None"))
                Assert.NotNull(texts.Find("role." + char.ToLowerInvariant(role[0]) + role[1..]));
            foreach (var policy in Policy.Shipped) Assert.NotNull(texts.Find("policy." + policy));
            foreach (var recipe in Analys.Report.Recipes.Recipe.Shipped) Assert.NotNull(texts.Find("recipe." + recipe));
        }
    }
}
