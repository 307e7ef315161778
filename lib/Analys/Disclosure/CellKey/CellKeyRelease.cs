using System.Globalization;
using Analys.Disclosure.Counts;

namespace Analys.Disclosure.CellKey;

/// <summary>Releases results whose counts have the noise of their cells' keys: shares follow from the changed counts.</summary>
/// <remarks>
/// The same persons have the same noise in a rate, a headcount and a table. Positions, amounts and summaries of true values keep the
/// threshold and their step, as under every policy; what compares two figures is withheld, since both stand in the release. Errors and
/// intervals of changed counts would tell the true ones and are left out. Swedish: <i>cellnyckelmetoden</i>.
/// </remarks>
internal static class CellKeyRelease
{
    private const double Near = 1e-9;
    private const string Rule = "cell-keys";

    /// <summary>Releases results under a policy with noise.</summary>
    /// <exception cref="ReleaseRefusedException">No count of the results has a key.</exception>
    public static Released Of(Results results, Policy policy, Func<IEnumerable<Result>, Results, Policy, string, Released> make)
    {
        if (!results.Any(result => result.Basis is { Keys: not null })) throw CellKeyTable.WithoutKeys(policy);
        var noise = policy.CellKey!;
        var table = noise.ToTable();
        return make(results.Select(result => Of(result, policy, table)), results, policy, string.Create(CultureInfo.InvariantCulture,
            $"released under the policy {policy.Name}: every count may be off by up to {noise.Bound}; "
                + $"shares follow from the changed counts"));
    }

    private static Result Of(Result result, Policy policy, TransitionTable table)
    {
        var basis = result.Basis!;
        var bare = result with { StandardError = null, Lower = null, Upper = null, N = null, Basis = null };
        if (basis.Keys is not { } keys || !IsWhole(basis.Denominator) || (basis.Numerator is { } some && !IsWhole(some)))
            return Withheld(bare, Rule);
        var all = table.Perturb((long)basis.Denominator, keys.All);
        double? counted = basis.Numerator is { } true_ ? Math.Min(table.Perturb((long)true_, keys.Counted), all) : null;
        if (result.N is { } n && n == basis.Denominator) bare = bare with { N = all };
        if (!result.Value.HasNumber) return bare;
        if (Telling.Kind(result, basis) is not (Tells.Counts or Tells.Unstated))
        {
            return ReleaseRow.PrimaryRule(basis, policy) is { } broken ? Withheld(bare, broken)
                : Telling.Of(result, policy) with { Basis = null, N = bare.N };
        }

        if (basis.IsComparison || result.Parameters.ContainsKey("of")) return Withheld(bare, Rule);
        return Changed(result.Value.Number, result.Unit, basis, counted, all) is { } value
            ? bare with { Value = Quantity.Rounded(value, Rule) } : Withheld(bare, Rule);
    }

    // The value with changed counts; null where there is none.
    private static double? Changed(double value, string unit, Basis basis, double? counted, double all)
    {
        if (counted is not { } x || basis.Numerator is not { } true_)
            return Same(value, basis.Denominator) ? all : unit is Units.Persons or Units.Count && basis.Denominator > 0
                ? value * all / basis.Denominator : null;
        if (unit == Units.Share)
        {
            // A weighted share moves as far as the share of persons.
            return all <= 0 || basis.Denominator <= 0 ? null
                : Same(value, true_ / basis.Denominator) ? x / all : Math.Clamp(value + (x / all) - (true_ / basis.Denominator), 0, 1);
        }

        return Same(value, true_) ? x : unit is Units.Persons or Units.Count ? true_ > 0 ? value * x / true_ : 0 : null;
    }

    private static Result Withheld(Result bare, string rule) => bare with { Value = Quantity.Suppressed(rule), N = null };

    private static bool IsWhole(double count) => count >= 0 && count == Math.Floor(count);

    private static bool Same(double a, double b) => Math.Abs(a - b) <= Near * Math.Max(1, Math.Abs(b));
}
