using Analys.Domain;

namespace Analys.Disclosure;

/// <summary>A result on its way through the gate.</summary>
internal sealed class ReleaseRow
{
    // How an interval was found says nothing of who is counted, nor what a derived figure is made of.
    private static readonly HashSet<string> NotOfTheCounts = ["interval", "level", "replicates", "seed", "of", "k"];

    private ReleaseRow(Result result, IReadOnlySet<string> areas, IReadOnlySet<string> periods, IReadOnlySet<string> crossed)
    {
        Result = result;
        Basis = result.Basis!;
        Place = Place.Of(result, crossed);
        Period = result.Period ?? "";
        Options = string.Join(';', result.Parameters.Where(pair => !NotOfTheCounts.Contains(pair.Key)).Select(pair => $"{pair.Key}={pair.Value}"));
        IsDerived = result.Parameters.ContainsKey("of")
            || (result.Reference is { } reference && (areas.Contains(AreaSums.Key(reference)) || periods.Contains(reference) || reference == "whole"));
    }

    /// <summary>The rows of results, each knowing which areas and periods the others are of.</summary>
    public static ReleaseRow[] Of(Results results)
    {
        var crossed = Place.Crossed(results);
        var areas = results.Where(result => result.Area is not null).Select(result => AreaSums.Key(result.Area)).ToHashSet(StringComparer.Ordinal);
        var periods = results.Where(result => result.Period is not null).Select(result => result.Period!).ToHashSet(StringComparer.Ordinal);
        return [.. results.Select(result => new ReleaseRow(result, areas, periods, crossed))];
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
        if (policy.Complement && basis.Complement is { } complement && policy.IsSmall(complement)) return "threshold-complement";
        return IsFew(basis, policy) ? "threshold-contributors" : null;
    }

    /// <summary>Whether too few households stand behind it.</summary>
    public static bool IsFew(Basis basis, Policy policy) =>
        basis.Contributors is { } contributors && contributors < policy.LeastContributors && (contributors > 0 || !policy.ZerosAreSafe);
}
