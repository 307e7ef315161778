namespace Analys.Present.Report;

/// <summary>7 Sources: the files, who published them, when.</summary>
internal static class SourceSection
{
    public static void Write(ReportPage page, ReportContent content)
    {
        page.Section("7");
        page.Table(
            page.Text("7"),
            [page.Text("7.title"), page.Text("7.publisher"), page.Text("7.table"), page.Text("7.date"), page.Text("7.licence"), page.Text("7.file"), page.Text("7.rows")],
            content.Provenance.Sources.Select(source => (IReadOnlyList<string>)
            [
                source.Origin?.Title ?? source.File,
                source.Origin?.Publisher ?? "",
                source.Origin?.TableId ?? "",
                source.Origin?.Date ?? "",
                source.Origin?.Licence ?? "",
                source.File,
                page.Numbers.Number(source.Rows),
            ]),
            [6]);
    }
}
