using Analys.Domain;

namespace Analys.Present.Report;

/// <summary>What the report is and for whom, in three sentences.</summary>
internal static class Introduction
{
    public static void Write(ReportPage page, ReportContent content)
    {
        var confidential = content.All.FirstOrDefault(released => released.Origin == Confidentiality.Confidential);
        page.Title(
            page.Text("title"),
            page.Text("subtitle"),
            [
                page.Text("intro.what"),
                page.Text("intro.who"),
                confidential is null ? page.Text("intro.public") : page.Text("intro.released", ("policy", confidential.Policy.Name)),
            ],
            content.All.Any(released => released.IsConfidential) ? page.Texts["figure.confidential"] : null);
    }
}
