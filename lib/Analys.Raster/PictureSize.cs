namespace Analys.Raster;

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
