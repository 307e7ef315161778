using System.Text;
using System.Xml;
using System.Xml.Linq;
using Analys.Explore.Plotting;
using ScottPlot;
using SkiaSharp;

namespace Analys;

/// <summary>Saves plots as PNG, SVG and PDF at the size that fits them.</summary>
public static class PlotFiles
{
    private const int DefaultWidth = 760;
    private const int DefaultHeight = 480;
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>Saves a plot; the ending of the name says as what.</summary>
    /// <param name="plot">The plot.</param>
    /// <param name="path">A file that ends in <c>.png</c>, <c>.svg</c> or <c>.pdf</c>.</param>
    /// <exception cref="ArgumentException">The ending is another.</exception>
    public static void Save(this Plot plot, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        switch (Path.GetExtension(path).ToUpperInvariant())
        {
            case ".PNG": plot.SavePng(path); break;
            case ".SVG": plot.SaveSvg(path); break;
            case ".PDF": plot.SavePdf(path); break;
            default: throw new ArgumentException("A plot is saved as .png, .svg or .pdf.", nameof(path));
        }
    }

    /// <summary>Saves a plot as PNG with two pixels for each of its own, sharp on screens and in print.</summary>
    /// <param name="plot">The plot.</param>
    /// <param name="path">The file.</param>
    public static void SavePng(this Plot plot, string path) => File.WriteAllBytes(path, plot.PngBytes());

    /// <summary>Saves a plot as SVG with a title and a description that screen readers tell.</summary>
    /// <param name="plot">The plot.</param>
    /// <param name="path">The file.</param>
    public static void SaveSvg(this Plot plot, string path) => File.WriteAllText(path, plot.SvgText(), new UTF8Encoding(false));

    /// <summary>Saves a plot as PDF of one page, with text that can be searched.</summary>
    /// <param name="plot">The plot.</param>
    /// <param name="path">The file.</param>
    public static void SavePdf(this Plot plot, string path)
    {
        ArgumentNullException.ThrowIfNull(plot);
        var (width, height) = Size(plot);
        using var stream = File.Create(path);
        var title = House.Head(plot)?.Options.Title;
        using var document =
            SKDocument.CreatePdf(stream, new SKDocumentPdfMetadata { Title = title ?? "", Creation = null, Modified = null });
        plot.Render(document.BeginPage(width, height), new PixelRect(0, width, height, 0));
        document.EndPage();
        document.Close();
    }

    /// <summary>The PNG, as a notebook shows it.</summary>
    internal static byte[] PngBytes(this Plot plot)
    {
        ArgumentNullException.ThrowIfNull(plot);
        var (width, height) = Size(plot);
        var before = plot.ScaleFactor;
        plot.ScaleFactor = 2;
        try
        {
            return plot.GetImageBytes(2 * width, 2 * height, ImageFormat.Png);
        }
        finally
        {
            plot.ScaleFactor = before;
        }
    }

    /// <summary>The SVG, with what the plotting library leaves out: a view box, the language, a title and a description.</summary>
    internal static string SvgText(this Plot plot)
    {
        ArgumentNullException.ThrowIfNull(plot);
        var (width, height) = Size(plot);
        var document = XDocument.Parse(Stroke.Outlined(plot, () => plot.GetSvgXml(width, height)));
        var root = document.Root!;
        var head = House.Head(plot);
        root.SetAttributeValue("viewBox", FormattableString.Invariant($"0 0 {width} {height}"));
        root.SetAttributeValue("role", "img");
        var language = (head?.Options.Language ?? Language.Swedish).Code();
        // The one counts in a file of its own, the other inside a page.
        root.SetAttributeValue(XNamespace.Xml + "lang", language);
        root.SetAttributeValue("lang", language);
        var (title, description) = Texts(plot, head);
        var id = Id(title + description);
        root.SetAttributeValue("aria-labelledby", $"t{id} d{id}");
        // Names of clips must not meet those of another plot on the same page, and the drawing library counts them on over all plots of a
        // process.
        var names = root.Descendants().Attributes("id").Select((attribute, i) => (attribute.Value, i))
            .ToDictionary(one => one.Value, one => $"c{one.i}-{id}");
        foreach (var attribute in root.Descendants().Attributes())
        {
            if (attribute.Name == "id") attribute.Value = names[attribute.Value];
            else if (attribute.Value.StartsWith("url(#", StringComparison.Ordinal))
                attribute.Value = $"url(#{names[attribute.Value[5..^1]]})";
            else if (attribute.Name.LocalName == "href" && attribute.Value.StartsWith('#'))
                attribute.Value = $"#{names[attribute.Value[1..]]}";
        }

        root.AddFirst(new XElement(Svg + "title", new XAttribute("id", $"t{id}"), title),
            new XElement(Svg + "desc", new XAttribute("id", $"d{id}"), description));
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true, NewLineChars = "\n" })) document.Save(
            writer);
        return text.ToString();
    }

    private static (string Title, string Description) Texts(Plot plot, HeadPanel? head)
    {
        if (head is null) return (plot.Axes.Title.Label.Text is { Length: > 0 } own ? own : "Diagram", "");
        var title = head.Options.Title ?? head.Options.Subtitle ?? "Diagram";
        return (title, head.Options.Description
            ?? (head.Options.Subtitle is { } subtitle ? $"{subtitle.TrimEnd('.')}. " : "") + head.Described);
    }

    private static (int Width, int Height) Size(Plot plot) =>
        House.Head(plot) is { } head ? (head.Options.Width, head.Height) : (DefaultWidth, DefaultHeight);

    // FNV-1a: the same plot has the same names in every run.
    private static string Id(string text) =>
        text.Aggregate(2166136261u, (hash, letter) => unchecked((hash ^ letter) * 16777619))
        .ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
}
