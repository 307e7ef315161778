using System.Text.RegularExpressions;

namespace Analys.Report.Page;

/// <summary>A figure's markup without what a page does not need: a page is mailed, and half of it is pictures.</summary>
internal static partial class SlimMarkup
{
    /// <summary>The same picture in fewer bytes.</summary>
    /// <param name="html">A figure as part of a page.</param>
    public static string Of(string html) => Picture().Replace(html, match => Slim(match.Value));

    private static string Slim(string svg)
    {
        // In HTML the name space goes without saying, and a line is one wide.
        svg = svg.Replace(" xmlns=\"http://www.w3.org/2000/svg\"", "", StringComparison.Ordinal)
            .Replace(" stroke-width=\"1\"", "", StringComparison.Ordinal).Replace(" />", "/>", StringComparison.Ordinal);
        // Lines and grounds are not marked when their area is chosen.
        svg = Unmarked().Replace(svg, match => match.Groups[1].Value.Contains(" class=\"", StringComparison.Ordinal)
            && !Ground().IsMatch(match.Groups[1].Value) ? match.Value : Area().Replace(match.Value, ""));
        // The size that most texts have is the picture's.
        if (Size().Matches(svg).GroupBy(match => match.Value).MaxBy(group => group.Count()) is not { } most) return svg;
        return "<svg" + most.Key + svg["<svg".Length..].Replace(most.Key, "", StringComparison.Ordinal);
    }

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Picture();

    [GeneratedRegex("<(?:line|rect|path|circle)( [^>]*)/>")]
    private static partial Regex Unmarked();

    [GeneratedRegex(" class=\"(interval|halo|ground[^\"]*|reference|grid|break|key|tick)\"")]
    private static partial Regex Ground();

    [GeneratedRegex(" data-a=\"[^\"]*\"")]
    private static partial Regex Area();

    [GeneratedRegex(" font-size=\"[0-9.]+\"")]
    private static partial Regex Size();
}
