using System.Reflection;
using Analys.Load;
using Analys.Tests.Present.Charts;

namespace Analys.Tests.Present;

/// <summary>As a notebook does it: by the names of the attribute and of the members, without a reference.</summary>
public class FormatterTests
{
    [Fact]
    public void A_figure_shows_itself_as_picture_page_and_text()
    {
        var shown = Show(Sample.Release(Sample.Districts).RankedBar());
        Assert.Equal(["image/svg+xml", "text/html", "text/plain"], shown.Keys.Order());
        Assert.StartsWith("<svg", shown["image/svg+xml"], StringComparison.Ordinal);
        Assert.Contains("<figure", shown["text/html"], StringComparison.Ordinal);
        Assert.Contains("Farsta", shown["text/plain"], StringComparison.Ordinal);
    }

    [Fact]
    public void Released_results_are_a_table()
    {
        var shown = Show(Sample.Release(Sample.Districts));
        Assert.Contains("<table>", shown["text/html"], StringComparison.Ordinal);
        Assert.Contains("4,1\u00A0%", shown["text/plain"], StringComparison.Ordinal);
    }

    [Fact]
    public void Unreleased_results_show_no_number_but_the_way_to_release_them()
    {
        var results = new Results([Sample.Row("Farsta", 0.123456)], Confidentiality.Confidential, Provenance.None);
        var shown = Show(results);
        Assert.All(shown.Values, text => Assert.DoesNotContain("12", text, StringComparison.Ordinal));
        Assert.All(shown.Values, text => Assert.Contains("Release(Policy.Stockholm)", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Unprotected_results_say_so()
    {
        var results = new Results([Sample.Row("Farsta", 0.1)], Confidentiality.Confidential, Provenance.None).Release(Policy.Confidential);
        Assert.All(Show(results).Values, text => Assert.Matches("SEKRETESS|CONFIDENTIAL", text));
        Assert.All(Show(results.RankedBar()).Values.Take(2), text => Assert.Contains("SEKRETESS", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Findings_are_a_table()
    {
        var finding = new Finding("type-error", "fil.csv", 3, "barn", 2, "ett tal < 5");
        foreach (var shown in new[] { Show(finding), Show(new ExtractRejectedException("fil.csv", [finding])) })
        {
            Assert.Contains("ett tal &lt; 5", shown["text/html"], StringComparison.Ordinal);
            Assert.Contains("type-error", shown["text/plain"], StringComparison.Ordinal);
        }
    }

    private static Dictionary<string, string> Show(object value)
    {
        var attribute = value.GetType().GetCustomAttributes()
            .Single(attribute => attribute.GetType().Name == "TypeFormatterSourceAttribute");
        var type = (Type)attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute)!;
        var source = Activator.CreateInstance(type)!;
        var formatters = (IEnumerable<object>)type.GetMethod("CreateTypeFormatters")!.Invoke(source, null)!;
        return formatters.ToDictionary(
            formatter => (string)formatter.GetType().GetProperty("MimeType")!.GetValue(formatter)!,
            formatter =>
            {
                using var writer = new StringWriter();
                Assert.True((bool)formatter.GetType().GetMethod("Format")!.Invoke(formatter, [value, writer])!);
                return writer.ToString();
            });
    }
}
