using Analys.Domain;
using Analys.Present;
using Analys.Present.Svg;

namespace Analys;

/// <summary>What a stacked bar can be told.</summary>
public sealed record StackedOptions : FigureOptions
{
    /// <summary>The part that a result is; null for the group, else the population or the measure, whichever differs.</summary>
    public Func<Result, string>? Part { get; init; }

    /// <summary>The order of the parts; null for their order in the results.</summary>
    public IReadOnlyList<string>? Order { get; init; }
}

/// <summary>The parts of each area as bars of one hundred per cent, sorted by the first part.</summary>
/// <remarks>An area of which a part is withheld is hatched whole: the other parts would give it away. Swedish:
/// <i>hundraprocentsstapel</i>.</remarks>
public static class StackedFigure
{
    private sealed record Bar(string Label, IReadOnlyList<Result?> Parts)
    {
        public bool IsWhole => Parts.All(part => part is null || part.Value.HasNumber) && Sum > 0
            && Parts.All(part => part is null || part.Value.Number >= 0);

        public bool IsSuppressed => Parts.Any(part => part?.Value.Status == ValueStatus.Suppressed);

        public double Sum => Parts.Sum(part => part?.Value.HasNumber == true ? part.Value.Number : 0);

        public double Share(int part) => Parts[part]?.Value.HasNumber == true ? Parts[part]!.Value.Number / Sum : 0;
    }

    /// <summary>Draws a stacked bar.</summary>
    /// <param name="released">A result per area and part: counts, or shares of one whole.</param>
    /// <param name="options">The options.</param>
    public static Figure StackedBar(this Released released, StackedOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(released);
        options ??= new();
        var part = options.Part ?? PartOf(released, options);
        List<string> parts = [.. (options.Order ?? []).Concat(released.Select(part)).Distinct()];
        var bars = released.GroupBy(options.LabelOf).Select(area => new Bar(area.Key, [.. parts.Select(name =>
        {
            var found = area.Where(row => part(row) == name).Take(2).ToList();
            return found.Count < 2 ? found.FirstOrDefault()
                : throw new ArgumentException("A stacked bar shows one result per area and part: choose with Where.", nameof(released));
        })])).OrderByDescending(bar => bar.IsWhole ? bar.Share(0) : -1).ThenBy(bar => bar.Label, SwedishOrder.Comparer).ToList();
        return FigureMaker.Make(released, options, "stacked", "figure.title.parts", drawing => Draw(drawing, bars, parts), [.. released],
            Table(released, bars, parts, options), count: bars.Count);
    }

    private static Func<Result, string> PartOf(Released rows, StackedOptions options) =>
        SeriesName.Of(rows, null, options with { Label = _ => "" });

    private static DataTable Table(Released released, List<Bar> bars, List<string> parts, StackedOptions options)
    {
        var texts = Texts.Of(options.Language);
        var format = NumberFormat.For(options.Language);
        var percent = texts["figure.unit.share"];
        return new DataTable(
            options.Title ?? string.Join(", ", parts),
            [texts["figure.table.area"], .. parts.Select(part => $"{part}, {percent}")],
            [.. bars.Select(bar => (IReadOnlyList<DataCell>)[bar.Label, .. parts.Select((_, i) => Cell(bar, i))])],
            TableMaker.Marks(released, options.Language));

        DataCell Cell(Bar bar, int part)
        {
            if (bar.IsWhole)
                return new(format.Percent(bar.Share(part), options.Decimals ?? 1), TableMaker.InHeadingsUnit(bar.Share(part), Units.Share));
            return bar.IsSuppressed ? ".." : ".";
        }
    }

    private static void Draw(Drawing d, List<Bar> bars, List<string> parts)
    {
        const double Height = 18;
        var frame = d.Frame;
        var small = frame.SmallSize;
        double x = 0, y = small;
        for (var i = 0; i < parts.Count; i++)
        {
            var words = TextWrap.Lines(parts[i], frame.Width - 26, small, 1)[0];
            var width = 20 + TextWidth.Of(words, small) + 18;
            if (x > 0 && x + width > frame.Width) (x, y) = (0, y + (small * 1.6));
            d.Rect(x, y - small + 2, 14, small, Colour(i), Palette.Axis, 0.6, kind: "key");
            d.Text(x + 20, y, words, size: small);
            x += width;
        }

        var top = y + 14;
        var layout = new LabelledRows(d, bars.ConvertAll(bar => bar.Label), top, Height);
        var axis = new ValueAxis([0, 0.25, 0.5, 0.75, 1]);
        var scale = axis.Scale(layout.Left + 2, frame.Width - 8);
        axis.DrawVertical(d, scale, top, layout.Bottom, Units.Share);
        layout.DrawNames(Height);
        for (var i = 0; i < bars.Count; i++) One(d, bars[i], layout.Middle(i), scale, Height);
        d.Height = layout.Bottom + (small * 1.25) + 8;
    }

    private static void One(Drawing d, Bar bar, double middle, LinearScale scale, double height)
    {
        var small = d.Frame.SmallSize;
        if (!bar.IsWhole)
        {
            d.Rect(scale.From, middle - (height / 2), scale.To - scale.From, height, bar.IsSuppressed
                ? d.Hatch : Palette.Paper, Palette.Axis, kind: bar.IsSuppressed ? "suppressed" : "nodata");
            var words = bar.IsSuppressed ? $".. {d.Texts["figure.suppressed"]}" : $". {d.Texts["figure.undefined"]}";
            d.Rect(scale.From + 4, middle - (small / 2) - 1, TextWidth.Of(words, small) + 8, small + 3, Palette.Paper);
            d.Text(scale.From + 8, middle + (small * 0.35), words, size: small, fill: Palette.MutedInk);
            return;
        }

        var at = 0.0;
        for (var i = 0; i < bar.Parts.Count; i++)
        {
            var share = bar.Share(i);
            if (share <= 0) continue;
            var (from, to) = (scale.At(at), scale.At(at + share));
            using var telling = d.Tell(bar.Parts[i]);
            d.Rect(from, middle - (height / 2), to - from, height, Colour(i), Palette.Paper, 1, kind: "part");
            var text = d.Numbers.Number(share * 100);
            if (to - from > TextWidth.Of(text, 12) + 6)
                d.Text((from + to) / 2, middle + 4.2, text, Anchor.Middle, 12, Contrast.InkOn(Colour(i)), kind: "value inked");
            at += share;
        }

        d.Rect(scale.From, middle - (height / 2), scale.To - scale.From, height, "none", Palette.Axis, 0.8);
    }

    // Light and dark take turns, so that neighbours are told apart without their hues.
    private static string Colour(int part) => Palette.Parts[part % Palette.Parts.Count];
}
