using System.Text;
using System.Text.RegularExpressions;
using Analys.Tests;

namespace Analys.Explore.Tests.Examples;

/// <summary>The gallery is made of the examples: their code as it is compiled, their pictures as they are drawn.</summary>
public partial class Gallery
{
    private const string Rewrite = "ANALYS_WRITE_GALLERY";

    [Fact]
    public void The_gallery_shows_every_example_as_it_stands()
    {
        using var measures = new MeasureExamples();
        var folder = Repository.At("notebooks", "galleri");
        if (Environment.GetEnvironmentVariable(Rewrite) == "1")
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "README.md"), Page(measures));
            foreach (var (name, make) in measures.All) File.WriteAllText(Path.Combine(folder, $"{name}.svg"), make().ToSvg());
            foreach (var (name, make) in PlotExamples.All) make().Save(Path.Combine(folder, $"{name}.svg"));
        }

        // Each example runs and draws something that says its title.
        Assert.All(measures.All, example => Assert.Contains("<title", example.Value().ToSvg(), StringComparison.Ordinal));
        Assert.True(Page(measures) == File.ReadAllText(Path.Combine(folder, "README.md")),
            $"The gallery is not that of the examples: run this test with {Rewrite}=1 and look at the pictures.");
        Assert.Equal(PlotExamples.All.Keys.Concat(measures.All.Keys).Select(name => $"{name}.svg").Order(StringComparer.Ordinal),
            Directory.GetFiles(folder, "*.svg").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
    }

    private static string Page(MeasureExamples measures)
    {
        var page = new StringBuilder("""
            # Galleri

            Varje familj av mått, varje figur och varje plot, med koden som gör den. Koden kompileras och körs som test; talen är publicerade eller påhittade, och det står vilket.

            # Mått och figurer

            Raderna förutsätter `using Analys;` och mappen `notebooks`. Figuren är tillgänglig SVG som släppta resultat ritar av sig själva. Två uttag är påhittade:

            ```csharp
            var register = SyntheticData.Register("../out/syntetiskt", persons: 20_000, seed: 1);
            var unga = SyntheticData.Cohort("../out/syntetisk-insatsgrupp", persons: 1_200, seed: 1);
            ```


            """.ReplaceLineEndings("\n"));
        foreach (var (name, make) in measures.All) Append(name, "MeasureExamples", make.Method.Name);
        page.Append("""
            # Plottar

            Det som `Analys.Explore` ritar är en vanlig ScottPlot-figur: forma den vidare, och spara med `figur.Save("bild.svg")`, `.png` eller `.pdf`.


            """.ReplaceLineEndings("\n"));
        foreach (var (name, make) in PlotExamples.All) Append(name, "PlotExamples", make.Method.Name);
        return page.ToString().TrimEnd() + "\n";

        void Append(string name, string file, string method)
        {
            var source = File.ReadAllText(Repository.At("tests", "Analys.Explore.Tests", "Examples", $"{file}.cs"))
                .ReplaceLineEndings("\n");
            page.Append("## ").Append(name).Append("\n\n```csharp\n").Append(Code(source, method)).Append("\n```\n\n![")
                .Append(name).Append("](").Append(name).Append(".svg)\n\n");
        }
    }

    private static string Code(string source, string method)
    {
        var head = $" {method}()\n";
        var from = source.IndexOf(head, StringComparison.Ordinal) + head.Length - 1;
        if (source.IndexOf(head, StringComparison.Ordinal) < 0)
        {
            head = $" {method}() =>";
            from = source.IndexOf(head, StringComparison.Ordinal) + head.Length - 3;
        }

        var to = source.IndexOf("\n\n", from, StringComparison.Ordinal);
        var text = source[from..(to < 0 ? source.LastIndexOf('}') : to)];
        var body = text.StartsWith(" =>", StringComparison.Ordinal) ? text[4..] : text.Trim()[1..^1].Trim('\n');
        var lines = body.Split('\n');
        var indent = lines.Skip(1).Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart().Length)
            .DefaultIfEmpty(0)
            .Min();
        return Paths().Replace(string.Join('\n',
            lines.Select((line, i) => line.Length >= indent && (i > 0 || line.StartsWith(' ')) ? line[indent..] : line)).Trim(), "$1");
    }

    // In the test a path begins at the repository; in a notebook at its folder.
    [GeneratedRegex("""At\(("[^"]*")\)""")]
    private static partial Regex Paths();
}
