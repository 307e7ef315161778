using System.Text.RegularExpressions;

namespace Analys.Report.Page;

/// <summary>A figure's markup without what a page does not need: a page is mailed, and half of it is pictures.</summary>
internal static partial class SlimMarkup
{
    /// <summary>The same picture in fewer bytes.</summary>
    /// <param name="html">A figure as part of a page.</param>
    /// <param name="said">What the section has said of areas already: it is said once, and the script finds it.</param>
    public static string Of(string html, HashSet<string> said)
    {
        html = Picture().Replace(html, match => Slim(match.Value));
        html = Said().Replace(html, match => said.Add(match.Groups[2].Value) ? match.Value : $"<tr{match.Groups[1].Value}>");
        // A number that is printed in full sorts by its text.
        return Sorted().Replace(html, match => Digits(match.Groups[3].Value) == match.Groups[2].Value
            ? $"{match.Groups[1].Value}>{match.Groups[3].Value}<" : match.Value);
    }

    private static string Digits(string text) => string.Concat(text.Where(c => char.IsAsciiDigit(c) || c is ',' or '.' or '\u2212'))
        .Replace(',', '.').Replace('\u2212', '-') is var digits && digits.Contains('.', StringComparison.Ordinal)
            ? digits.TrimEnd('0').TrimEnd('.') : digits;

    private static string Slim(string svg)
    {
        // In HTML the name space goes without saying, and a line is one wide.
        svg = svg.Replace(" xmlns=\"http://www.w3.org/2000/svg\"", "", StringComparison.Ordinal)
            .Replace(" stroke-width=\"1\"", "", StringComparison.Ordinal).Replace(" stroke-linejoin=\"round\"", "",
                StringComparison.Ordinal)
            .Replace(" />", "/>", StringComparison.Ordinal);
        // The style of the page gives texts their ink; on a colour they have their own.
        svg = Inked().Replace(svg, match => match.Value.Contains("inked", StringComparison.Ordinal) ? match.Value
            : match.Value.Replace(" fill=\"#16202a\"", "", StringComparison.Ordinal));
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

    [GeneratedRegex("<text [^>]*>")]
    private static partial Regex Inked();

    [GeneratedRegex("(<td[^>]*) data-v=\"([0-9.-]+)\">([^<]*)<")]
    private static partial Regex Sorted();

    [GeneratedRegex("<tr( data-a=\"[^\"]*\")( data-s=\"[^\"]*\")>")]
    private static partial Regex Said();

    [GeneratedRegex(" class=\"(interval|halo|ground[^\"]*|reference|grid|break|key|tick)\"")]
    private static partial Regex Ground();

    [GeneratedRegex(" data-a=\"[^\"]*\"")]
    private static partial Regex Area();

    [GeneratedRegex(" font-size=\"[0-9.]+\"")]
    private static partial Regex Size();
}
