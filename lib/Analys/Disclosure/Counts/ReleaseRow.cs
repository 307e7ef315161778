using Analys.Disclosure.Tables;

namespace Analys.Disclosure.Counts;

/// <summary>A result on its way through the gate.</summary>
internal sealed class ReleaseRow
{
    // How an interval was found says nothing of who is counted, nor what a derived figure is made of.
    private static readonly HashSet<string> NotOfTheCounts = ["interval", "level", "replicates", "seed", "of", "k"];

    private ReleaseRow(Result result, IReadOnlySet<string> crossed)
    {
        Result = result;
        Basis = result.Basis!;
        Place = Place.Of(result, crossed);
        Period = result.Period ?? "";
        Options = string.Join(';', result.Parameters.Where(pair => !NotOfTheCounts.Contains(pair.Key))
            .Select(pair => $"{pair.Key}={pair.Value}"));
        IsDerived = Basis.IsComparison || result.Parameters.ContainsKey("of");
    }

    /// <summary>The rows of results, each knowing which dimensions the others have beside an area.</summary>
    public static ReleaseRow[] Of(Results results)
    {
        var crossed = Place.Crossed(results);
        return [.. results.Select(result => new ReleaseRow(result, crossed))];
    }

    public Result Result { get; }

    public Basis Basis { get; }

    public Place Place { get; }

    public string Period { get; }

    /// <summary>The options that say what is measured.</summary>
    public string Options { get; }

    /// <summary>A gap, a ratio, a change: it names figures of other places or times and follows from them.</summary>
    public bool IsDerived { get; }

    /// <summary>The rows of one measure by the same choices, over places.</summary>
    public (string Period, string Measure, string Group, string Reference, string Options) Series =>
        (Period, Result.Measure.Id, Result.Group ?? "", Result.Reference ?? "", Options);

    /// <summary>The cells that the row shows; set when the table is made.</summary>
    public int Persons { get; set; } = -1;

    public int Counted { get; set; } = -1;

    /// <summary>The primary rule that withholds it, or <c>secondary</c>; null while it passes.</summary>
    public string? Rule { get; set; }

    /// <summary>The primary rule of the policy for its own counts; null where none applies.</summary>
    /// <remarks>Numerator and complement are both checked: a share of 100 % discloses too.</remarks>
    public static string? PrimaryRule(Basis basis, Policy policy)
    {
        if (policy.IsSmall(basis.Denominator)) return "threshold";
        if (basis.Numerator is { } numerator && policy.IsSmall(numerator)) return "threshold";
        if (basis.Parts.Any(policy.IsSmall)) return "threshold";
        if (basis.Numerator is not null && basis.Denominator < policy.Base) return "base";
        if (policy.Complement && basis.Complement is { } complement && policy.IsSmall(complement)) return "threshold-complement";
        return IsFew(basis, policy) ? "threshold-contributors" : null;
    }

    /// <summary>Whether too few households stand behind it.</summary>
    public static bool IsFew(Basis basis, Policy policy) =>
        basis.Contributors is { } contributors && contributors < policy.LeastContributors && (contributors > 0 || !policy.ZerosAreSafe);
}

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

    /// <summary>Amounts and weighted counts add up even where the persons behind them do not: no single one may be missing from a
    /// sum.</summary>
    public static void OfAmounts(IReadOnlyList<ReleaseRow> rows)
    {
        foreach (var series in rows.Where(row => !row.IsDerived).GroupBy(row => (row.Series, row.Place.Population)))
        {
            var byArea = new Dictionary<string, ReleaseRow>(StringComparer.Ordinal);
            foreach (var row in series) byArea.TryAdd(row.Place.Area, row);
            if (byArea.Values.All(row => row.Rule is null)) continue;
            var sums = AreaSums.Of(byArea.Keys.ToHashSet(StringComparer.Ordinal)).Where(sum => byArea.ContainsKey(sum.Total));
            ReleaseRow[][] wholes = [.. sums.Select(sum => (ReleaseRow[])[byArea[sum.Total], .. sum.Parts.Select(part => byArea[part])])
                .Where(AddsUp)];
            // What is withheld for one sum may be the only one missing from another, which has been looked at.
            while (wholes.Select(Alone).FirstOrDefault(row => row is not null) is { } next) next.Rule = Secondary;
        }
    }

    // Of a sum with one row withheld, the next that goes with it.
    private static ReleaseRow? Alone(ReleaseRow[] sum) => sum.Count(row => row.Rule is not null) != 1 ? null
        : sum.Skip(1).Where(row => row.Rule is null).OrderBy(row => row.Basis.Denominator)
            .ThenBy(row => row.Place.Area, StringComparer.Ordinal).FirstOrDefault();

    /// <summary>One figure under two names has one fate: the dissimilarity of a from b is that of b from a.</summary>
    public static void OfNames(IReadOnlyList<ReleaseRow> rows)
    {
        foreach (var pair in rows.Where(row => row.Result is { Group: not null, Reference: not null } && !row.IsDerived).GroupBy(row =>
            (row.Period, row.Place, row.Result.Measure.Id, row.Options, row.Result.Value,
                string.CompareOrdinal(row.Result.Group, row.Result.Reference) < 0 ? (row.Result.Group, row.Result.Reference)
                    : (row.Result.Reference, row.Result.Group))))
        {
            if (pair.All(row => row.Rule is null)) continue;
            foreach (var row in pair) row.Rule ??= Secondary;
        }
    }

    /// <summary>Withholds places among areas of which one is withheld: the place that is missing is that one's, and tells between which
    /// others it lies.</summary>
    public static void OfPlaces(IReadOnlyList<ReleaseRow> rows)
    {
        foreach (var among in rows.GroupBy(row => (row.Period, row.Place.Population, row.Options)))
        {
            if (!among.Any(row => row.Basis.IsPlace) || among.All(row => row.Rule is null)) continue;
            foreach (var row in among.Where(row => row.Basis.IsPlace)) row.Rule ??= Secondary;
        }
    }

    /// <summary>Withholds what follows from several periods with any of them: of a mean over three years and two of them the third
    /// follows.</summary>
    public static void OfPeriods(IReadOnlyList<ReleaseRow> rows)
    {
        var withheld = rows.Where(row => row.Rule is not null && row.Basis.Periods.IsEmpty && !row.IsDerived)
            .Select(row => (row.Period, row.Place)).ToHashSet();
        foreach (var row in rows)
            if (row.Basis.Periods.Any(period => withheld.Contains((period, row.Place)))) row.Rule ??= Secondary;
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
                || (reference is not null && (Named(row.Period, reference == "whole" ? TableCell.Total : AreaSums.Key(reference))
                    || Named(reference, row.Place.Area)));
            // What is made of all areas (the lowest, the k poorest) names them all.
            var ofAll = row.Place.Area == TableCell.Total && of is not null
                && (row.Result.Parameters.ContainsKey("k") || reference == "lowest" || reference is null);
            if (named || (ofAll && measures[(of!, row.Period, row.Place.Population)].Any(Same))) row.Rule = Secondary;
        }
    }

    private static bool AddsUp(ReleaseRow[] all)
    {
        if (all.Any(row => !row.Result.Value.HasNumber)
            || all[0].Result.Unit is Units.Share or Units.Index or Units.Ratio or Units.Nats or Units.Years) return false;
        var sum = 0.0;
        foreach (var row in all.Skip(1)) sum += row.Result.Value.Number;
        return Math.Abs(all[0].Result.Value.Number - sum) <= 1e-6 * Math.Max(1, Math.Abs(sum));
    }
}
