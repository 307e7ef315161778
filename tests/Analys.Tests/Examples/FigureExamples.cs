using Analys.Present;
using Analys.Tests.Present.Charts;

namespace Analys.Tests.Examples;

/// <summary>The figures that the gallery does not draw, each in a line or two, and what each lets be chosen.</summary>
public class FigureExamples
{
    private static readonly Released Share = Districts().Release(Policy.Stockholm);

    // Two years of one share: what a line, a pair or a table of colours is drawn of.
    private static Released Years()
    {
        var table = Extract.Load(Repository.At("notebooks", "data", "stockholm", "ekonomiskt-bistand-2015-2017.csv"));
        return table.IncomeSupport(period: "2015").Concat(table.IncomeSupport(period: "2017")).Release(Policy.Stockholm);
    }

    private static Results Districts() => Extract
        .Load(Repository.At("notebooks", "data", "stockholm", "ekonomiskt-bistand-2015-2017.csv")).IncomeSupport(ages: Ages.Children);

    [Fact]
    public void Every_figure_takes_a_title_a_language_and_what_is_its_own()
    {
        Says("Barn", Share.RankedBar(new RankedBarOptions { Title = "Barn", Highlight = ["Farsta"], ShowIntervals = false }));
        Says("Barn", Share.TileMap(new MapOptions { Title = "Barn", Classes = 4 }));
        Says("Barn", Share.Strips(new StripOptions { Title = "Barn", Category = row => row.Area == "Farsta" ? "Farsta" : "övriga" }));
        Says("Två år", Years().Line(new LineOptions { Title = "Två år", Highlight = ["Farsta"] }));
        Says("Två år", Years().Slope(new PairOptions { Title = "Två år", Highlight = ["Farsta"] }));
        Says("Två år", Years().Dumbbell(new PairOptions { Title = "Två år", Highlight = ["Farsta"] }));
        Says("Två år", Years().SmallMultiples(new MultiplesOptions { Title = "Två år" }));
        Says("Två år", Years().HeatTable(new HeatOptions { Title = "Två år", Classes = 4 }));
        Says("Children", Share.Intervals(new() { Title = "Children", Language = Language.English }));
    }

    [Fact]
    public void Two_measures_make_bubbles_and_parts_make_a_stack()
    {
        var rows = Sample.Districts.Take(5).ToList();
        var two = Sample.Release(rows.Concat(rows.Select(row => row with { Measure = Sample.Other })));
        Says("Två andelar", two.Bubbles(new BubbleOptions { Title = "Två andelar", Highlight = ["Farsta"] }));
        var parts = Sample.Release(rows.SelectMany(row => new[] { row with { Group = "flickor" }, row with { Group = "pojkar" } }));
        Says("Delar", parts.StackedBar(new StackedOptions { Title = "Delar", Order = ["pojkar", "flickor"] }));
    }

    [Fact]
    public void A_map_of_ones_own_areas_is_drawn_from_their_outlines()
    {
        MapOutline Square(string area, double x) => new(area, [[(x, 0), (x + 1, 0), (x + 1, 1), (x, 1), (x, 0)]]);
        var areas = Sample.Release([Sample.Row("norr", 0.1), Sample.Row("söder", 0.2)]);
        Says("Karta", areas.Choropleth([Square("norr", 0), Square("söder", 1)], new() { Title = "Karta" }));
    }

    [Fact]
    public void A_figure_is_a_slide_too_and_its_numbers_are_written_as_a_reader_has_them()
    {
        var figure = Share.RankedBar(new() { Title = "Barn" });
        Assert.Contains("<svg", figure.ToSlideSvg(), StringComparison.Ordinal);
        IReadOnlyList<DataCell> first = figure.Table.Rows[0];
        Assert.Equal(figure.Table.Columns.Count, first.Count);
        Assert.Contains("4,2", NumberFormat.For(Language.Swedish).Percent(0.042), StringComparison.Ordinal);
        Assert.Contains("4.2", NumberFormat.For(Language.English).Percent(0.042), StringComparison.Ordinal);
    }

    private static void Says(string title, Figure figure) => Assert.Contains(title, figure.ToSvg(), StringComparison.Ordinal);
}
