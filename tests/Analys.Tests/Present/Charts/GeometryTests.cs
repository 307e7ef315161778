using System.Globalization;
using System.Xml.Linq;
using Analys.Present.Svg;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using static Analys.Tests.Present.Charts.Sample;

namespace Analys.Tests.Present.Charts;

public class GeometryTests
{
    [Property]
    public Property Bars_are_as_long_as_their_values() => Prop.ForAll(
        Gen.Choose(1, 900).ArrayOf(8).ToArbitrary(), values =>
        {
            var rows = values.Select((value, i) => Row($"Område {i}", value / 1000.0)).ToList();
            var widths = Marks(Release(rows).RankedBar(), "bar").Select(bar => Number(bar, "width")).ToList();
            var sorted = values.OrderDescending().Select(value => value / 1000.0).ToList();
            return widths.Zip(sorted).All(pair => Math.Abs((pair.First / widths[0]) - (pair.Second / sorted[0])) < 0.001);
        });

    [Fact]
    public void Bars_of_negative_values_end_at_zero()
    {
        var bars = Marks(Release([Row("A", 0.2), Row("B", -0.1)]).RankedBar(), "bar").ToList();
        Assert.Equal(Number(bars[0], "x"), Number(bars[1], "x") + Number(bars[1], "width"), 1);
        Assert.Equal(2, Number(bars[0], "width") / Number(bars[1], "width"), 2);
    }

    [Fact]
    public void Ranked_rows_are_sorted_and_ties_are_in_Swedish_order()
    {
        var figure = Release([Row("Östermalm", 0.1), Row("Ärla", 0.1), Row("Årsta", 0.1), Row("Zinken", 0.1), Row("Farsta", 0.3)])
            .RankedBar();
        Assert.Equal(["Farsta", "Zinken", "Årsta", "Ärla", "Östermalm"], figure.Table.Rows.Select(row => row[0].Text));
    }

    [Theory]
    [InlineData("sdo11")]
    [InlineData("sdo13")]
    [InlineData("sdo14")]
    [InlineData("sdo18")]
    public void Tiles_do_not_overlap_and_every_district_has_one(string division)
    {
        var grid = TileGrid.Of(division);
        Assert.Equal(Geography.Stockholm.Division(division).Areas.Select(area => area.Name).Order(StringComparer.Ordinal),
            grid.Tiles.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(grid.Tiles.Count, grid.Tiles.Values.Distinct().Count());
        var figure = Release(grid.Tiles.Keys.Select((name, i) => Row(name, i / 100.0))).TileMap(new() { Division = division });
        foreach (var frame in new[] { Frame.Wide, Frame.Narrow })
        {
            var boxes = figure.Draw(frame).Shapes.Where(shape => shape.Attribute("class")?.Value == "tile")
                .Select(tile => new LabelPlacement.Box(Number(tile, "x"), Number(tile, "y"), Number(tile, "width"), Number(tile, "height")))
                .ToList();
            Assert.Equal(grid.Tiles.Count, boxes.Count);
            Assert.DoesNotContain(boxes.Select((box, i) => boxes.Take(i).Any(box.Overlaps)), overlaps => overlaps);
        }
    }

    [SharedFact]
    public void Tiles_stand_as_the_districts_lie()
    {
        // Of two districts clearly apart (3 km) in a direction, the tiles are never the other way round.
        var centroids = File.ReadLines(Repository.SharedAt("data", "stockholm", "sdn_2020_area_centroid.csv")).Skip(1)
            .Select(line => line.Split(','))
            .ToDictionary(cells => cells[0], cells =>
                (E: double.Parse(cells[2], CultureInfo.InvariantCulture), N: double.Parse(cells[3], CultureInfo.InvariantCulture)));
        var tiles = TileGrid.Of("sdo13").Tiles;
        foreach (var (a, placeA) in centroids)
        {
            foreach (var (b, placeB) in centroids)
            {
                if (placeB.E - placeA.E > 3500) Assert.True(tiles[b].Column >= tiles[a].Column, $"{b} lies east of {a}");
                if (placeA.N - placeB.N > 3500) Assert.True(tiles[b].Row >= tiles[a].Row, $"{b} lies south of {a}");
            }
        }
    }

    [Fact]
    public void The_grid_is_found_from_names_and_codes()
    {
        Assert.Equal("sdo14", TileGrid.For(["Rinkeby-Kista", "Älvsjö", "HÄGERSTEN – LILJEHOLMEN"]).Division);
        Assert.Equal("sdo11", TileGrid.For(["80132", "80104"]).Division);
        Assert.Equal("sdo18", TileGrid.For(["Rinkeby", "Kista", "Vantör"]).Division);
    }

    [Fact]
    public void Lines_are_not_drawn_across_a_break()
    {
        var rows = new[] { "2010", "2012", "2014", "2016" }.Select((year, i) => Row("Farsta", 0.1 + (i / 100.0), year));
        Assert.Single(Marks(Release(rows).Line(), "series"));
        Assert.Equal(2, Marks(Release(rows).Line(new() { Breaks = [new("2014", "ny källa")] }), "series").Count());
    }

    [Fact]
    public void Years_stand_at_their_true_distance()
    {
        var points = Marks(Release([Row("A", 0.1, "1990"), Row("A", 0.1, "1995"), Row("A", 0.1, "2010")]).Line(), "point")
            .Select(point => Number(point, "cx")).ToList();
        Assert.Equal(3, (points[2] - points[1]) / (points[1] - points[0]), 2);
    }

    [Theory]
    [InlineData("line")]
    [InlineData("slope")]
    [InlineData("scatter")]
    public void Names_do_not_lie_on_each_other(string kind)
    {
        var rows = Geography.Stockholm.Division("sdo14").Areas.Select((area, i) => Row(area.Name, 0.05 + (i * 0.0003))).ToList();
        foreach (var frame in new[] { Frame.Wide, Frame.Narrow })
        {
            var names = Kinds[kind](rows).Draw(frame).Shapes.Where(shape => shape.Attribute("class")?.Value == "name").Select(text =>
            {
                var size = Number(text, "font-size");
                var width = TextWidth.Of(text.Value, size, text.Attribute("font-weight") is not null);
                var x = Number(text, "x") - (text.Attribute("text-anchor")?.Value == "end" ? width : 0);
                return new LabelPlacement.Box(x, Number(text, "y") - (size * 0.75), width, size * 0.9);
            }).ToList();
            Assert.NotEmpty(names);
            Assert.DoesNotContain(names.Select((box, i) => names.Take(i).Any(box.Overlaps)), overlaps => overlaps);
        }
    }

    [Fact]
    public void The_parts_of_a_bar_fill_it()
    {
        var figure = Release(new[] { 30, 50, 120 }.Select((count, i) => Row("Farsta", count, group: $"g{i}"))).StackedBar();
        var widths = Marks(figure, "part").Select(part => Number(part, "width")).ToList();
        Assert.Equal(0.15, widths[0] / widths.Sum(), 3);
        Assert.Equal(0.60, widths[2] / widths.Sum(), 3);
    }

    [Fact]
    public void A_bar_of_parts_with_one_withheld_shows_none_of_them()
    {
        var rows = new[] { Row("Farsta", 30, group: "a"),
            Row("Farsta", 0, group: "b") with { Value = Quantity.Suppressed("threshold"), N = null } };
        var figure = Release(rows).StackedBar();
        Assert.Empty(Marks(figure, "part"));
        Assert.Equal(["Farsta", "..", ".."], figure.Table.Rows[0].Select(cell => cell.Text));
    }

    [Fact]
    public void The_area_of_a_bubble_shows_its_size()
    {
        var size = new Definition("size", "Size", "Storlek", "n", Units.Persons, ValueRange.NonNegative, "Test");
        var rows =
            new[] { 1000.0, 4000 }.SelectMany((n, i) =>
                new[] { Row($"O{i}", 0.1 + i), Row($"O{i}", 0.2 + i) with { Measure = Other }, Row($"O{i}", n) with { Measure = size } });
        var radii = Marks(Release(rows).Bubbles(), "bubble").Select(circle => Number(circle, "r")).ToList();
        Assert.Equal(2, radii[0] / radii[1], 2);
    }

    [Property]
    public Property Points_of_a_strip_do_not_hide_each_other() => Prop.ForAll(
        Gen.Choose(0, 4000).ArrayOf(50).ToArbitrary(), values =>
        {
            var x = values.Order().Select(value => value / 10.0).ToArray();
            var y = StripFigure.Swarm(x, 4);
            return x.Select((at, i) => Enumerable.Range(0, i).All(j => Math.Abs(at - x[j]) > 7.9 || Math.Abs(y[i] - y[j]) > 7.9))
                .All(free => free);
        });

    [Fact]
    public void A_curve_below_the_diagonal_is_drawn_below_it()
    {
        var figure = Release(CurvePoints.Of(Row(null, 0, group: "g"), [(0, 0), (0.5, 0.2), (1, 1)])).Curve();
        Assert.Equal(["0,0\u00A0%", "20,0\u00A0%", "100,0\u00A0%"], figure.Table.Rows.Select(row => row[3].Text));
        var middle = Marks(figure, "point").Single();
        var diagonal = Marks(figure, "diagonal").Single();
        Assert.True(Number(middle, "cy") > (Number(diagonal, "y1") + Number(diagonal, "y2")) / 2);
    }

    [Fact]
    public void Two_results_for_one_area_are_refused_with_a_way_out()
    {
        var wrong = Assert.Throws<ArgumentException>(() => Release([Row("A", 0.1, "2015"), Row("A", 0.2, "2016")]).RankedBar());
        Assert.Contains("Where", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Codes_that_differ_in_their_digits_are_different_areas()
    {
        var outlines = new[] { "0180C1010", "0180C1020",
            "Farsta3" }.Select((area, i) => new MapOutline(area, [[(i, 0), (i + 0.9, 0), (i + 0.9, 1), (i, 1)]])).ToList();
        var figure = Release([Row("0180C1020", 0.3), Row("Farsta", 0.1)]).Choropleth(outlines);
        Assert.Equal(["area nodata", "area", "area"], figure.Draw(Frame.Wide).Shapes.Select(shape => shape.Attribute("class")?.Value)
            .OfType<string>().Where(kind => kind.StartsWith("area", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_reference_is_the_area_of_that_name_and_no_other()
    {
        var figure = Release([Row("Område 1", 0.1), Row("Område 2", 0.2), Row("Område 3", 0.3)]).RankedBar(reference: "Område 2");
        Assert.Contains("Område 2 20,0", figure.ToSvg(), StringComparison.Ordinal);
        Assert.Equal(2, Marks(figure, "bar").Count());
    }

    [Fact]
    public void English_figures_are_English()
    {
        var figure = Release([Row("Farsta", 0.108), Row(null, 0.2)]).RankedBar(new() { Language = Language.English });
        Assert.Contains("10.8%", figure.ToSvg(), StringComparison.Ordinal);
        Assert.Contains("Whole city 20.0%", figure.ToSvg(), StringComparison.Ordinal);
        Assert.Contains("lang=\"en\"", figure.ToHtml(), StringComparison.Ordinal);
    }

    private static IEnumerable<XElement> Marks(Figure figure, string kind) =>
        figure.Draw(Frame.Wide).Shapes.Where(shape => shape.Attribute("class")?.Value == kind);

    private static double Number(XElement shape, string name) => double.Parse(shape.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
