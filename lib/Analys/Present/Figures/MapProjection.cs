using Analys.Present.Svg;

namespace Analys.Present.Figures;

/// <summary>Fits outlines into a box, north up, with one scale on both axes; degrees are made as wide as they are at the map's latitude.</summary>
internal sealed record MapProjection(double MinX, double MaxY, double ScaleX, double ScaleY, double Height)
{
    public static MapProjection Fit(IEnumerable<MapOutline> outlines, double width, double mostHeight)
    {
        double minX = double.PositiveInfinity, maxX = double.NegativeInfinity, minY = double.PositiveInfinity, maxY = double.NegativeInfinity;
        foreach (var ring in outlines.SelectMany(outline => outline.Rings))
        {
            foreach (var (x, y) in ring)
            {
                if (!double.IsFinite(x) || !double.IsFinite(y)) continue;
                (minX, maxX, minY, maxY) = (Math.Min(minX, x), Math.Max(maxX, x), Math.Min(minY, y), Math.Max(maxY, y));
            }
        }

        if (minX > maxX) return new(0, 0, 1, 1, 40);
        var degrees = Math.Abs(minX) <= 180 && Math.Abs(maxX) <= 180 && Math.Abs(minY) <= 90 && Math.Abs(maxY) <= 90;
        var narrowing = degrees ? Math.Cos((minY + maxY) / 2 * Math.PI / 180) : 1;
        var scale = Math.Min((width - 2) / Math.Max(1e-12, (maxX - minX) * narrowing), (mostHeight - 2) / Math.Max(1e-12, maxY - minY));
        return new(minX, maxY, scale * narrowing, scale, Math.Max(40, ((maxY - minY) * scale) + 2));
    }

    public (double X, double Y) At((double X, double Y) point) => (1 + ((point.X - MinX) * ScaleX), 1 + ((MaxY - point.Y) * ScaleY));

    /// <summary>The box of the largest ring of an area.</summary>
    public LabelPlacement.Box LargestBox(IEnumerable<MapOutline> outlines)
    {
        var best = new LabelPlacement.Box(0, 0, 0, 0);
        foreach (var ring in outlines.SelectMany(outline => outline.Rings).Where(ring => ring.Count > 0))
        {
            var points = ring.Select(At).ToList();
            var (x, y) = (points.Min(point => point.X), points.Min(point => point.Y));
            var box = new LabelPlacement.Box(x, y, points.Max(point => point.X) - x, points.Max(point => point.Y) - y);
            if (box.Width * box.Height >= best.Width * best.Height) best = box;
        }

        return best;
    }
}
