using Analys.Notebooks.Display;

namespace Analys.Notebooks.Engine;

/// <summary>Cells whose text is itself what is shown: Markdown and HTML.</summary>
internal sealed class TextCells(string name, string summary, string mimeType) : CellLanguage
{
    public override string Name => name;

    public override string Summary => summary;

    public override Task<CellValue?> RunAsync(CellCode code, CellContext context)
    {
        var text = code.Text.Trim('\r', '\n');
        return Task.FromResult<CellValue?>(new CellValue(MimeBundle.Of(mimeType, text, text)));
    }
}
