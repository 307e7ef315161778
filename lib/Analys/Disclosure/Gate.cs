using Analys.Domain;

namespace Analys.Disclosure;

/// <summary>The gate: results become released under a policy, or the release is refused.</summary>
public static class Gate
{
    /// <summary>Releases results under a policy. Public data pass as they are, and the provenance says so.</summary>
    /// <param name="results">The results.</param>
    /// <param name="policy">The policy.</param>
    /// <exception cref="ReleaseRefusedException">The policy does not allow it; the message names the rule.</exception>
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
        if (results.Any(result => result.Basis is null))
        {
            throw new ReleaseRefusedException("counts-required", "a result does not say how many persons stand behind it, so it cannot be checked");
        }

        return new(
            [.. results.Select(result => PrimaryRule(result.Basis!, policy) is { } rule ? Withhold(result, rule) : result with { Basis = null })],
            policy,
            results.Confidentiality,
            results.Provenance.With($"released under the policy {policy.Name}"));
    }

    // The rule that withholds a figure, or null. Numerator and complement are both checked: a share of 100 % discloses too.
    private static string? PrimaryRule(Basis basis, Policy policy)
    {
        if (IsSmall(basis.Denominator, policy)) return "threshold";
        if (basis.Numerator is { } numerator && IsSmall(numerator, policy)) return "threshold";
        if (basis.Complement is { } complement && IsSmall(complement, policy)) return "threshold-complement";
        return basis.Contributors is { } contributors && IsSmall(contributors, policy) ? "threshold-contributors" : null;
    }

    private static bool IsSmall(double count, Policy policy) => count < policy.Threshold && (count > 0 || !policy.ZerosAreSafe);

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
/// <param name="rule">The rule that refused it.</param>
/// <param name="why">Why, without figures.</param>
public sealed class ReleaseRefusedException(string rule, string why) : Exception($"Release refused by the rule {rule}: {why}.")
{
    /// <summary>The rule that refused it.</summary>
    public string Rule { get; } = rule;
}
