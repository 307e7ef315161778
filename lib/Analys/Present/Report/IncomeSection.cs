using System.Globalization;
using Analys.Present.Figures;

namespace Analys.Present.Report;

/// <summary>3 Incomes of households by district.</summary>
internal static class IncomeSection
{
    public static void Write(ReportPage page, ReportContent content)
    {
        if (Ranking.Of(content.Income) is not { } income) return;
        page.Section("3");
        page.Paragraph(page.Text("3.mean"));
        page.Figure(content.Income!.RankedBar(new RankedBarOptions
        {
            Id = "medelinkomst",
            Language = page.Language,
            Title = page.Text("3.mean.title", ("high", income.Highest.Area!), ("low", income.Lowest.Area!)),
        }));
        if (Ranking.Of(content.LowIncome) is not { Whole: { } city } low) return;
        var limit = page.Numbers.ThousandKronor(double.Parse(low.Highest.Parameters["limit"], CultureInfo.InvariantCulture));
        page.Paragraph(page.Text("3.low", ("limit", limit), ("city", page.Numbers.Percent(city.Value.Number))));
        page.Figure(content.LowIncome!.RankedBar(new RankedBarOptions
        {
            Id = "hushall-lag-inkomst",
            Language = page.Language,
            Title = page.Text("3.low.title", ("limit", limit), ("high", low.Highest.Area!)),
        }));
    }
}
