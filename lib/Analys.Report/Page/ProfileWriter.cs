using System.Globalization;
using System.Text;
using Analys.Present.Svg;
using Analys.Report.Questions;

namespace Analys.Report.Page;

/// <summary>Writes the profile of an area: a sentence to read out, and every indicator beside the whole, its neighbours in rank and its own
/// past.</summary>
internal sealed class ProfileWriter(ReportContext context)
{
    private const double Width = 220, Height = 26, Margin = 8;

    /// <summary>The profile as a part of the page, closed until it is chosen.</summary>
    public string Closed(string area, IReadOnlyList<ProfileItem> items, string lead)
    {
        var slug = AreaSlug.Of(area);
        var label = PageWriter.Encode(context.Words.Get("profile.title", ("area", area)));
        return $"<details class=\"profile\" data-a=\"{slug}\"><summary>{PageWriter.Encode(area)}</summary>"
            + $"<article id=\"profil-{slug}\" aria-label=\"{label}\">{Content(area, items, lead)}</article></details>\n";
    }

    /// <summary>The profile alone, for a page of its own.</summary>
    public string Content(string area, IReadOnlyList<ProfileItem> items, string lead)
    {
        var html = new StringBuilder();
        html.Append("<p class=\"say\">").Append(PageWriter.Encode(lead)).Append("</p>");
        if (Summed(area, items) is { } summed) html.Append("<p>").Append(PageWriter.Encode(summed)).Append("</p>");
        var caption = context.Words.Get("profile.caption", ("area", area));
        html.Append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"").Append(PageWriter.Encode(caption))
            .Append("\"><table class=\"report unsorted\"><caption>").Append(PageWriter.Encode(caption)).Append("</caption><thead><tr>");
        foreach (var key in (string[])["indicator", "value", "whole", "rank", "neighbours", "change"])
        {
            html.Append("<th scope=\"col\"").Append(key is "value" or "whole" ? " class=\"number\"" : "").Append('>')
                .Append(PageWriter.Encode(context.Words["profile." + key])).Append("</th>");
        }

        html.Append("</tr></thead><tbody>");
        foreach (var item in items)
        {
            html.Append("<tr><th scope=\"row\">").Append(PageWriter.Encode(item.Title))
                .Append(item.Strip is { } strip ? Picture(strip, item) : "").Append("</th>");
            Cell(item.Value, true);
            Cell(item.Whole, true);
            Cell(item.Rank, false);
            Cell(item.Neighbours, false);
            Cell(item.Change, false);
            html.Append("</tr>");
        }

        html.Append("</tbody></table></div>");
        if (items.Any(item => item.Strip is not null))
        {
            html.Append("<p class=\"figure-note\">").Append(PageWriter.Encode(items.Any(item => item.Strip?.Whole is not null)
                ? context.Words.Get("profile.strip", ("area", area), ("whole", context.Whole))
                : context.Words.Get("profile.strip.plain", ("area", area)))).Append("</p>");
        }

        return html.ToString();

        void Cell(string text, bool number) => html.Append(number ? "<td class=\"number\">" : "<td>").Append(PageWriter.Encode(text))
            .Append("</td>");
    }

    // Over all measures: above the whole in how many, below it in how many. Which is better depends on the measure.
    private string? Summed(string area, IReadOnlyList<ProfileItem> items)
    {
        var sides = items.Select(item => item.Side).OfType<int>().ToList();
        return sides.Count < 3 ? null : context.Words.Get("profile.sum", ("count", Number(sides.Count)), ("whole", context.Whole),
            ("area", area), ("above", Number(sides.Count(side => side > 0))), ("below", Number(sides.Count(side => side < 0))),
            ("same", sides.Count(side => side == 0) is > 0 and var same
                ? context.Words.Get("profile.sum.same", ("count", Number(same))) : ""));

        string Number(int count) => context.Numbers.Number(count);
    }

    // A row of dots: decoration beside the numbers that the row says anyway.
    private static string Picture(ProfileStrip strip, ProfileItem item)
    {
        var svg = new StringBuilder(string.Create(CultureInfo.InvariantCulture,
            $"<svg class=\"strip\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" aria-hidden=\"true\">"));
        svg.Append(CultureInfo.InvariantCulture,
            $"<line x1=\"{Margin}\" y1=\"13\" x2=\"{Width - Margin}\" y2=\"13\" stroke=\"{Palette.Axis}\" stroke-width=\"1\"/>");
        // All dots in one path: round ends of lines without length. A page has hundreds of them.
        var dots = string.Concat(strip.All.Select(part => $"M{At(part)} 13h.01"));
        svg.Append(CultureInfo.InvariantCulture, $"<path d=\"{dots}\" stroke=\"{Palette.Quiet}\" "
            + $"stroke-opacity=\".6\" stroke-width=\"6\" stroke-linecap=\"round\"/>");
        if (strip.Whole is { } whole) svg.Append(CultureInfo.InvariantCulture,
            $"<line x1=\"{At(whole)}\" y1=\"3\" x2=\"{At(whole)}\" y2=\"23\" stroke=\"{Palette.Reference}\" stroke-width=\"2\"/>");
        svg.Append(CultureInfo.InvariantCulture,
            $"<circle cx=\"{At(strip.Own)}\" cy=\"13\" r=\"6\" fill=\"#a8327d\" stroke=\"{Palette.Paper}\"/></svg>");
        return svg.ToString();

        static string At(double part) => Drawing.N(Margin + (Math.Clamp(part, 0, 1) * (Width - (2 * Margin))));
    }
}
