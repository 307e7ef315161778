namespace Analys.Disclosure;

/// <summary>Counts that are printed nowhere, by what they are and where: they add up over areas as the printed ones do.</summary>
/// <remarks>That follows from other sums, but says whose cell is whose: the only one in a district is the only one in the city, and knows both.</remarks>
internal sealed class HiddenByArea(ReleaseCells cells)
{
    private readonly Dictionary<string, Dictionary<string, int>> known = new(StringComparer.Ordinal);

    /// <summary>Remembers a cell.</summary>
    public void Add(string what, string area, int cell)
    {
        if (!known.TryGetValue(what, out var byArea)) known.Add(what, byArea = new(StringComparer.Ordinal));
        byArea.TryAdd(area, cell);
    }

    /// <summary>Adds the sums over areas that hold.</summary>
    public void AddAreas(IReadOnlyList<(string Total, IReadOnlyList<string> Parts)> sums)
    {
        foreach (var byArea in known.Values)
        {
            foreach (var (total, parts) in sums)
            {
                if (!byArea.TryGetValue(total, out var cell)) continue;
                int[] found = [.. parts.Where(byArea.ContainsKey).Select(area => byArea[area])];
                if (found.Length > 0) cells.SumExactly(cell, found);
            }
        }
    }
}
