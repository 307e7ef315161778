using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Analys.Cli.Tests.Report;

/// <summary>The report on the shipped data, made once in both languages.</summary>
public sealed class ReportFixture : IAsyncLifetime
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("analys");
    private readonly Dictionary<string, IDocument> pages = [];

    public string Folder(string language) => Path.Combine(root.FullName, language);

    public string File(string language) => Path.Combine(Folder(language), language == "sv" ? "rapport.html" : "report.html");

    public IDocument Page(string language) => pages[language];

    public async Task InitializeAsync()
    {
        foreach (var language in (string[])["sv", "en"])
        {
            var run = await CommandRun.Of("report", "--out", Folder(language), "--language", language);
            Assert.True(run.Code == 0, run.Errors);
            pages[language] = new HtmlParser().ParseDocument(await System.IO.File.ReadAllTextAsync(File(language)));
        }
    }

    public Task DisposeAsync()
    {
        root.Delete(recursive: true);
        return Task.CompletedTask;
    }
}
