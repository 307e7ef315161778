using Analys.Domain;
using Analys.Present.Svg;

namespace Analys.Present.Figures;

/// <summary>The legend of colour classes.</summary>
internal static class Legend
{
    /// <summary>Draws the classes, the withheld and the missing where they occur, and the city; gives the lowest line.</summary>
    public static double Draw(Drawing d, double x, double y, double width, ClassBreaks classes, string unit, Result? city, IReadOnlyList<Result> rows, FigureOptions options, bool anyMissing)
    {
        var small = d.Frame.SmallSize;
        var step = small + 10;
        if (city is not null)
        {
            var lines = TextWrap.Lines(d.Texts.Get("figure.reference", ("name", options.LabelOf(city)), ("value", d.Numbers.Value(city.Value, city.Unit, options.Decimals))), width, d.Frame.FontSize, bold: true);
            d.Lines(x, y, lines, bold: true);
            y += (lines.Count * d.Frame.FontSize * 1.25) + 10;
        }

        if (rows.Any(row => row.Value.HasNumber))
        {
            for (var i = classes.Count - 1; i >= 0; i--) Entry(classes.Colours[i], classes.Label(i, d.Numbers, d.Texts, unit));
        }

        if (rows.Any(row => row.Value.Status == ValueStatus.Suppressed)) Entry(d.Hatch, d.Texts["figure.legend.suppressed"]);
        foreach (var reason in rows.Where(row => row.Value.Status == ValueStatus.Undefined).Select(row => Words.Reason(row.Value.Reason, options.Language)).Distinct())
        {
            Entry(Palette.Paper, d.Texts.Get("figure.status.undefined", ("reason", reason)));
        }

        if (anyMissing) Entry(Palette.Paper, d.Texts["figure.legend.nodata"]);
        return y - step + small;

        void Entry(string fill, string text)
        {
            d.Rect(x + 0.5, y - small + 0.5, 22, small + 2, fill, Palette.Axis, kind: "key");
            var lines = TextWrap.Lines(text, width - 32, small);
            d.Lines(x + 30, y, lines, size: small);
            y += step + ((lines.Count - 1) * small * 1.25);
        }
    }
}
