using Analys.Load.Schema;

namespace Analys.Explore.Tests;

public class PlotExtensionsTests
{
    private static readonly Definition Measure = new("share", "Share", "Andel barn", "a/b", Units.Share, ValueRange.Unit, "here");

    internal static Released Some(params Quantity[] values) =>
        Of([.. values.Select((value, i) => new Result { Measure = Measure, Area = $"Område {i}", Period = "2024", Value = value })]);

    [Fact]
    public void Results_choose_their_plot_and_tell_title_unit_and_what_is_withheld()
    {
        var bars = Some(Quantity.Known(0.108), Quantity.Suppressed("threshold")).Plot().SvgText();
        Assert.Contains("<title", bars, StringComparison.Ordinal);
        Assert.Contains("Andel barn", bars, StringComparison.Ordinal);
        Assert.Contains("Område 0: 10,8", bars, StringComparison.Ordinal);
        Assert.Contains("skyddad uppgift", bars, StringComparison.Ordinal);

        Result At(string area, int year) => new() { Measure = Measure, Area = area, Period = $"{year}", Value = Quantity.Known(0.1) };
        var lines = Of([At("A", 2023), At("A", 2024), At("B", 2023)]).Plot();
        Assert.Equal(2, lines.GetPlottables<ScottPlot.Plottables.Scatter>().Count());
        Assert.NotEmpty(Of([.. Enumerable.Range(0, 30).SelectMany(i => new[] { At($"A{i}", 2023), At($"A{i}", 2024) })]).Plot().SvgText());
        Assert.NotEmpty(Of([.. Enumerable.Range(0, 10).SelectMany(i => new[] { At($"A{i}", 2023), At($"A{i}", 2024) })]).Plot().SvgText());
        var table = RegressionTableFor();
        Assert.Contains("x: 2", table.Plot().SvgText(), StringComparison.Ordinal);
        var curve = Of([.. CurvePoints.Of(new Result { Measure = Measure, Value = Quantity.Known(0) }, [(0, 0), (0.5, 0.2), (1, 1)])]);
        Assert.Contains("20,0", curve.Plot().SvgText(), StringComparison.Ordinal);
        Assert.Contains("<desc", Some(Quantity.Known(0.1)).Plot(new() { Language = Language.English }).SvgText(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Of([]).Plot());
    }

    [Fact]
    public void Columns_of_a_public_extract_choose_theirs()
    {
        var schema = TableSchema.Parse("""
            {"name":"o","fields":[{"name":"namn"},{"name":"år","type":"year","analys":{"role":"period"}},{"name":"a","type":"number"},
              {"name":"b","type":"number"}],"analys":{"confidentiality":"public"}}
            """, "o");
        var extract = Extract.From(Enumerable.Range(0, 8)
            .Select(i => new { namn = $"N{i % 4}", år = 2020 + (i / 4), a = i * 1.5, b = (double?)(i == 3 ? null : i * i) }), schema);
        Assert.NotEmpty(extract.Plot("a").SvgText());
        Assert.NotEmpty(extract.Plot("a", group: "namn").SvgText());
        Assert.Contains("N2", extract.Plot("a", "b", label: "namn", trend: true).SvgText(), StringComparison.Ordinal);
        Assert.Equal(4, extract.Plot("år", "a", group: "namn").GetPlottables<ScottPlot.Plottables.Scatter>().Count());
        Assert.NotEmpty(extract.Plot("namn", "a").SvgText());
        Assert.NotEmpty(extract.Where(row => row.Number("år") == 2020).Plot("namn", "b").SvgText());
    }

    private static Released RegressionTableFor() => Of([new Result
    {
        Measure = Measure with { Unit = Units.Index }, Value = Quantity.Known(2), Lower = 1, Upper = 3,
        Parameters = System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add("term", "x"),
    }]);

    private static Released Of(IReadOnlyList<Result> results) =>
        new Results(results, Confidentiality.Public, Provenance.None).Release(Policy.Stockholm);
}
