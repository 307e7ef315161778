using Analys.Disclosure;
using Analys.Disclosure.CellKey;
using Analys.Disclosure.Counts;
using Analys.Disclosure.Ledgers;
using Analys.Disclosure.Suppression;
using Analys.Disclosure.Tables;
using Analys.Load.Schema;

namespace Analys;

/// <summary>The gate: results become released under a policy, or the release is refused.</summary>
public static class Gate
{
    /// <summary>Releases results under a policy. Public data pass as they are, and the provenance says so.</summary>
    /// <remarks>
    /// All results of one call are protected together: what the city's figure and the other areas' give away, what populations and lines
    /// that contain each other do, and what N tells. Releases of several calls do not know each other unless they share a ledger.
    /// </remarks>
    /// <param name="results">The results.</param>
    /// <param name="policy">The policy.</param>
    /// <exception cref="ReleaseRefusedException">The policy does not allow it; the message names the rule and the cells.</exception>
    public static Released Release(this Results results, Policy policy) => Released.PassGate(results, policy, null);

    /// <summary>Releases results beside those that the ledger remembers, and remembers them.</summary>
    /// <remarks>
    /// What earlier releases of the same source printed is known, what they withheld stays withheld. Public data, and results that stay
    /// unprotected inside the secure environment, are not remembered.
    /// </remarks>
    /// <param name="results">The results.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="ledger">What was released before.</param>
    /// <exception cref="ReleaseRefusedException">The policy does not allow it, or together with earlier releases a cell could be worked
    /// out.</exception>
    public static Released Release(this Results results, Policy policy, Ledger ledger)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        return Released.PassGate(results, policy, ledger);
    }
}

public sealed partial class Released
{
    internal static Released PassGate(Results results, Policy policy, Ledger? ledger)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(policy);
        if (results.Confidentiality == Confidentiality.Public)
        {
            return new([.. results], policy, results.Confidentiality, results.Provenance.With("released as it is: the source is public"));
        }

        if (policy.Unprotected)
        {
            return new([.. results], policy, results.Confidentiality,
                results.Provenance.With("not protected: for use inside the secure environment only"));
        }

        if (policy.PublicOnly) throw new ReleaseRefusedException("public-data-only", $"the policy {policy.Name} releases public data only");
        if (policy.CellKey is not null && results.All(result => result.Basis?.Keys is null)) throw CellKeyTable.WithoutKeys(policy);
        if (results.Any(result => result.Basis is not { } basis || !double.IsFinite(basis.Denominator) || basis.Numerator is { } n
            && !double.IsFinite(n)))
        {
            throw new ReleaseRefusedException("counts-required",
                "a result does not say how many persons stand behind it, so it cannot be checked; of published figures a schema with "
                    + "\"confidentiality\": \"public\" says that there is nothing to check");
        }

        if (policy.CellKey is not null)
            return ledger is null ? CellKeyRelease.Of(results, policy, Make) : throw Ledger.Incomparable(policy);
        if (policy.Rounding == CountRounding.None) return Suppress(results, policy, ledger);
        return ledger is null ? RoundedRelease.Of(results, policy, Make) : throw Ledger.Incomparable(policy);
    }

    private static Released Make(IEnumerable<Result> rows, Results results, Policy policy, string step) =>
        new([.. rows], policy, results.Confidentiality, results.Provenance.With(step));

    private static Released Suppress(Results results, Policy policy, Ledger? ledger)
    {
        using var hold = ledger?.Hold();
        var requirements = policy.ToRequirements(results.Any(result => result.Basis!.Contributors is not null));
        var step = $"released under the policy {policy.Name}";
        var (rows, tables, whole, unprotected) = Attempt(results, policy, requirements, ledger);
        if (unprotected.Count > 0 && requirements.LegendTellsApart)
        {
            requirements = requirements with { LegendTellsApart = false };
            (rows, tables, whole, unprotected) = Attempt(results, policy, requirements, ledger);
            step += "; one common mark for everything that is withheld, since telling the rules apart would give figures away";
        }

        if (unprotected.Count > 0)
        {
            string[] measures = [.. results.Select(result => result.Measure.Id).Distinct(StringComparer.Ordinal)];
            throw new ReleaseRefusedException("secondary-suppression",
                $"under the policy {policy.Name} these cells would follow from the rest", unprotected)
            {
                Measures = measures,
                Unprotectable = [.. measures.Where(id => unprotected.Any(cell => cell.Contains($"|{id}", StringComparison.Ordinal)))],
            };
        }

        ledger?.Admit(whole, results.Provenance,
            string.Join(' ', results.Select(result => result.Measure.Id).Distinct(StringComparer.Ordinal)), requirements, Columns(rows));
        var narrower = Narrower(rows, Math.Max(1, policy.Threshold));
        var shown = Shown(rows, narrower);
        Result Told(ReleaseRow row, double? n)
        {
            // A share of persons whose number is not told would tell it in its digits: 0.2205882… is 15 of 68.
            var told = Telling.Of(narrower.Contains((row.Period, MeasureOf(row))) ? OfUntold(row.Result, policy) : row.Result, policy);
            // Under one common mark all that is withheld bears it.
            if (told.Value.Status == ValueStatus.Suppressed && !requirements.LegendTellsApart) return Withhold(told, CommonMark);
            return told with { Basis = null, N = n };
        }

        return new(
            [.. rows.Select(row => row.Rule is null ? Told(row, shown(row))
                : Withhold(row.Result, requirements.LegendTellsApart ? row.Rule : CommonMark))],
            policy,
            results.Confidentiality,
            results.Provenance.With(step),
            new ReleaseAudit(tables, requirements));
    }

    private static (IReadOnlyList<ReleaseRow> Rows, IReadOnlyList<ProtectionTable> Tables,
        IReadOnlyList<(ProtectionTable, Func<string, string>)> Whole, IReadOnlyList<string> Unprotected) Attempt(
        Results results, Policy policy, ProtectionRequirements requirements, Ledger? ledger)
    {
        var rows = ReleaseRow.Of(results);
        foreach (var row in rows) row.Rule = ReleaseRow.PrimaryRule(row.Basis, policy);
        var tables = new List<ProtectionTable>();
        var whole = new List<(ProtectionTable, Func<string, string>)>();
        var unprotected = new List<string>();
        foreach (var period in rows.GroupBy(row => row.Period))
        {
            ReleaseRow[] members = [.. period];
            var cells = ReleaseTable.Of(members, policy, requirements.LegendTellsApart);
            foreach (var source in ledger?.Sources(results.Provenance) ?? []) cells.Know(ledger!.Releases, source, requirements);
            var outcome = ReleaseProtection.Protect(cells, requirements, policy.Secondary);
            RowVerdicts.OfCells(members, outcome.Unknown);
            tables.AddRange(outcome.Parts);
            if (ledger is not null) whole.Add((cells.Table(outcome.Unknown), cells.NameOf));
            unprotected.AddRange(outcome.Unprotected.Select(cell => period.Key.Length == 0 ? cell : $"{cell} {period.Key}"));
        }

        RowVerdicts.OfNames(rows);
        if (policy.Secondary)
        {
            RowVerdicts.OfAmounts(rows);
            RowVerdicts.OfPlaces(rows);
            RowVerdicts.OfPeriods(rows);
            RowVerdicts.OfDerived(rows);
        }

        return (rows, tables, whole, unprotected);
    }

    // By what the figures are divided, as a ledger knows it.
    private static HashSet<string> Columns(IEnumerable<ReleaseRow> rows)
    {
        var columns = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (row.Result.Area is not null) columns.Add(row.Basis.Columns?.Area ?? Narrowing.Area);
            foreach (var column in row.Result.Population?.Properties.Keys ?? [])
                columns.Add(RoleGuess.Known(new Field { Name = column, Type = FieldType.String }));
        }

        return columns;
    }

    // N is a count like any other: it is printed only where it is one that has been looked at and may be shown.
    private static Func<ReleaseRow, double?> Shown(IReadOnlyList<ReleaseRow> rows, HashSet<(string, string)> narrower)
    {
        var checkedCounts = rows.Where(row => !row.IsDerived && row.Rule is null)
            .Select(row => (row.Period, row.Place, row.Basis.Denominator)).ToHashSet();
        return row => row.Result.N is { } n && !narrower.Contains((row.Period, MeasureOf(row)))
            && checkedCounts.Contains((row.Period, row.Place, n)) ? n : null;
    }

    // A measure that leaves some persons out (no logarithm of zero, a cost that is missing) has an N of its own. Where anywhere it is
    // by fewer than the threshold that it differs, the two together would count those left out: the wider one stays.
    private static HashSet<(string, string)> Narrower(IReadOnlyList<ReleaseRow> rows, double threshold)
    {
        var narrower = new HashSet<(string, string)>();
        foreach (var period in rows.Where(row => !row.IsDerived && row.Result.N is not null).GroupBy(row => row.Period))
        {
            var told = new Dictionary<Place, List<double>>();
            foreach (var measure in period.GroupBy(MeasureOf).OrderByDescending(group => group.Sum(row => row.Result.N!.Value)))
            {
                var own = measure.GroupBy(row => row.Place).Select(place => (Place: place.Key, Ns: place.Select(row => row.Result.N!.Value)
                    .Distinct().ToArray())).ToArray();
                if (own.Any(one => told.TryGetValue(one.Place, out var others) && one.Ns.Any(n => others.Exists(other => n != other
                    && Math.Abs(n - other) < threshold))))
                {
                    narrower.Add((period.Key, measure.Key));
                    continue;
                }

                foreach (var (place, ns) in own)
                {
                    if (!told.TryGetValue(place, out var others)) told[place] = others = [];
                    others.AddRange(ns.Where(n => !others.Contains(n)));
                }
            }
        }

        return narrower;
    }

    private static Result OfUntold(Result result, Policy policy)
    {
        if (result.Basis is not { Tells: Tells.Counts, Denominator: > 0 } basis || !result.Value.HasNumber) return result;
        var open = Math.Abs(result.Value.Number) * Math.Max(1, policy.Threshold) / basis.Denominator;
        var complete = basis.Complete;
        return result with { Basis = complete with { IsWeighted = true, Later = null, Exchange = Math.Max(open, complete.Exchange ?? 0) } };
    }

    private static string MeasureOf(ReleaseRow row) => $"{row.Result.Measure.Id} {string.Join(';',
        row.Result.Parameters.Select(pair => $"{pair.Key}={pair.Value}"))}";

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

/// <summary>A release was refused.</summary>
public sealed class ReleaseRefusedException : Exception
{
    /// <summary>How many cells a message names.</summary>
    internal const int Named = 20;

    /// <summary>A refusal by a rule.</summary>
    /// <param name="rule">The rule that refused it.</param>
    /// <param name="why">Why, without figures.</param>
    /// <param name="cells">The cells that cannot be protected, by name; never their values.</param>
    public ReleaseRefusedException(string rule, string why, params IReadOnlyList<string> cells)
        : base(Say(rule, why, cells))
    {
        Rule = rule;
        Cells = cells;
    }

    /// <summary>The rule that refused it.</summary>
    public string Rule { get; }

    /// <summary>The cells that cannot be protected.</summary>
    public IReadOnlyList<string> Cells { get; }

    /// <summary>The measures of the call, where it was their counts that could not be protected together.</summary>
    internal IReadOnlyList<string> Measures { get; init; } = [];

    /// <summary>Those of the measures that the cells are of.</summary>
    internal IReadOnlyList<string> Unprotectable { get; init; } = [];

    private static string Say(string rule, string why, IReadOnlyList<string> cells)
    {
        var which = cells.Count == 0
            ? "" : $"; cells: {string.Join(", ", cells.Take(Named))}{(cells.Count > Named ? " and more" : "")}";
        return $"Release refused by the rule {rule}: {why}{which}.";
    }
}
