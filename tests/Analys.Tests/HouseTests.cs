using System.Text.RegularExpressions;
using Analys.Measure.Income;
using Analys.Measure.Segregation;

namespace Analys.Tests;

/// <summary>The house keeps its measure: tests mirror the library, few types are public, no two of them share
/// a name and each has an example, and the catalogue is complete.</summary>
public partial class HouseTests
{
    // Folders of files, of whole examples, and of attacks and measurements that belong to no one room.
    private static readonly string[] NotRooms = ["Files", "Examples", "Inputs", "bin", "obj"];

    [Fact]
    public void Tests_mirror_the_library_folder_for_folder()
    {
        var wrong =
            from project in Directory.EnumerateDirectories(Repository.At("tests"), "*.Tests")
            let room = Path.GetFileName(project)[..^".Tests".Length]
            let library = Repository.At("lib", room)
            where Directory.Exists(library)
            from folder in Directory.EnumerateDirectories(project, "*", SearchOption.AllDirectories)
            let path = Path.GetRelativePath(project, folder)
            where !path.Split(Path.DirectorySeparatorChar).Intersect(NotRooms).Any() && Directory.EnumerateFiles(folder, "*.cs").Any()
            where !Directory.Exists(Path.Combine(library, path)) && !Directory.Exists(Path.Combine(library, "Commands", path))
            select $"tests/{Path.GetFileName(project)}/{path} mirrors no folder of lib/{room}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void No_two_public_types_share_a_name()
    {
        var shared = typeof(Result).Assembly.GetExportedTypes().Where(type => !type.IsNested).GroupBy(type => type.Name)
            .Where(same => same.Count() > 1).Select(same => string.Join(", ", same.Select(type => type.FullName)));
        Assert.Empty(shared);
    }

    [Fact]
    public void At_most_140_types_of_the_library_are_public() =>
        Assert.InRange(typeof(Result).Assembly.GetExportedTypes().Count(type => !type.IsNested), 1, 140);

    // An example names a type, gets one as a value, calls what it adds to another, or makes one for a call by new(...).
    [Fact]
    public void Nothing_is_public_that_no_example_shows()
    {
        var examples = string.Join('\n', Examples().Select(File.ReadAllText));
        var words = Words().Matches(examples).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        var called = Calls().Matches(examples).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        var given = Given().Matches(examples).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        var lines = Directory.EnumerateFiles(Repository.At("lib"), "PublicAPI.Shipped.txt", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines).Where(line => line.Length > 0 && line[0] != '#').ToList();
        var members = lines.Select(line => Member().Match(line)).Where(match => match.Success).Select(match => (
            Owner: match.Groups["owner"].Value, Name: match.Groups["name"].Value, Takes: match.Groups["takes"].Value,
            Gives: match.Groups["gives"].Value)).ToList();
        var types = lines.Where(line => TypeLine().IsMatch(line)).Select(line => line.Split('.')[^1].Split('<')[0]).ToList();
        Assert.True(types.Count > 100 && members.Count > 1000, "the lists of what is public were not found");
        string[] unseen = [.. types.Where(type => !words.Contains(type) && !members.Any(member => Shows(member, type)))];
        Assert.Empty(unseen);

        bool Shows((string Owner, string Name, string Takes, string Gives) member, string type) =>
            (member.Owner != type && Names(member.Gives, type) && called.Contains(member.Name))
            || (member.Owner == type && member.Takes.StartsWith("this ", StringComparison.Ordinal) && called.Contains(member.Name))
            || (Names(member.Takes, type) && given.Contains(member.Name));

        static bool Names(string signature, string type) => Regex.IsMatch(signature, $@"\b{type}\b");
    }

    private static IEnumerable<string> Examples()
    {
        string[] code = [.. Directory.EnumerateFiles(Repository.At("tests"), "*.cs", SearchOption.AllDirectories).Where(path =>
            path.Split(Path.DirectorySeparatorChar)[^2] == "Examples" || Path.GetFileName(path) == "ExampleTests.cs")];
        return code.Concat(Directory.EnumerateFiles(Repository.At("notebooks"), "*.ipynb", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Repository.At("notebooks"), "README.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Repository.At("lib"), "README.md", SearchOption.AllDirectories))
            .Append(Repository.At("README.md"));
    }

    [GeneratedRegex(@"\w+")]
    private static partial Regex Words();

    [GeneratedRegex(@"\.(\w+)")]
    private static partial Regex Calls();

    [GeneratedRegex(@"\.(\w+)\((?:[^;]*?)\bnew\s*\(")]
    private static partial Regex Given();

    [GeneratedRegex(@"^[\w.<>, ]+$")]
    private static partial Regex TypeLine();

    [GeneratedRegex(@"^(?:(?:static|const|override|abstract|virtual|readonly) )*(?:[\w.]*\.)?(?<owner>\w+)(?:<\w+>)?\.(?<name>\w+)"
        + @"(?:\.(?:get|set|init))?(?:<\w+>)?(?:\((?<takes>.*)\))?(?: = [^>]*)? -> (?<gives>.*)$")]
    private static partial Regex Member();

    [Fact]
    public void Every_measure_says_what_it_is()
    {
        Assert.True(Measures.All.Count > 90, $"{Measures.All.Count} measures");
        Assert.All(Measures.All, entry => Assert.Same(entry.Definition, Measures.Find(entry.Definition.Id)
            .First(found => found.Family == entry.Family).Definition));
    }

    // A part that is missing anywhere is a measure that the gate does not know, an engine cannot answer, or a reader cannot look up.
    [Fact]
    public void Every_measure_of_every_family_has_all_its_parts_on_its_record()
    {
        Assert.Equal(["Areas", "Effects", "Income", "Indicators", "Segregation", "Study", "Swedish"],
            Measures.All.Select(entry => entry.Family).Distinct().Order(StringComparer.Ordinal));
        Assert.All(Measures.All, entry =>
        {
            Assert.True(entry.Tells != Tells.Unstated, $"{entry.Definition.Id} does not say what its value tells");
            Assert.True(entry.Tells != Tells.Counts || entry.Counts is not null, $"{entry.Definition.Id} does not say whom it counts");
            Assert.All(entry.Options, option => Assert.False(string.IsNullOrWhiteSpace(option.Description), option.Name));
        });
        Assert.All(IncomeMeasures.All, measure =>
        {
            Assert.True(measure.Influence is not null, $"{measure.Definition.Id} has no influence function");
            Assert.True(measure.Numbers is null || measure.Numbers.Options.All(option => option.Default is not null),
                measure.Definition.Id);
            Assert.True(!measure.Choices.HasFlag(Choices.Line) || measure.Slope is not null,
                $"{measure.Definition.Id} stands still with the line");
        });
        Assert.All(SegregationMeasures.All, measure => Assert.All(measure.Options, option =>
            Assert.Contains(Measures.Find(measure.Definition.Id), entry => entry.Options.Any(other => other.Name == option.Name))));
    }

    [Fact]
    public void A_misspelt_measure_is_answered_with_the_nearest()
    {
        var wrong = Assert.ThrowsAny<ArgumentException>(() => Measures.Find("dissimilarty"));
        Assert.Contains("Did you mean dissimilarity?", wrong.Message, StringComparison.Ordinal);
    }
}
