using System.Xml.Linq;
using SkiaSharp;

namespace Analys.Raster;

/// <summary>A figure as PNG and as PDF, painted from the same SVG that it writes, in the shipped typeface.</summary>
/// <remarks>The same figure gives the same bytes on every machine whose texts the shipped typeface holds.</remarks>
public static class FigureRaster
{
    // 96 pixels of a drawing are an inch, and 72 points are.
    private const float PointsPerPixel = 0.75f;

    /// <summary>The figure as a PNG.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="size">What the picture is for.</param>
    public static byte[] ToPng(this Figure figure, PictureSize size = PictureSize.Double)
    {
        ArgumentNullException.ThrowIfNull(figure);
        var svg = XElement.Parse(size == PictureSize.Slide ? figure.ToSlideSvg() : figure.ToSvg());
        var (width, height) = SvgPainter.Size(svg);
        var scale = size switch { PictureSize.Slide => 1, PictureSize.Width1200 => 1200 / width, _ => 2.0 };
        using var surface = SKSurface.Create(new SKImageInfo((int)Math.Round(width * scale), (int)Math.Ceiling(height * scale),
            SKColorType.Rgba8888, SKAlphaType.Opaque));
        surface.Canvas.Clear(SKColors.White);
        surface.Canvas.Scale((float)scale);
        SvgPainter.Paint(surface.Canvas, svg);
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    /// <summary>The figure as a PDF of one page as large as the figure: vectors, and text that can be selected and searched.</summary>
    /// <param name="figure">The figure.</param>
    public static byte[] ToPdf(this Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        var svg = XElement.Parse(figure.ToSvg());
        var (width, height) = SvgPainter.Size(svg);
        using var stream = new MemoryStream();
        var metadata = new SKDocumentPdfMetadata
        {
            Title = figure.Title,
            Subject = figure.Description,
            Creator = "Analys",
            Producer =
            "Analys",
            RasterDpi = 144,
            EncodingQuality = 101
        };
        using (var document = SKDocument.CreatePdf(stream, metadata))
        {
            var canvas = document.BeginPage((float)width * PointsPerPixel, (float)height * PointsPerPixel);
            canvas.Scale(PointsPerPixel);
            SvgPainter.Paint(canvas, svg);
            document.EndPage();
            document.Close();
        }

        return stream.ToArray();
    }
}

/// <summary>What a picture of a figure is for.</summary>
public enum PictureSize
{
    /// <summary>Twice the drawing's size, title, source and note included: for a document.</summary>
    Double,

    /// <summary>1 200 pixels wide: for a web page or a letter.</summary>
    Width1200,

    /// <summary>1 920 × 1 080 pixels with the title on top and the source below: a slide.</summary>
    Slide,
}
