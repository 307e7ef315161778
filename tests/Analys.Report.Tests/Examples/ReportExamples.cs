using Analys.Report.Recipes;
using Analys.Tests;

namespace Analys.Report.Tests.Examples;

/// <summary>A report made by a program, and what it refuses.</summary>
public class ReportExamples
{
    [Fact]
    public void A_report_of_one_table_has_a_page_and_a_profile_for_each_area()
    {
        var report = AreaReport.Of([Repository.At("notebooks", "data", "stockholm", "ekonomiskt-bistand-2015-2017.csv")],
            areas: ["Farsta"], language: Language.English);
        Assert.Contains("Farsta", report.Profile("Farsta"), StringComparison.Ordinal);
        Assert.Contains("<svg", report.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recipe_that_is_none_is_refused() =>
        Assert.Throws<RecipeException>(() => AreaReport.Of([Repository.At("notebooks", "data", "stockholm")], recipe: "no-such-recipe"));
}
