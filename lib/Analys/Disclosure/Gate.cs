using Analys.Domain;

namespace Analys.Disclosure;

/// <summary>The gate: results become released under a policy, or the release is refused.</summary>
public static class Gate
{
    /// <summary>Releases results under a policy. Public data pass as they are, and the provenance says so.</summary>
    /// <remarks>
    /// All results of one call are protected together: what the city's figure and the other areas' give away, what populations and lines
    /// that contain each other do, and what N tells. Results released in several calls are not known to each other.
    /// </remarks>
    /// <param name="results">The results.</param>
    /// <param name="policy">The policy.</param>
    /// <exception cref="ReleaseRefusedException">The policy does not allow it; the message names the rule and the cells.</exception>
    public static Released Release(this Results results, Policy policy) => Released.PassGate(results, policy);
}

public sealed partial class Released
{
    internal static Released PassGate(Results results, Policy policy)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(policy);
        if (results.Confidentiality == Confidentiality.Public)
        {
            return new([.. results], policy, results.Confidentiality, results.Provenance.With("released as it is: the source is public"));
        }

        if (policy.Unprotected)
        {
            return new([.. results], policy, results.Confidentiality, results.Provenance.With("not protected: for use inside the secure environment only"));
        }

        if (policy.PublicOnly) throw new ReleaseRefusedException("public-data-only", $"the policy {policy.Name} releases public data only");
        if (results.Any(result => result.Basis is not { } basis || !double.IsFinite(basis.Denominator) || basis.Numerator is { } n && !double.IsFinite(n)))
        {
            throw new ReleaseRefusedException("counts-required", "a result does not say how many persons stand behind it, so it cannot be checked");
        }

        return policy.Rounding == CountRounding.None ? Suppress(results, policy) : RoundedRelease.Of(results, policy, Make);
    }

    private static Released Make(IEnumerable<Result> rows, Results results, Policy policy, string step) =>
        new([.. rows], policy, results.Confidentiality, results.Provenance.With(step));

    private static Released Suppress(Results results, Policy policy)
    {
        var requirements = policy.ToRequirements(results.Any(result => result.Basis!.Contributors is not null));
        var step = $"released under the policy {policy.Name}";
        var (rows, tables, unprotected) = Attempt(results, policy, requirements);
        if (unprotected.Count > 0 && requirements.LegendTellsApart)
        {
            requirements = requirements with { LegendTellsApart = false };
            (rows, tables, unprotected) = Attempt(results, policy, requirements);
            step += "; one common mark for everything that is withheld, since telling the rules apart would give figures away";
        }

        if (unprotected.Count > 0)
        {
            throw new ReleaseRefusedException("secondary-suppression", $"under the policy {policy.Name} these cells would follow from the rest", unprotected);
        }

        var shown = Shown(rows);
        return new(
            [.. rows.Select(row => row.Rule is null ? row.Result with { Basis = null, N = shown(row) } : Withhold(row.Result, requirements.LegendTellsApart ? row.Rule : CommonMark))],
            policy,
            results.Confidentiality,
            results.Provenance.With(step),
            new ReleaseAudit(tables, requirements));
    }

    private static (IReadOnlyList<ReleaseRow> Rows, IReadOnlyList<ProtectionTable> Tables, IReadOnlyList<string> Unprotected) Attempt(
        Results results, Policy policy, ProtectionRequirements requirements)
    {
        var areas = results.Where(result => result.Area is not null).Select(result => AreaSums.Key(result.Area)).ToHashSet(StringComparer.Ordinal);
        var periods = results.Where(result => result.Period is not null).Select(result => result.Period!).ToHashSet(StringComparer.Ordinal);
        ReleaseRow[] rows = [.. results.Select(result => new ReleaseRow(result, areas, periods))];
        foreach (var row in rows) row.Rule = ReleaseRow.PrimaryRule(row.Basis, policy);
        var tables = new List<ProtectionTable>();
        var unprotected = new List<string>();
        foreach (var period in rows.GroupBy(row => row.Period))
        {
            ReleaseRow[] members = [.. period];
            var cells = ReleaseTable.Of(members, policy, requirements.LegendTellsApart);
            var outcome = ReleaseProtection.Protect(cells, requirements, policy.Secondary);
            RowVerdicts.OfCells(members, outcome.Unknown);
            tables.AddRange(outcome.Parts);
            unprotected.AddRange(outcome.Unprotected.Select(cell => period.Key.Length == 0 ? cell : $"{cell} {period.Key}"));
        }

        if (policy.Secondary)
        {
            RowVerdicts.OfAmounts(rows);
            RowVerdicts.OfDerived(rows);
        }

        return (rows, tables, unprotected);
    }

    // N is a count like any other: it is printed only where it is one that has been looked at and may be shown.
    private static Func<ReleaseRow, double?> Shown(IReadOnlyList<ReleaseRow> rows)
    {
        var checkedCounts = rows.Where(row => !row.IsDerived && row.Rule is null).Select(row => (row.Period, row.Place, row.Basis.Denominator)).ToHashSet();
        return row => row.Result.N is { } n && checkedCounts.Contains((row.Period, row.Place, n)) ? n : null;
    }

    private const string CommonMark = "withheld";

    private static Result Withhold(Result result, string rule) => result with
    {
        Value = Quantity.Suppressed(rule),
        StandardError = null,
        Lower = null,
        Upper = null,
        N = null,
        Basis = null,
    };
}
