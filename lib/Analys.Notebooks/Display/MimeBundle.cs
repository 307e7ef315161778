namespace Analys.Notebooks.Display;

/// <summary>One value in several MIME types; the reader shows the richest that it can. A JSON type holds JSON text.</summary>
/// <param name="Data">The text by MIME type; <c>text/plain</c> is always among them.</param>
public sealed record MimeBundle(IReadOnlyDictionary<string, string> Data)
{
    /// <summary>HTML.</summary>
    public const string Html = "text/html";

    /// <summary>Plain text.</summary>
    public const string Text = "text/plain";

    /// <summary>Markdown.</summary>
    public const string Markdown = "text/markdown";

    /// <summary>A vector picture.</summary>
    public const string Svg = "image/svg+xml";

    /// <summary>Plain text alone.</summary>
    public static MimeBundle OfText(string text) => new(new Dictionary<string, string> { [Text] = text });

    /// <summary>One MIME type, with plain text beside it for readers that cannot show it.</summary>
    public static MimeBundle Of(string mimeType, string content, string text) =>
        new(new Dictionary<string, string> { [mimeType] = content, [Text] = text });
}
