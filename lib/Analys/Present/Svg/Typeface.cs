namespace Analys.Present.Svg;

/// <summary>The shipped typeface for pages: two faces that stand in the page itself, so that it looks alike on every machine.</summary>
internal static class Typeface
{
    /// <summary>The families that text is set in: the shipped one, and those with the same widths where a file is read without
    /// it.</summary>
    public const string Families = "'Analys Sans', Arial, 'Liberation Sans', Helvetica, sans-serif";

    /// <summary>The rules that carry the faces.</summary>
    public static string Css { get; } = Face("Regular", 400) + Face("Bold", 700);

    private static string Face(string style, int weight)
    {
        using var stream = typeof(Typeface).Assembly.GetManifestResourceStream($"font/AnalysSans-{style}.woff2")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        var data = Convert.ToBase64String(bytes.GetBuffer(), 0, (int)bytes.Length);
        return $"@font-face{{font-family:\"Analys Sans\";font-weight:{weight};src:url(data:font/woff2;base64,{data}) format(\"woff2\")}}\n";
    }
}
