using Analys.Present.Svg;

namespace Analys;

/// <summary>Puts names and numbers on a map's areas: the name where there is room, else a numbered mark that a key explains.</summary>
internal static class MapLabels
{
    private const double NameSize = 11, ValueSize = 12, Mark = 8.5, Air = 3;

    /// <summary>Draws them, the largest areas first; gives those that have a mark only.</summary>
    public static IReadOnlyList<Result> Draw(Drawing d, IReadOnlyList<MapOutline> outlines, MapProjection place, AreaJoin rows,
        ClassBreaks classes, MapOptions options)
    {
        var taken = new List<LabelPlacement.Box>();
        var numbered = new List<Result>();
        foreach (var shape in outlines.GroupBy(outline => outline.Area).Select(area => new Shape(area, place))
            .OrderByDescending(shape => shape.Box.Width * shape.Box.Height))
        {
            if (rows.Find(shape.Area) is not { } row) continue;
            var value = d.Numbers.Value(row.Value, row.Unit, options.Decimals);
            var known = row.Value.HasNumber;
            var (fill, ink) = known ? (classes.ColourOf(row.Value.Number), Contrast.InkOn(classes.ColourOf(row.Value.Number)))
                : (Palette.Paper, Palette.Ink);
            using var telling = d.Tell(row);
            if (Room(shape, options.LabelOf(row), value, taken) is { } found)
            {
                Label(d, found.Box, found.Lines, value, fill, ink, known);
                continue;
            }

            if (shape.Spots.Select(spot => Around(spot.X, spot.Y, 2 * Mark, 2 * Mark)).FirstOrDefault(box => !taken.Exists(box.Overlaps))
                is not { Width: > 0 } free) continue;
            taken.Add(free);
            numbered.Add(row);
            var (x, y) = (free.X + Mark, free.Y + Mark);
            d.Circle(x, y, Mark, Palette.Paper, Palette.Axis, 1, kind: "ground");
            d.Text(x, y + 4, numbered.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), Anchor.Middle, NameSize,
                bold: true,
                kind: "value");
        }

        return numbered;
    }

    /// <summary>What the marks stand for, beneath the legend; gives where it ends.</summary>
    public static double Key(Drawing d, IReadOnlyList<Result> numbered, double x, double y, double width, MapOptions options)
    {
        if (numbered.Count == 0) return y;
        var size = d.Frame.SmallSize;
        y += 10;
        for (var i = 0; i < numbered.Count; i++)
        {
            using var telling = d.Tell(numbered[i]);
            var value = d.Numbers.Value(numbered[i].Value, numbered[i].Unit, options.Decimals);
            var lines = TextWrap.Lines($"{options.LabelOf(numbered[i])} {value}", width - 24, size, 3);
            d.Circle(x + Mark, y + (size / 2) + 2, Mark, Palette.Paper, Palette.Axis, 1, kind: "ground");
            d.Text(x + Mark, y + (size / 2) + 6, (i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), Anchor.Middle,
                NameSize,
                bold: true);
            d.Lines(x + 24, y + size, lines, size: size);
            y += Math.Max(20, lines.Count * size * 1.3);
        }

        return y;
    }

    private static (LabelPlacement.Box Box, IReadOnlyList<string> Lines)? Room(Shape shape, string name, string value,
        List<LabelPlacement.Box> taken)
    {
        // Broad first, then broken into more lines.
        foreach (var room in (double[])[Math.Max(60, shape.Box.Width * 0.7), 72, 52])
        {
            var lines = TextWrap.Lines(name, room, NameSize, 3);
            var width = lines.Select(line => TextWidth.Of(line, NameSize)).Append(TextWidth.Of(value, ValueSize, true)).Max();
            var height = 15 + (lines.Count * NameSize * 1.2);
            foreach (var spot in shape.Spots)
            {
                var box = Around(spot.X, spot.Y, width, height);
                // The ground reaches a little farther than the words, and so does the next one's.
                var ground = Around(spot.X, spot.Y, width + (2 * Air), height + 2);
                if (!shape.Holds(box) || taken.Exists(ground.Overlaps)) continue;
                taken.Add(ground);
                return (box, lines);
            }
        }

        return null;
    }

    private static void Label(Drawing d, LabelPlacement.Box box, IReadOnlyList<string> lines, string value, string fill, string ink,
        bool known)
    {
        var x = box.X + (box.Width / 2);
        // A calm ground: words may reach over a border.
        d.Rect(box.X - 2, box.Y, box.Width + 4, box.Height, fill, radius: 2, kind: known ? "ground inked" : "ground");
        for (var i = 0; i < lines.Count; i++)
        {
            d.Text(x, box.Y + NameSize + (i * NameSize * 1.2), lines[i], Anchor.Middle, NameSize, ink, kind: known ? "name inked" : "name");
        }

        d.Text(x, box.Y + box.Height - 3, value, Anchor.Middle, ValueSize, ink, true, kind: known ? "value inked" : "value");
    }

    private static LabelPlacement.Box Around(double x, double y, double width, double height) =>
        new(x - (width / 2), y - (height / 2), width, height);

    /// <summary>The largest piece of an area on the paper.</summary>
    private sealed class Shape
    {
        // So many places across are tried; more would move a name by less than its height.
        private const int Grid = 16;
        private readonly List<List<(double X, double Y)>> rings = [];

        public Shape(IGrouping<string, MapOutline> area, MapProjection place)
        {
            Area = area.Key;
            foreach (var ring in area.SelectMany(outline => outline.Rings).Where(ring => ring.Count > 2))
            {
                rings.Add([.. ring.Select(place.At)]);
                var box = BoxOf(rings[^1]);
                if (box.Width * box.Height >= Box.Width * Box.Height) Box = box;
            }

            var spots = new List<(double X, double Y, double Room)>();
            for (var i = 1; i < Grid; i++)
            {
                for (var k = 1; k < Grid; k++)
                {
                    var (x, y) = (Box.X + (Box.Width * i / Grid), Box.Y + (Box.Height * k / Grid));
                    if (Inside(x, y)) spots.Add((x, y, ToEdge(x, y)));
                }
            }

            // What lies farthest from the border first.
            Spots = [.. spots.OrderByDescending(spot => spot.Room)];
        }

        public string Area { get; }

        public LabelPlacement.Box Box { get; } = new(0, 0, 0, 0);

        public IReadOnlyList<(double X, double Y, double Room)> Spots { get; }

        /// <summary>Whether most of a box lies within the area: its middle, and all but two of nine points.</summary>
        public bool Holds(LabelPlacement.Box box)
        {
            var count = 0;
            for (var i = 0; i < 3; i++)
            {
                for (var k = 0; k < 3; k++) count += Inside(box.X + (box.Width * i / 2), box.Y + (box.Height * k / 2)) ? 1 : 0;
            }

            return count >= 7;
        }

        // Odd crossings of a ray to the right: holes are rings too.
        private bool Inside(double x, double y)
        {
            var inside = false;
            foreach (var ring in rings)
            {
                for (var (i, j) = (0, ring.Count - 1); i < ring.Count; j = i++)
                {
                    var (a, b) = (ring[i], ring[j]);
                    if (a.Y > y != b.Y > y && x < a.X + ((y - a.Y) / (b.Y - a.Y) * (b.X - a.X))) inside = !inside;
                }
            }

            return inside;
        }

        private double ToEdge(double x, double y)
        {
            var least = double.PositiveInfinity;
            foreach (var ring in rings)
            {
                for (var i = 1; i < ring.Count; i++)
                {
                    var (a, b) = (ring[i - 1], ring[i]);
                    var (dx, dy) = (b.X - a.X, b.Y - a.Y);
                    var length = (dx * dx) + (dy * dy);
                    var at = length > 0 ? Math.Clamp((((x - a.X) * dx) + ((y - a.Y) * dy)) / length, 0, 1) : 0;
                    least = Math.Min(least, Math.Pow(x - a.X - (at * dx), 2) + Math.Pow(y - a.Y - (at * dy), 2));
                }
            }

            return least;
        }

        private static LabelPlacement.Box BoxOf(List<(double X, double Y)> ring)
        {
            var (x, y) = (ring.Min(point => point.X), ring.Min(point => point.Y));
            return new(x, y, ring.Max(point => point.X) - x, ring.Max(point => point.Y) - y);
        }
    }
}
