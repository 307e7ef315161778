using Analys.Domain;
using Analys.Present.Figures;

namespace Analys.Present.Report;

/// <summary>5 Support groups for children: coverage over time, and the courses.</summary>
internal static class SupportGroupSection
{
    public static void Write(ReportPage page, ReportContent content)
    {
        var known = content.Coverage?.Where(row => row.Value.HasNumber).ToList();
        if (known is not { Count: > 0 }) return;
        page.Section("5");
        page.Paragraph(known.Count > 1 ? page.Text("5.lead", ("first", Of(known[0])), ("last", Of(known[^1]))) : page.Text("5.lead.same", ("last", Of(known[0]))));
        page.Figure(content.Coverage!.RankedBar(new RankedBarOptions
        {
            Id = "stodgrupper",
            Language = page.Language,
            Title = page.Text("5.coverage.title", ("count", Count(known[^1])), ("total", page.Numbers.Number(known[^1].N ?? 0))),
            Label = row => row.Period ?? "",
        }));
        if (content.Participants is not { Count: > 1 } courses) return;
        var top = courses.Where(row => row.Value.HasNumber).MaxBy(row => row.Value.Number)!;
        page.Paragraph(page.Text("5.courses"));
        page.Figure(courses.RankedBar(new RankedBarOptions { Id = "utbildningar", Language = page.Language, Title = page.Text("5.courses.title", ("top", top.Group ?? "")), Label = row => row.Group ?? "" }));

        string Of(Result row) => page.Text("5.of", ("count", Count(row)), ("total", page.Numbers.Number(row.N ?? 0)));
        string Count(Result row) => page.Numbers.Number(Math.Round(row.Value.Number * (row.N ?? 0)));
    }
}
