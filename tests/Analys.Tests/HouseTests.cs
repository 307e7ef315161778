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
        Assert.All(Measures.All.Where(entry => entry.Family == "Income" || entry.Options.Length > 0),
            entry => Assert.NotEqual(Tells.Unstated, entry.Tells));
    }

    [Fact]
    public void A_misspelt_measure_is_answered_with_the_nearest()
    {
        var wrong = Assert.ThrowsAny<ArgumentException>(() => Measures.Find("dissimilarty"));
        Assert.Contains("Did you mean dissimilarity?", wrong.Message, StringComparison.Ordinal);
    }
}
