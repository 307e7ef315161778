namespace Analys.Disclosure;

/// <summary>What everyone knows of the city's districts: that one of a later division is the sum of those merged into it, and a region of its own.</summary>
internal static class LedgerAreas
{
    private const string Area = "area=";

    /// <summary>The sums between districts that stand in the current release and those of earlier ones.</summary>
    /// <param name="names">The names of the current cells.</param>
    /// <param name="source">The source.</param>
    /// <param name="cells">The keys of all releases.</param>
    public static IEnumerable<LedgerEquation> Sums(IEnumerable<string> names, string source, IReadOnlySet<string> cells)
    {
        // At whatever ages and by whatever line: a merged district less the same ages of its parts is what is left of it, too.
        var seen = cells.Where(cell => !LedgerName.IsDifference(cell)).Select(LedgerName.Parts).ToLookup(parts => parts.Stem, parts => (parts.Ages, parts.Variant));
        foreach (var group in names.Distinct(StringComparer.Ordinal).Select(Split).Where(one => one.Area is not null && AreaSums.IsKnown(one.Area)).GroupBy(one => one.Name, one => one.Area!))
        {
            var own = group.ToHashSet(StringComparer.Ordinal);
            string Stem(string area) => LedgerName.Parts(LedgerName.Key(source, With(group.Key, area))).Stem;
            var all = AreaSums.AllKnown.Distinct().Where(area => own.Contains(area) || seen.Contains(Stem(area))).ToHashSet(StringComparer.Ordinal);
            foreach (var (total, parts) in AreaSums.Of(all))
            {
                if (total == TableCell.Total || !parts.Append(total).Any(own.Contains)) continue;
                string[] stems = [.. parts.Select(Stem)];
                foreach (var (ages, variant) in stems.Prepend(Stem(total)).SelectMany(stem => seen[stem]).Distinct())
                {
                    if (stems.All(stem => seen[stem].Contains((ages, variant)))) yield return new(LedgerName.Key(Stem(total), ages, variant), [.. stems.Select(stem => LedgerName.Key(stem, ages, variant))]);
                }
            }
        }
    }

    private static (string Name, string? Area) Split(string name)
    {
        var lines = name.Split('\n');
        var at = Array.FindIndex(lines, line => line.StartsWith(Area, StringComparison.Ordinal));
        return at < 3 ? (name, null) : (string.Join('\n', lines.Where((_, i) => i != at && i is not (1 or 2))), lines[at][Area.Length..]);
    }

    private static string With(string rest, string area)
    {
        var lines = rest.Split('\n');
        return string.Join('\n', lines.Take(1).Concat(["", $"{LedgerName.AllAges}"]).Concat(lines.Skip(1).Append(Area + area).Order(StringComparer.Ordinal)));
    }
}
