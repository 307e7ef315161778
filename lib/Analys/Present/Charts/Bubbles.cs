using Analys.Domain;
using Analys.Present;
using Analys.Present.Svg;

namespace Analys;

/// <summary>What a bubble scatter can be told.</summary>
public sealed record BubbleOptions : FigureOptions
{
    /// <summary>The id of the measure on the horizontal axis; null for the first.</summary>
    public string? X { get; init; }

    /// <summary>The id of the measure on the upright axis; null for the second.</summary>
    public string? Y { get; init; }

    /// <summary>The id of the measure that the bubbles' area shows; null for the third, where there is one.</summary>
    public string? Size { get; init; }

    /// <summary>Areas in full colour; the others stand back. Empty for all alike.</summary>
    public IReadOnlyCollection<string> Highlight { get; init; } = [];
}

/// <summary>Two measures of each area against each other, a third as the size of the bubble, names where there is room.</summary>
/// <remarks>Swedish: <i>bubbeldiagram</i>.</remarks>
public static class BubbleFigure
{
    private sealed record Bubble(Result Row, string Label, double X, double Y, double Size);

    /// <summary>Draws a bubble scatter.</summary>
    /// <param name="released">Two or three measures for each area.</param>
    /// <param name="options">The options.</param>
    public static Figure Bubbles(this Released released, BubbleOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(released);
        options ??= new();
        var measures = released.Select(row => row.Measure).DistinctBy(measure => measure.Id).ToList();
        Definition? Find(string? id, int place) =>
            id is null ? measures.ElementAtOrDefault(place) : measures.Find(measure => measure.Id == id)
            ?? throw new ArgumentException($"There is no measure {id} among the results.", nameof(options));
        var (x, y, size) = (Find(options.X, 0), Find(options.Y, 1), Find(options.Size, 2));
        if (measures.Count == 1) throw new ArgumentException("A scatter needs two measures for each area.", nameof(released));
        var areas = released.GroupBy(options.LabelOf)
            .Select(area => (Label: area.Key, X: One(area, x), Y: One(area, y), Size: One(area, size)))
            .OrderBy(area => area.Label, SwedishOrder.Comparer).ToList();
        var bubbles = areas.Where(area => area.X?.Value.HasNumber == true && area.Y?.Value.HasNumber == true
            && (size is null || area.Size?.Value.HasNumber == true))
            .Select(area => new Bubble(area.X!, area.Label, area.X!.Value.Number, area.Y!.Value.Number, area.Size?.Value.Number ?? 1))
                .ToList();
        List<string> hidden = [.. areas.Select(area => area.Label).Except(bubbles.Select(bubble => bubble.Label))];
        return FigureMaker.Make(
            released, options, "scatter", "figure.title.scatter",
            drawing => Draw(drawing, bubbles, hidden, x!, y!, size, options, released),
            [.. released], Table(areas, [x, y, size], options, released), count: bubbles.Count);
    }

    private static Result? One(IEnumerable<Result> rows, Definition? measure)
    {
        if (measure is null) return null;
        var found = rows.Where(row => row.Measure.Id == measure.Id).Take(2).ToList();
        return found.Count < 2 ? found.FirstOrDefault()
            : throw new ArgumentException("A scatter shows one result per area and measure: choose with Where.", nameof(rows));
    }

    private static DataTable Table(List<(string Label, Result? X, Result? Y, Result? Size)> areas, IEnumerable<Definition?> measures,
        BubbleOptions options, Released released)
    {
        var format = NumberFormat.For(options.Language);
        return new DataTable(
            options.Title ?? string.Join(", ", measures.OfType<Definition>().Select(options.NameOf)),
            [Texts.Of(options.Language)["figure.table.area"], .. measures.OfType<Definition>()
                .Select(measure => $"{options.NameOf(measure)}, {Words.Unit(measure.Unit, options.Language)}")],
            [.. areas.Select(area => (IReadOnlyList<DataCell>)[area.Label,
                .. new[] { area.X, area.Y, area.Size }.Take(measures.OfType<Definition>().Count()).Select(Cell)])],
            TableMaker.Marks(released, options.Language));

        DataCell Cell(Result? row) =>
            row is null ? "" : new DataCell(format.Value(row.Value, row.Unit, options.Decimals), row.Value.HasNumber
                ? TableMaker.InHeadingsUnit(row.Value.Number, row.Unit) : null);
    }

    private static void Draw(Drawing d, List<Bubble> bubbles, List<string> hidden, Definition x, Definition y, Definition? size,
        BubbleOptions options, Released released)
    {
        var frame = d.Frame;
        var small = frame.SmallSize;
        string UnitOf(Definition measure) => released.First(row => row.Measure.Id == measure.Id).Unit;
        var axisX = ValueAxis.Over(bubbles.Select(bubble => bubble.X), frame.IsNarrow ? 4 : 6);
        var axisY = ValueAxis.Over(bubbles.Select(bubble => bubble.Y), 6);
        var left = axisY.LabelWidth(d, UnitOf(y));
        var names = TextWrap.Lines($"{options.NameOf(y)}, {Words.Unit(UnitOf(y), options.Language)}", frame.Width, small);
        d.Lines(0, small, names, size: small, fill: Palette.MutedInk);
        var most = frame.IsNarrow ? 16.0 : 24.0;
        var top = (names.Count * small * 1.25) + 10;
        var bottom = top + (frame.IsNarrow ? 330 : 420);
        var scaleX = axisX.Scale(left + 8, frame.Width - 14);
        var scaleY = axisY.Scale(bottom, top);
        axisY.DrawHorizontal(d, scaleY, left, frame.Width, UnitOf(y));
        axisX.DrawVertical(d, scaleX, top, bottom, UnitOf(x));
        var largest = bubbles.Select(bubble => bubble.Size).DefaultIfEmpty(1).Max();
        double Radius(Bubble bubble) =>
            size is null ? 6 : Math.Max(3, most * Math.Sqrt(Math.Max(0, bubble.Size) / (largest > 0 ? largest : 1)));
        var order = bubbles.OrderByDescending(bubble => options.Highlight.Contains(bubble.Label)).ThenByDescending(bubble => bubble.Size)
            .ThenBy(bubble => bubble.Label, SwedishOrder.Comparer).ToList();
        foreach (var bubble in bubbles.OrderByDescending(bubble => bubble.Size))
        {
            var quiet = options.Highlight.Count > 0 && !options.Highlight.Contains(bubble.Label);
            using var telling = d.Tell(bubble.Row);
            var circle = d.Circle(scaleX.At(bubble.X), scaleY.At(bubble.Y), Radius(bubble), quiet ? Palette.Quiet : Palette.Mark, quiet
                ? Palette.MutedInk : "#004a75", 1.2, kind: "bubble");
            circle.Add(new System.Xml.Linq.XAttribute("fill-opacity", "0.55"));
        }

        var boxes = LabelPlacement.Beside(
            [.. order.Select(bubble => (scaleX.At(bubble.X), scaleY.At(bubble.Y), Radius(bubble), TextWidth.Of(bubble.Label, small)))],
            small + 2,
            new LabelPlacement.Box(left + 2, top - 8, frame.Width - left - 2, bottom - top + 6));
        for (var i = 0; i < order.Count; i++)
        {
            if (boxes[i] is { } box) d.Text(box.X, box.Y + small - 1, order[i].Label, size: small, kind: "name");
        }

        var under = bottom + (small * 2) + 16;
        var said = new List<string> { $"{options.NameOf(x)}, {Words.Unit(UnitOf(x), options.Language)}" };
        if (size is not null)
            said.Add(d.Texts.Get("figure.scatter.legend",
                ("measure", options.NameOf(size).ToLower(System.Globalization.CultureInfo.GetCultureInfo("sv-SE")))));
        if (hidden.Count > 0) said.Add(d.Texts.Get("figure.notshown", ("areas", string.Join(", ", hidden))));
        foreach (var (text, i) in said.Select((text, i) => (text, i)))
        {
            var lines = TextWrap.Lines(text, frame.Width - (i == 0 ? left : 0), small);
            d.Lines(i == 0 ? left : 0, under, lines, size: small, fill: Palette.MutedInk);
            under += lines.Count * small * 1.3;
        }

        d.Height = under;
    }
}
