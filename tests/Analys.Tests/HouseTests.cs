using Analys.Measure.Income;
using Analys.Measure.Segregation;

namespace Analys.Tests;

/// <summary>The house keeps its measure: tests mirror the library, few types are public and no two of them share a name, and the catalogue
/// is complete.</summary>
public class HouseTests
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
