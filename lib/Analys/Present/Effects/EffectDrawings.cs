using Analys.Present.Svg;

namespace Analys.Present.Effects;

/// <summary>The drawings of effect figures.</summary>
internal static class EffectDrawings
{
    private const string Band = "#d6e6f2";

    /// <summary>Effects by time since the start.</summary>
    public static void EventStudy(Drawing d, IReadOnlyList<Result> rows, double? critical, bool drawn)
    {
        var small = d.Frame.SmallSize;
        var known = rows.Where(row => row.Value.HasNumber).ToList();
        double Half(Result row) => critical is { } value && row.StandardError is { } error ? value * error : 0;
        var axis = ValueAxis.Over(known.SelectMany(row => new[]
        {
            row.Value.Number - Half(row), row.Value.Number + Half(row), row.Lower ?? row.Value.Number, row.Upper ?? row.Value.Number, 0,
        }).Append(0), 6);
        var unit = rows[0].Unit;
        var left = axis.LabelWidth(d, unit);
        double top = 12 + small, bottom = top + (d.Frame.IsNarrow ? 230 : 280);
        double first = rows.Min(row => EffectFigures.At(row, "event")), last = rows.Max(row => EffectFigures.At(row, "event"));
        LinearScale x = new(first - 0.5, last + 0.5, left + 6, d.Width - 8);
        var y = axis.Scale(bottom, top);
        // The band first, so that grid and points lie over it.
        var banded = known.Where(row => Half(row) > 0).ToList();
        if (banded.Count > 1)
        {
            var upper = banded.Select(row => (x.At(EffectFigures.At(row, "event")), y.At(row.Value.Number + Half(row))));
            var lower = banded.Select(row => (x.At(EffectFigures.At(row, "event")), y.At(row.Value.Number - Half(row)))).Reverse();
            Area(d, [.. upper, .. lower]);
        }

        axis.DrawHorizontal(d, y, left, d.Width, unit);
        var between = x.At(-0.5);
        if (first < 0 && last >= 0)
        {
            d.Line(between, top - 4, between, bottom, Palette.Reference, 1.4, "5 3", kind: "start");
            d.Text(between, top - 8, d.Texts["figure.effect.start"], Anchor.Middle, small, Palette.Reference, true);
        }

        foreach (var row in rows)
        {
            var place = x.At(EffectFigures.At(row, "event"));
            d.Text(place, bottom + small + 4, row.Parameters["event"].Replace('-', '−'), Anchor.Middle, small, Palette.MutedInk,
                kind: "tick");
            if (!row.Value.HasNumber)
            {
                Missing(d, row, place, bottom);
                continue;
            }

            if (row.Lower is { } from && row.Upper is { } to) d.Line(place, y.At(from), place, y.At(to), Palette.Mark, 2, kind: "interval");
            var before = EffectFigures.At(row, "event") < 0;
            d.Circle(place, y.At(row.Value.Number), 4.2, before ? Palette.Paper : Palette.Mark, Palette.Mark, 1.8, kind: "point");
        }

        d.Text(left, bottom + (small * 2) + 12, d.Texts["figure.effect.event"], size: small, fill: Palette.MutedInk);
        string[] said = [.. critical is null ? Array.Empty<string>() : [d.Texts["figure.effect.band"]],
            .. drawn ? [d.Texts["figure.effect.by-randomisation"]] : Array.Empty<string>()];
        var words = said.Length == 0 ? [] : TextWrap.Lines(string.Join(' ', said), d.Width - left, small);
        d.Lines(left, bottom + (small * 3.4) + 14, words, size: small, fill: Palette.MutedInk);
        d.Height = bottom + (small * (2.4 + (1.3 * words.Count))) + 18;
    }

    /// <summary>Actual and synthetic path above, the gap beside placebos below.</summary>
    public static void Synthetic(Drawing d, IReadOnlyList<Result> rows)
    {
        var small = d.Frame.SmallSize;
        var paths = rows.Where(row => row.Measure.Id == "synthetic-path").ToList();
        var gaps = rows.Where(row => row.Measure.Id == "synthetic-gap").ToList();
        PeriodAxis periods = new(gaps.Select(row => row.Parameters["time"]));
        var unit = gaps[0].Unit;
        double Place(Result row) => periods.Of(row.Parameters["time"]);
        var above = ValueAxis.Over(paths.Where(row => row.Value.HasNumber).Select(row => row.Value.Number), 5);
        var below = ValueAxis.Over(gaps.Where(row => row.Value.HasNumber)
            .SelectMany(row => new[] { row.Value.Number, row.Lower ?? 0, row.Upper ?? 0, 0 }).Append(0), 5);
        var left = Math.Max(above.LabelWidth(d, unit), below.LabelWidth(d, unit));
        LinearScale x = new(periods.Min, periods.Max == periods.Min ? periods.Min + 1 : periods.Max, left + 8, d.Width - 10);
        double top = small + 12, middle = top + 200, second = middle + (small * 3) + 14, bottom = second + 150;
        var y = above.Scale(middle, top);
        above.DrawHorizontal(d, y, left, d.Width, unit);
        var at = left + 4;
        foreach (var (series, colour, dash) in new[] { ("actual", Palette.Mark, (string?)null), ("synthetic", Palette.Second, "6 3") })
        {
            var own = paths.Where(row => row.Parameters["series"] == series && row.Value.HasNumber).OrderBy(Place)
                .Select(row => (x.At(Place(row)), y.At(row.Value.Number))).ToList();
            d.Polyline(own, colour, 2.4, dash, kind: series);
            var name = d.Texts[$"figure.effect.{series}"];
            d.Line(at, top - 10, at + 26, top - 10, colour, 2.4, dash);
            d.Text(at + 32, top - 6, name, size: small);
            at += 48 + TextWidth.Of(name, small);
        }

        var z = below.Scale(bottom, second);
        var banded = gaps.Where(row => row.Lower is not null && row.Upper is not null).OrderBy(Place).ToList();
        if (banded.Count > 1)
        {
            Area(d, [.. banded.Select(row => (x.At(Place(row)), z.At(row.Upper!.Value))),
                .. banded.AsEnumerable().Reverse().Select(row => (x.At(Place(row)), z.At(row.Lower!.Value)))]);
        }

        below.DrawHorizontal(d, z, left, d.Width, unit);
        d.Polyline([.. gaps.Where(row => row.Value.HasNumber).OrderBy(Place).Select(row => (x.At(Place(row)), z.At(row.Value.Number)))],
            Palette.Mark, 2.4, kind: "gap");
        d.Text(left, second - 8, d.Texts["figure.effect.placebos"], size: small, fill: Palette.MutedInk);
        var free = double.NegativeInfinity;
        foreach (var period in periods.Periods)
        {
            var (place, half) = (x.At(periods.Of(period)), TextWidth.Of(period, small) / 2);
            place = Math.Min(place, d.Width - half);
            if (place - half < free) continue;
            d.Text(place, bottom + small + 4, period, Anchor.Middle, small, Palette.MutedInk, kind: "tick");
            free = place + half + 6;
        }

        d.Height = bottom + small + 14;
    }

    /// <summary>Standardised differences before and after.</summary>
    public static void Balance(Drawing d, IReadOnlyList<Result> rows)
    {
        var small = d.Frame.SmallSize;
        var covariates = rows.Select(row => row.Parameters["covariate"]).Distinct().ToList();
        string[] kinds = ["before", .. rows.Select(row => row.Parameters.GetValueOrDefault("weights")).OfType<string>().Distinct()];
        var axis = ValueAxis.Over(rows.Where(row => row.Value.HasNumber).Select(row => row.Value.Number).Concat([-0.2, 0.2]),
            d.Frame.IsNarrow ? 4 : 6);
        double at = 0, line = small;
        foreach (var kind in kinds)
        {
            var name = d.Texts[$"figure.effect.{kind}"];
            if (at > 0 && at + 24 + TextWidth.Of(name, small) > d.Width) (at, line) = (0, line + (small * 1.5));
            Mark(d, at + 6, line - 4, Array.IndexOf(kinds, kind));
            d.Text(at + 18, line, name, size: small);
            at += 36 + TextWidth.Of(name, small);
        }

        var top = line + 12;
        LabelledRows layout = new(d, covariates, top, 14);
        var scale = axis.Scale(layout.Left + 10, d.Width - 12);
        axis.DrawVertical(d, scale, top, layout.Bottom, Units.Index);
        foreach (var limit in (ReadOnlySpan<double>)[-0.1, 0.1]) d.Line(scale.At(limit), top, scale.At(limit), layout.Bottom,
            Palette.Reference, 1.2, "4 3", kind: "limit");
        layout.DrawNames(14);
        foreach (var row in rows.Where(row => row.Value.HasNumber))
        {
            Mark(d, scale.At(row.Value.Number), layout.Middle(covariates.IndexOf(row.Parameters["covariate"])),
                Array.IndexOf(kinds, row.Parameters.GetValueOrDefault("weights", "before")));
        }

        d.Height = layout.Bottom + (small * 1.25) + 8;
    }

    /// <summary>Counts by propensity, treated upwards and comparison downwards.</summary>
    public static void Overlap(Drawing d, IReadOnlyList<Result> rows)
    {
        var small = d.Frame.SmallSize;
        double most = Math.Max(1, rows.Where(row => row.Value.HasNumber).Select(row => row.Value.Number).DefaultIfEmpty(1).Max());
        double left = 8, top = small + 10, middle = top + 110, bottom = middle + 110, width = (d.Width - left) / 10;
        foreach (var (group, colour, up) in new[] { ("treated", Palette.Mark, true), ("comparison", Palette.Second, false) })
        {
            foreach (var row in rows.Where(row => row.Parameters["group"] == group))
            {
                var x = left + (EffectFigures.At(row, "from") * 10 * width);
                var height = row.Value.HasNumber ? row.Value.Number / most * 105 : 14;
                if (row.Value is { HasNumber: true, Number: 0 }) continue;
                d.Rect(x + 2, up ? middle - height : middle, width - 4, height, row.Value.HasNumber ? colour : d.Hatch, row.Value.HasNumber
                    ? null : Palette.Axis,
                    kind: row.Value.HasNumber ? group : "suppressed");
            }

            d.Text(left, up ? small : bottom + small, d.Texts[$"figure.effect.{group}"], size: small, fill: colour, bold: true);
        }

        d.Line(left, middle, d.Width, middle, Palette.Axis);
        for (var tenth = 0; tenth <= 10; tenth += 2)
        {
            var x = Math.Min(left + (tenth * width), d.Width - 12);
            d.Text(x, bottom + (small * 2.2), d.Numbers.Number(tenth / 10.0, 1), tenth == 0 ? Anchor.Start
                : Anchor.Middle, small, Palette.MutedInk, kind: "tick");
        }

        d.Text(left, bottom + (small * 3.5), d.Texts["figure.effect.propensity"], size: small, fill: Palette.MutedInk);
        d.Height = bottom + (small * 3.5) + 8;
    }

    /// <summary>Methods beside each other.</summary>
    public static void Forest(Drawing d, IReadOnlyList<Result> rows, FigureOptions options, bool drawn)
    {
        var small = d.Frame.SmallSize;
        var axis = ValueAxis.Over(rows.Where(row => row.Value.HasNumber)
            .SelectMany(row => new[] { row.Value.Number, row.Lower ?? row.Value.Number, row.Upper ?? row.Value.Number }).Append(0),
            d.Frame.IsNarrow ? 4 : 6);
        LabelledRows layout = new(d, [.. rows.Select(options.LabelOf)], 6, 16, 300);
        var scale = axis.Scale(layout.Left + 10, d.Width - 12);
        axis.DrawVertical(d, scale, 4, layout.Bottom, rows[0].Unit);
        d.Line(scale.At(0), 2, scale.At(0), layout.Bottom, Palette.Axis, 1.6, kind: "zero");
        layout.DrawNames(16);
        for (var i = 0; i < rows.Count; i++)
        {
            var (row, y) = (rows[i], layout.Middle(i));
            if (!row.Value.HasNumber)
            {
                if (row.Value.Status == ValueStatus.Suppressed) d.Rect(scale.From, y - 6, 40, 12, d.Hatch, Palette.Axis,
                    kind: "suppressed");
                else d.Text(scale.From, y + (small * 0.35), d.Texts["figure.undefined"], size: small, fill: Palette.MutedInk);
                continue;
            }

            // Two-way fixed effects are a warning: hollow.
            var quiet = row.Measure.Id == "twfe";
            if (row.Lower is { } lower && row.Upper is { } upper) d.Line(scale.At(lower), y, scale.At(upper), y, quiet ? Palette.Quiet
                : Palette.Mark, 2, kind: "interval");
            d.Circle(scale.At(row.Value.Number), y, 4.2, quiet ? Palette.Paper : Palette.Mark, quiet ? Palette.Quiet
                : Palette.Mark, 1.6, kind: "point");
        }

        d.Height = layout.Bottom + (small * 1.25) + 8;
        if (!drawn) return;
        var words = TextWrap.Lines(d.Texts["figure.effect.by-randomisation"], d.Width - 8, small);
        d.Lines(8, d.Height + small, words, size: small, fill: Palette.MutedInk);
        d.Height += small * (0.6 + (1.3 * words.Count));
    }

    private static void Area(Drawing d, IReadOnlyList<(double X, double Y)> points) =>
        d.Path("M" + string.Join("L", points.Select(point => $"{Drawing.N(point.X)} {Drawing.N(point.Y)}")) + "Z", Band, kind: "band");

    private static void Missing(Drawing d, Result row, double x, double bottom)
    {
        if (row.Value.Status == ValueStatus.Suppressed) d.Rect(x - 6, bottom - 14, 12, 14, d.Hatch, Palette.Axis, kind: "suppressed");
    }

    // Shapes tell the stages apart where colours do not.
    private static void Mark(Drawing d, double x, double y, int kind)
    {
        if (kind == 0) d.Circle(x, y, 4.2, Palette.Paper, Palette.MutedInk, 1.8, kind: "before");
        else if (kind == 1) d.Circle(x, y, 4.2, Palette.Mark, kind: "after");
        else d.Diamond(x, y, 5.5, Palette.Second, kind: "after");
    }
}
