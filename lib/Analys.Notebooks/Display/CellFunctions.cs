using Analys.Notebooks.Engine;

namespace Analys.Notebooks.Display;

/// <summary>
/// What every C# cell can call without a <c>using</c>: <c>display(x)</c>, <c>x.Display()</c>, <c>HTML("…")</c>, <c>Input("…")</c>.
/// </summary>
public static class CellFunctions
{
    /// <summary>Shows a value now, before the cell ends.</summary>
    /// <param name="value">The value.</param>
    /// <returns>A handle by which what is shown can be replaced.</returns>
    public static DisplayedValue display(object? value)
    {
        var id = Guid.NewGuid().ToString("N");
        Cell().Emit(new DisplayOutput(Bundle(value), id));
        return new DisplayedValue(id);
    }

    /// <summary>Shows a text as a MIME type: <c>display("&lt;b&gt;x&lt;/b&gt;", "text/html")</c>.</summary>
    public static DisplayedValue display(string content, string mimeType) => display(MimeBundle.Of(mimeType, content, content));

    /// <summary>Shows a value now, before the cell ends.</summary>
    public static DisplayedValue Display(this object? value) => display(value);

    /// <summary>Shows a text as a MIME type.</summary>
    public static DisplayedValue DisplayAs(this string content, string mimeType) => display(content, mimeType);

    /// <summary>A value that is HTML.</summary>
    public static MimeBundle HTML(string content) => MimeBundle.Of(MimeBundle.Html, content, content);

    /// <summary>A value that is Markdown.</summary>
    public static MimeBundle Markdown(string content) => MimeBundle.Of(MimeBundle.Markdown, content, content);

    /// <summary>A value that is an SVG picture; as HTML too, because JupyterLab shows bare SVG in trusted notebooks only.</summary>
    public static MimeBundle SVG(string content) => new(new Dictionary<string, string>
    {
        [MimeBundle.Svg] = content,
        [MimeBundle.Html] = content,
        [MimeBundle.Text] = "SVG",
    });

    /// <summary>Asks the user for a line of text.</summary>
    public static string? Input(string prompt = "") => Cell().Session.Ask(Cell(), prompt, secret: false);

    /// <summary>Asks the user for a line of text that is not shown.</summary>
    public static string? Password(string prompt = "") => Cell().Session.Ask(Cell(), prompt, secret: true);

    /// <summary>Removes what the cell has shown.</summary>
    public static void ClearOutput(bool wait = false) => Cell().Emit(new ClearOutput(wait));

    internal static MimeBundle Bundle(object? value) => Formatter.Format(value, Cell().Session.Options.RowLimit);

    internal static CellContext Cell() =>
        CellContext.Current
            ?? throw new InvalidOperationException("There is no cell to show anything in: the caller is not run by a notebook.");
}

/// <summary>A value that is shown, and that may be replaced by another.</summary>
public sealed class DisplayedValue
{
    private readonly string id;

    internal DisplayedValue(string id) => this.id = id;

    /// <summary>Replaces what is shown.</summary>
    public void Update(object? value) => CellFunctions.Cell().Emit(new DisplayOutput(CellFunctions.Bundle(value), id, IsUpdate: true));
}
