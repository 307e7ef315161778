using System.Xml.Linq;

namespace Analys.Explore.Tests.Examples;

public class PlotTests
{
    public static TheoryData<string> Names => [.. PlotExamples.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_example_gives_the_same_accessible_picture_each_time(string name)
    {
        var svg = PlotExamples.All[name]().SvgText();
        Assert.Equal(svg, PlotExamples.All[name]().SvgText());
        var root = XDocument.Parse(svg).Root!;
        Assert.Equal("img", root.Attribute("role")!.Value);
        Assert.Equal("sv", root.Attribute("lang")!.Value);
        Assert.StartsWith("0 0 760 ", root.Attribute("viewBox")!.Value, StringComparison.Ordinal);
        string[] told = [.. root.Elements().Where(element => element.Name.LocalName is "title" or "desc").Select(element => element.Value)];
        Assert.Equal(2, told.Length);
        Assert.All(told, text => Assert.NotEmpty(text));
        Assert.Equal(root.Attribute("aria-labelledby")!.Value.Split(' '),
            root.Elements().Take(2).Select(element => element.Attribute("id")!.Value));
        string[] ids = [.. root.Descendants().Attributes("id").Select(id => id.Value)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plot_is_saved_in_three_formats_and_others_are_refused()
    {
        var folder = Directory.CreateTempSubdirectory("plots");
        try
        {
            foreach (var (ending, start) in new[] { ("png", "\u0089PNG"), ("svg", "<svg"), ("pdf", "%PDF") })
            {
                var path = Path.Combine(folder.FullName, $"p.{ending}");
                PlotExamples.All["bars"]().Save(path);
                Assert.Equal(start, System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(path), 0, 4));
            }

            Assert.Throws<ArgumentException>(() => PlotExamples.All["bars"]().Save(Path.Combine(folder.FullName, "p.bmp")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_withheld_value_changes_nothing_in_the_picture()
    {
        string With(double? hidden) => string.Concat(
            Plots.Bars([new("a", 0.2), new("b", hidden, Withheld: true)], new() { Unit = "share" }).SvgText(),
            Plots.Lines([new("2001", 2), new("2002", hidden, hidden, hidden, Withheld: true), new("2003", 3)]).SvgText(),
            Plots.Heat([new("a", 1, Series: "x"), new("b", hidden, Series: "x", Withheld: true)]).SvgText(),
            Plots.Pyramid([new("a", 1, Series: "x"), new("a", hidden, Series: "y", Withheld: true)]).SvgText(),
            Plots.Forest([new("a", 1, 0, 2), new("b", hidden, hidden, hidden, Withheld: true)]).SvgText());
        Assert.Equal(With(null), With(4711));
        Assert.Contains("uppgiften skyddas", With(1), StringComparison.Ordinal);
        Assert.DoesNotContain("4711", With(4711), StringComparison.Ordinal);
    }

    [Fact]
    public void Plots_of_hardly_anything_are_drawn()
    {
        Assert.NotEmpty(Plots.Bars([new("ensam", 0)]).SvgText());
        Assert.NotEmpty(Plots.Bars([new("a", -2), new("b", null)]).SvgText());
        Assert.NotEmpty(Plots.Lines([new("2001", 5)]).SvgText());
        Assert.NotEmpty(Plots.Lines([new("vt", null), new("ht", null)]).SvgText());
        Assert.NotEmpty(Plots.Scatter([new(1, 1, "a")], trend: true).SvgText());
        Assert.NotEmpty(Plots.Histogram([3]).SvgText());
        Assert.NotEmpty(Plots.Boxes([("a", [1])]).SvgText());
        Assert.NotEmpty(Plots.Heat([new("a", null)]).SvgText());
        Assert.NotEmpty(Plots.Forest([new("a", null)]).SvgText());
        Assert.Throws<ArgumentException>(() => Plots.Bars([]));
        Assert.Contains("20", Plots.Bars([new("a", 20, 10, double.NaN)]).SvgText(), StringComparison.Ordinal);
        Assert.NotEmpty(Plots.Heat([.. Enumerable.Range(0, 90).Select(i => new PlotRow("a", i, Series: $"år {2000 + i}"))]).SvgText());
    }

    [Fact]
    public void A_long_name_leaves_room_for_what_is_drawn_and_is_told_whole()
    {
        var name = string.Join(' ', Enumerable.Repeat("Hammarbyhamnen", 8)) + " norra";
        var svg = Plots.Bars([new(name, 1), new("b", 2)]).SvgText();
        Assert.Contains(name, svg, StringComparison.Ordinal);
        var (shown, other) = (Plotting.House.Short(name), Plotting.House.Short(name[..^5] + "södra"));
        Assert.True(Plotting.House.Measure(shown, Plotting.House.Small) <= 230);
        Assert.NotEqual(shown, other);
        Assert.Equal("Farsta", Plotting.House.Short("Farsta"));
    }

    [Fact]
    public void The_analyst_goes_on_with_the_plot_and_no_line_is_lost_in_SVG()
    {
        var plot = Plots.Lines([new("2001", 1), new("2002", 2)]);
        var line = plot.Add.HorizontalLine(1.5);
        line.LinePattern = ScottPlot.LinePattern.Dotted;
        var before = plot.SvgText();
        Assert.Equal(ScottPlot.LinePattern.Dotted, line.LinePattern);
        Assert.Equal(before, plot.SvgText());
        plot.Remove(line);
        Assert.NotEqual(before, plot.SvgText());
    }
}
