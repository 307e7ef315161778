using SkiaSharp;

namespace Analys.Raster.Tests;

public class PictureTests
{
    private static readonly Definition Share = new("share", "Share", "Andel", "x / n", Units.Share, ValueRange.Unit, "Test 2018");

    private static Figure Bars(params IEnumerable<Quantity> values) => new Results(
        values.Select((value, i) => new Result
        {
            Measure = Share,
            Area = $"Östermalm {i}",
            Value = value,
            N = 1000,
            Period = "2017",
            Population = "0-17"
        }),
        Confidentiality.Public,
        Provenance.None).Release(Policy.Public).RankedBar(new() { Title = "Åäö och ≥ 5 %", Source = "Källa: provet." });

    private static Figure Sample => Bars(Quantity.Known(0.12), Quantity.Known(0.05), Quantity.Suppressed("threshold"));

    [Theory]
    [InlineData(PictureSize.Double, 1616, 0)]
    [InlineData(PictureSize.Width1200, 1200, 0)]
    [InlineData(PictureSize.Slide, 1920, 1080)]
    public void A_png_has_the_size_that_was_asked_for_and_is_the_same_twice(PictureSize size, int width, int height)
    {
        var png = Sample.ToPng(size);
        using var bitmap = SKBitmap.Decode(png);
        Assert.Equal(width, bitmap.Width);
        if (height > 0) Assert.Equal(height, bitmap.Height);
        Assert.Equal(png, Sample.ToPng(size));
        // The bar and the hatching of what is withheld are there.
        var pixels = bitmap.Pixels;
        Assert.Contains(SKColor.Parse("#0072b2"), pixels);
        Assert.Contains(pixels, pixel => pixel.Red is > 100 and < 115 && pixel.Blue > pixel.Red + 20);
    }

    [Fact]
    public void A_pdf_holds_text_and_the_shipped_typeface()
    {
        var pdf = System.Text.Encoding.Latin1.GetString(Sample.ToPdf());
        Assert.StartsWith("%PDF-", pdf);
        Assert.Contains("AnalysSans", pdf);
        Assert.Contains("/ToUnicode", pdf);
        Assert.DoesNotContain("/Subtype /Image", pdf);
    }

    [Fact]
    public void What_is_not_painted_is_an_error_and_not_a_gap()
    {
        using var surface = SKSurface.Create(new SKImageInfo(10, 10));
        var svg = System.Xml.Linq.XElement.Parse("<svg><ellipse/></svg>");
        Assert.Throws<NotSupportedException>(() => SvgPainter.Paint(surface.Canvas, svg));
    }
}
