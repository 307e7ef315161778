using System.Text;
using Analys.Tests;

namespace Analys.Explore.Tests.Examples;

/// <summary>The gallery is made of the examples: their code as it is compiled, their pictures as they are drawn.</summary>
public class Gallery
{
    private const string Rewrite = "ANALYS_WRITE_GALLERY";

    [Fact]
    public void The_gallery_shows_every_example_as_it_stands()
    {
        var folder = Repository.At("notebooks", "galleri");
        if (Environment.GetEnvironmentVariable(Rewrite) == "1")
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "README.md"), Page());
            foreach (var (name, make) in PlotExamples.All) make().Save(Path.Combine(folder, $"{name}.svg"));
        }

        Assert.True(Page() == File.ReadAllText(Path.Combine(folder, "README.md")),
            $"The gallery is not that of the examples: run this test with {Rewrite}=1 and look at the pictures.");
        Assert.Equal(PlotExamples.All.Keys.Select(name => $"{name}.svg").Order(StringComparer.Ordinal),
            Directory.GetFiles(folder, "*.svg").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
    }

    private static string Page()
    {
        var page = new StringBuilder("""
            # Galleri

            Varje figur som `Analys.Explore` ritar, med koden som gör den. Koden kompileras och körs som test; talen är publicerade eller påhittade, och det står vilket.
            Det som kommer tillbaka är en vanlig ScottPlot-figur: forma den vidare, och spara med `figur.Save("bild.svg")`, `.png` eller `.pdf`.


            """.ReplaceLineEndings("\n"));
        var source = File.ReadAllText(Repository.At("tests", "Analys.Explore.Tests", "Examples", "PlotExamples.cs"))
            .ReplaceLineEndings("\n");
        foreach (var (name, make) in PlotExamples.All)
        {
            page.Append("## ").Append(name).Append("\n\n```csharp\n").Append(Code(source, make.Method.Name)).Append("\n```\n\n![")
                .Append(name).Append("](").Append(name).Append(".svg)\n\n");
        }

        return page.ToString().TrimEnd() + "\n";
    }

    private static string Code(string source, string method)
    {
        var head = $"    private static Plot {method}()";
        var from = source.IndexOf(head, StringComparison.Ordinal) + head.Length;
        var to = source.IndexOf("\n\n", from, StringComparison.Ordinal);
        var text = source[from..(to < 0 ? source.LastIndexOf('}') : to)];
        var body = text.StartsWith(" =>", StringComparison.Ordinal) ? text[4..] : text.Trim()[1..^1].Trim('\n');
        var lines = body.Split('\n');
        var indent = lines.Skip(1).Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty(0)
            .Min();
        return string.Join('\n',
            lines.Select((line, i) => line.Length >= indent && (i > 0 || line.StartsWith(' ')) ? line[indent..] : line)).Trim();
    }
}
