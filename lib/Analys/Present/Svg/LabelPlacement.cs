namespace Analys.Present.Svg;

/// <summary>Keeps labels from lying on each other.</summary>
internal static class LabelPlacement
{
    /// <summary>Moves the middles of labels apart along one axis as little as needed; their order is kept.</summary>
    /// <param name="wanted">Where the middles want to be.</param>
    /// <param name="height">The room that a label takes.</param>
    /// <param name="min">No label begins before this, unless there is no room.</param>
    /// <param name="max">No label ends after this, unless there is no room.</param>
    public static double[] Spread(IReadOnlyList<double> wanted, double height, double min, double max)
    {
        var order = Enumerable.Range(0, wanted.Count).OrderBy(i => wanted[i]).ThenBy(i => i).ToArray();
        var placed = new double[wanted.Count];
        // Blocks of touching labels sit round the mean of what their members want (pool adjacent violators).
        var blocks = new List<(double Sum, int Count)>();
        for (var k = 0; k < order.Length; k++)
        {
            blocks.Add((wanted[order[k]] - (k * height), 1));
            while (blocks.Count > 1 && Mean(blocks[^2]) > Mean(blocks[^1]))
            {
                blocks[^2] = (blocks[^2].Sum + blocks[^1].Sum, blocks[^2].Count + blocks[^1].Count);
                blocks.RemoveAt(blocks.Count - 1);
            }
        }

        var at = 0;
        var low = min + (height / 2);
        var high = Math.Max(low, max - (height / 2) - ((order.Length - 1) * height));
        foreach (var block in blocks)
        {
            var start = Math.Clamp(Mean(block), low, high);
            for (var i = 0; i < block.Count; i++, at++) placed[order[at]] = start + (at * height);
        }

        return placed;

        static double Mean((double Sum, int Count) block) => block.Sum / block.Count;
    }

    /// <summary>A box that a label or a mark takes.</summary>
    internal readonly record struct Box(double X, double Y, double Width, double Height)
    {
        public bool Overlaps(Box other) =>
            X < other.X + other.Width && other.X < X + Width && Y < other.Y + other.Height && other.Y < Y + Height;

        public bool Inside(Box other) => X >= other.X && Y >= other.Y && X + Width <= other.X + other.Width && Y + Height <= other.Y + other.Height;
    }

    /// <summary>Places labels beside points, the most important first; a label that has no free place is left out.</summary>
    /// <param name="points">The points with their radius and the width of their label.</param>
    /// <param name="height">The height of a label.</param>
    /// <param name="bounds">Where labels may stand.</param>
    public static Box?[] Beside(IReadOnlyList<(double X, double Y, double Radius, double Width)> points, double height, Box bounds)
    {
        var taken = points.Select(p => new Box(p.X - (p.Radius * 0.8), p.Y - (p.Radius * 0.8), p.Radius * 1.6, p.Radius * 1.6)).ToList();
        var placed = new Box?[points.Count];
        for (var i = 0; i < points.Count; i++)
        {
            var (x, y, r, w) = points[i];
            foreach (var box in (ReadOnlySpan<Box>)
            [
                new(x + r + 3, y - (height / 2), w, height), new(x - r - 3 - w, y - (height / 2), w, height),
                new(x - (w / 2), y - r - 2 - height, w, height), new(x - (w / 2), y + r + 2, w, height),
                new(x + r, y - r - height + 4, w, height), new(x + r, y + r - 4, w, height),
                new(x - r - w, y - r - height + 4, w, height), new(x - r - w, y + r - 4, w, height),
                new(x + r - w, y - r - 2 - height, w, height), new(x + r - w, y + r + 2, w, height),
                new(x - r, y - r - 2 - height, w, height), new(x - r, y + r + 2, w, height),
            ])
            {
                if (!box.Inside(bounds) || taken.Exists(box.Overlaps)) continue;
                placed[i] = box;
                taken.Add(box);
                break;
            }
        }

        return placed;
    }
}
