using Analys.Domain;

namespace Analys.Disclosure;

/// <summary>Carries the verdict on counts over to the figures that show them, and to those that follow from such figures.</summary>
internal static class RowVerdicts
{
    /// <summary>The mark of a figure that is withheld so that another cannot be worked out.</summary>
    public const string Secondary = "secondary";

    /// <summary>Withholds the rows that show a withheld count.</summary>
    public static void OfCells(IEnumerable<ReleaseRow> rows, bool[] unknown)
    {
        foreach (var row in rows)
        {
            if (row.Persons < 0) continue;
            if (unknown[row.Persons] || (row.Counted >= 0 && unknown[row.Counted])) row.Rule ??= Secondary;
        }
    }

    /// <summary>Amounts and weighted counts add up even where the persons behind them do not: no single one may be missing from a sum.</summary>
    public static void OfAmounts(IReadOnlyList<ReleaseRow> rows)
    {
        foreach (var series in rows.Where(row => !row.IsDerived).GroupBy(row => (row.Series, row.Place.Population)))
        {
            var byArea = new Dictionary<string, ReleaseRow>(StringComparer.Ordinal);
            foreach (var row in series) byArea.TryAdd(row.Place.Area, row);
            if (byArea.Values.All(row => row.Rule is null)) continue;
            var sums = AreaSums.Of(byArea.Keys.ToHashSet(StringComparer.Ordinal)).Where(sum => byArea.ContainsKey(sum.Total));
            foreach (var (total, parts) in sums)
            {
                ReleaseRow[] all = [byArea[total], .. parts.Select(part => byArea[part])];
                if (all.Count(row => row.Rule is not null) != 1 || !AddsUp(all)) continue;
                if (all.Skip(1).Where(row => row.Rule is null).OrderBy(row => row.Basis.Denominator).ThenBy(row => row.Place.Area, StringComparer.Ordinal).FirstOrDefault() is { } next) next.Rule = Secondary;
            }
        }
    }

    /// <summary>Withholds gaps, ratios and changes that name a withheld figure.</summary>
    public static void OfDerived(IReadOnlyList<ReleaseRow> rows)
    {
        var withheld = rows.Where(row => !row.IsDerived && row.Rule is not null).ToList();
        if (withheld.Count == 0) return;
        var places = withheld.ToLookup(row => (row.Result.Measure.Id, row.Period, row.Place), row => row.Options);
        var measures = withheld.ToLookup(row => (row.Result.Measure.Id, row.Period, row.Place.Population), row => row.Options);
        var anywhere = withheld.Select(row => (row.Period, row.Place)).ToHashSet();
        foreach (var row in rows)
        {
            if (!row.IsDerived || row.Rule is not null) continue;
            var of = row.Result.Parameters.GetValueOrDefault("of");
            // A gap that does not repeat the options of what it is made of may be made of any of them.
            bool Same(string options) => row.Options.Length == 0 || options == row.Options;
            bool Named(string period, string area) => of is null
                ? anywhere.Contains((period, row.Place with { Area = area }))
                : places[(of, period, row.Place with { Area = area })].Any(Same);
            var reference = row.Result.Reference;
            var named = Named(row.Period, row.Place.Area)
                || (reference is not null && (Named(row.Period, reference == "whole" ? TableCell.Total : AreaSums.Key(reference)) || Named(reference, row.Place.Area)));
            // What is made of all areas (the lowest, the k poorest) names them all.
            var ofAll = row.Place.Area == TableCell.Total && of is not null && (row.Result.Parameters.ContainsKey("k") || reference == "lowest" || reference is null);
            if (named || (ofAll && measures[(of!, row.Period, row.Place.Population)].Any(Same))) row.Rule = Secondary;
        }
    }

    private static bool AddsUp(ReleaseRow[] all)
    {
        if (all.Any(row => !row.Result.Value.HasNumber) || all[0].Result.Unit is Units.Share or Units.Index or Units.Ratio or Units.Nats or Units.Years) return false;
        var sum = 0.0;
        foreach (var row in all.Skip(1)) sum += row.Result.Value.Number;
        return Math.Abs(all[0].Result.Value.Number - sum) <= 1e-6 * Math.Max(1, Math.Abs(sum));
    }
}
