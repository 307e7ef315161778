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
    public void A_table_of_the_whole_speaks_swedish_of_what_differs_and_has_no_column_of_the_whole()
    {
        Result Of(string household, string part) => Sample.Row(null, 0.1) with
        {
            Parameters = System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add("household", household)
                .Add("part", part),
        };
        var shown = Show(new Results([Of("2 adults, children 5 8", "price"), Of("1 adult", "child"),
            Of("1 adult", "total") with { Value = Quantity.Undefined("weights are not known") }],
            Confidentiality.Public, Provenance.None).Release(Policy.Stockholm));
        var html = System.Net.WebUtility.HtmlDecode(shown["text/html"]);
        Assert.All((string[])["Hushåll", "2 vuxna, barn 5, 8 år", "1 vuxen", "prisdel", "barndel",
            "3 resultat, släppta under policyn stockholm"],
            words => Assert.Contains(words, html, StringComparison.Ordinal));
        Assert.All((string[])["Hela staden", "household", "results", "weights"],
            words => Assert.DoesNotContain(words, html, StringComparison.Ordinal));
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

    [Fact]
    public void An_extract_shows_its_columns_and_rows_only_of_public_data()
    {
        var folder = Directory.CreateTempSubdirectory("analys-formatter");
        var path = Path.Combine(folder.FullName, "uttag.csv");
        File.WriteAllText(path, "stadsdel;inkomst\nFarsta;171717\nKista;181818\n");
        var confidential = Extract.Load(path);
        folder.Delete(recursive: true);
        var text = string.Concat(Show(confidential).Values);
        Assert.Contains("inkomst", text, StringComparison.Ordinal);
        Assert.DoesNotContain("171717", text, StringComparison.Ordinal);
        Assert.DoesNotContain("181818", string.Concat(Show(confidential.Columns[1]).Values), StringComparison.Ordinal);
        var open = ShippedData.Load("ekonomiskt-bistand-2015-2017");
        Assert.Contains("Rinkeby-Kista", Show(open)["text/plain"], StringComparison.Ordinal);
        // Numbers as the page writes them, set to the right; a count has no groups of three, since a year would have them too.
        Assert.Matches("class=\"number\"[^>]*>8,5<", Show(open)["text/html"]);
        Assert.Matches("class=\"number\"[^>]*>4137<", Show(open)["text/html"]);
        Assert.Contains("Farsta", open.OfferedNames("area"));
        Assert.Empty(confidential.OfferedNames("area"));
    }

    private static Dictionary<string, string> Show(object value)
    {
        // As notebooks do: the attribute stands on the type, or on its assembly with the type's name.
        var attributes = value.GetType().GetCustomAttributes().Concat(value.GetType().Assembly.GetCustomAttributes());
        static Type? Shown(Attribute attribute) => (Type?)attribute.GetType().GetProperty("ShownType")!.GetValue(attribute);
        var attribute = attributes.First(attribute => attribute.GetType().Name == "TypeFormatterSourceAttribute"
            && (Shown(attribute) ?? value.GetType()).IsInstanceOfType(value));
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
