using System.Collections.Immutable;

namespace Analys.Measure.Effects;

/// <summary>The findings of a study as results: the one way by which they reach the gate.</summary>
/// <remarks>
/// Every record states how many units were treated and how many compared, so that the gate can refuse what is of a few.
/// </remarks>
internal static class EffectResults
{
    /// <summary>The fewest degrees of freedom of a residual whose fit may leave the secure environment.</summary>
    public const int FewestDegrees = 10;

    // What would tell a rounded value to the last digit.
    private static readonly string[] Exact = ["fraction", "correlation"];

    /// <summary>The results, and what must be said beside them.</summary>
    /// <param name="findings">The findings.</param>
    /// <param name="leaves">True where they are to leave the secure environment: fits with few degrees of freedom are then
    /// withheld.</param>
    /// <param name="confidentiality">The confidentiality of the data.</param>
    /// <param name="provenance">Where they came from.</param>
    public static (Results Results, IReadOnlyList<EffectNote> Notes) Of(
        EffectFindings findings, bool leaves, Confidentiality confidentiality, Provenance provenance)
    {
        List<Result> rows = [];
        List<EffectNote> notes = [.. findings.Notes];
        var shown = Shown(findings.Estimates, leaves);
        foreach (var one in findings.Estimates)
        {
            if (leaves && Names(one)) continue;
            double treated = one.Treated, comparison = one.Comparison;
            var few = leaves && one.ResidualDegrees < FewestDegrees;
            rows.Add(new()
            {
                Measure = EffectMeasures.Of(one.Id),
                Parameters = (leaves ? one.Parameters.RemoveRange(Exact) : one.Parameters)
                    .ToImmutableSortedDictionary(StringComparer.Ordinal),
                Value = few ? Quantity.Suppressed("degrees-of-freedom") : one.Value is { } value && double.IsFinite(value)
                    ? Quantity.Known(value) : Quantity.Undefined(one.Reason ?? "not finite"),
                StandardError = few ? null : Finite(one.StandardError),
                Lower = few ? null : Finite(one.Lower),
                Upper = few ? null
                    : Finite(one.Upper),
                N = shown.Contains(one.Treated + one.Comparison) ? treated + comparison : null,
                Basis = new(one.Least is { } least ? Math.Min(least, treated) : treated, treated + comparison)
                {
                    Tells = one.OfCounts ? Tells.Counts : Tells.Amount,
                    Parts = one.Cells,
                    Influence = one.OfCounts ? null : one.Sway,
                    // Where counts are shown rounded, what follows from the true ones is as coarse.
                    Exchange = one.Sway is { } sway && double.IsFinite(sway) ? sway : null,
                },
            });
            if (one is { Value: not null, Reason: { } reason }) notes.Add(new(one.Id, $"{one.Id}: {reason}."));
        }

        return (new(rows, confidentiality, provenance), [.. notes.Distinct()]);
    }

    // Records that name what is of one or a few: a donor, a level of a covariate that hardly anyone has.
    private static bool Names(Estimate one) => one.Id == "synthetic-weight" || (one.Id == "balance" && one.Least < FewestDegrees);

    // Two counts of units that lie close together tell how many are in the one and not in the other: then the larger is shown alone.
    private static HashSet<int> Shown(IEnumerable<Estimate> estimates, bool leaves)
    {
        HashSet<int> shown = [];
        var last = int.MaxValue;
        foreach (var n in estimates.Where(one => one.Value is not null).Select(one => one.Treated + one.Comparison).Distinct()
            .OrderDescending())
        {
            if (leaves && last - n < FewestDegrees) continue;
            shown.Add(n);
            last = n;
        }

        return shown;
    }

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
