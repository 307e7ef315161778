using System.Text.Json;
using Analys.Disclosure.CellKey;
using Analys.Disclosure.Suppression;
using Analys.Domain;

namespace Analys;

/// <summary>The rules under which results may be released. Policies are commented files in <c>data-schemas/disclosure/</c>.</summary>
/// <remarks>Swedish: <i>röjandekontroll</i>. What each rule protects against is said in <c>Disclosure/README.md</c>.</remarks>
public sealed record Policy
{
    /// <summary>The name by which a release refers to it.</summary>
    public required string Name { get; init; }

    /// <summary>The smallest count that may be shown; 0 for no threshold.</summary>
    public int Threshold { get; init; }

    /// <summary>The fewest persons of whom a share may be shown; 0 for the threshold.</summary>
    public int Base { get; init; }

    /// <summary>Whether the threshold also holds for those who do not have the property.</summary>
    public bool Complement { get; init; } = true;

    /// <summary>Whether a zero may be shown.</summary>
    public bool ZerosAreSafe { get; init; } = true;

    /// <summary>The fewest households behind a figure, where households are known; null for the threshold, 0 for no such rule.</summary>
    public int? MinimumContributors { get; init; }

    /// <summary>The fewest households in force.</summary>
    public int LeastContributors => MinimumContributors ?? Threshold;

    /// <summary>(n, k): the n largest contributors may hold at most k per cent of an amount; null for no such rule.</summary>
    internal DominanceRule? Dominance { get; init; }

    /// <summary>p %: no contributor may be worked out to within p per cent; null for no such rule.</summary>
    internal PPercentRule? PPercent { get; init; }

    /// <summary>pq: as p %, where contributors know each other to within q per cent; null for no such rule.</summary>
    internal PriorPosteriorRule? PriorPosterior { get; init; }

    /// <summary>Whether figures are withheld so that others cannot be worked out.</summary>
    public bool Secondary { get; init; } = true;

    /// <summary>The least distance between an attacker's bounds of a figure that a rule withholds.</summary>
    public double MinimumWidth { get; init; } = 1;

    /// <summary>Whether the reader is told which rule withholds a figure; what he is told, he can use.</summary>
    public bool LegendTellsApart { get; init; } = true;

    /// <summary>Whether to guard against a family that is alone in a cell and knows it.</summary>
    public bool GuardAgainstInsiders { get; init; } = true;

    /// <summary>What a withheld cell costs.</summary>
    internal SuppressionCost Cost { get; init; } = SuppressionCost.People;

    /// <summary>How counts are rounded; rounding takes the place of secondary suppression.</summary>
    public CountRounding Rounding { get; init; }

    /// <summary>The greatest perturbation of a count in a source with cell-key noise; 0 for a source without.</summary>
    public int Noise { get; init; }

    /// <summary>The noise that counts of persons are given by the keys of their cells; null for none.</summary>
    internal CellKeyRule? CellKey { get; init; }

    /// <summary>Whether only public data may be released.</summary>
    public bool PublicOnly { get; init; }

    /// <summary>Whether figures are shown unprotected, for work inside a secure environment; the release says so.</summary>
    public bool Unprotected { get; init; }

    /// <summary>Public data as they are; anything else is refused.</summary>
    public static Policy Public { get; } = Load("public");

    /// <summary>Threshold 5 on the numerator and its complement, secondary suppression, no insider.</summary>
    public static Policy Stockholm { get; } = Load("stockholm");

    /// <summary>Inside a secure environment: nothing is withheld, and everything that is shown is marked confidential.</summary>
    public static Policy Confidential { get; } = Load("confidential");

    /// <summary>The names of the policies that ship with the library.</summary>
    public static IEnumerable<string> Shipped => DataSchemas.List("disclosure/").Select(Path.GetFileNameWithoutExtension)!;

    /// <summary>Reads a policy: a file, or the name of one that ships with the library.</summary>
    /// <param name="name">The name or the file.</param>
    /// <exception cref="PolicyException">There is none, or it is not understood.</exception>
    public static Policy Load(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        using var stream = DataSchemas.TryOpen($"disclosure/{name}.json") ?? (File.Exists(name) ? File.OpenRead(name) : null)
            ?? throw new PolicyException($"There is no policy {Path.GetFileName(name)}.{Nearest.Hint(name, Shipped)} Shipped are "
                + $"{string.Join(", ", Shipped)}.");
        return PolicyReader.Read(stream, Path.GetFileName(name));
    }

    /// <summary>What a table must withstand under this policy.</summary>
    /// <param name="households">Whether households behind the cells are known.</param>
    /// <exception cref="ReleaseRefusedException">The policy releases public data only, or has no rule that protects a table.</exception>
    internal ProtectionRequirements ToRequirements(bool households)
    {
        if (PublicOnly) throw new ReleaseRefusedException("public-data-only", $"the policy {Name} releases public data only");
        var rules = new List<PrimaryRule>();
        if (Threshold > 0) rules.Add(new FrequencyThreshold(Threshold, ZerosAreSafe));
        if (households && LeastContributors > 0) rules.Add(new MinimumContributors(LeastContributors));
        if (Dominance is not null) rules.Add(Dominance);
        if (PPercent is not null) rules.Add(PPercent);
        if (PriorPosterior is not null) rules.Add(PriorPosterior);
        return new ProtectionRequirements
        {
            Rules = rules,
            LegendTellsApart = LegendTellsApart,
            ZerosAreShown = ZerosAreSafe && Threshold > 0,
            GuardAgainstInsiders = GuardAgainstInsiders,
            MinimumWidth = MinimumWidth,
            Cost = Cost,
        };
    }

    /// <summary>Whether a count may not be shown.</summary>
    internal bool IsSmall(double count) => count < Threshold && (count > 0 || !ZerosAreSafe);
}

/// <summary>How a policy rounds counts.</summary>
public enum CountRounding
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>To the nearest multiple of 3.</summary>
    Base3,

    /// <summary>To the nearest multiple of 5.</summary>
    Base5,

    /// <summary>The city's practice for small areas: 1 and 2 become 0, 3 and 4 become 5; totals are the sums of what is shown.</summary>
    City,
}

/// <summary>The noise of the cell-key method.</summary>
/// <param name="Bound">The largest noise, in persons.</param>
/// <param name="Variance">Its variance.</param>
/// <param name="Forbidden">Printed counts are 0 or above this.</param>
internal sealed record CellKeyRule(int Bound, double Variance, int Forbidden = 0)
{
    internal TransitionTable ToTable() => TransitionTable.Create(Bound, Variance, Forbidden);

    internal bool IsPossible
    {
        get
        {
            try
            {
                return ToTable().Bound == Bound;
            }
            catch (ArgumentException)
            {
                return false;
            }
        }
    }
}

/// <summary>A policy is missing or not understood.</summary>
/// <param name="message">What is wrong.</param>
public sealed class PolicyException(string message) : Exception(message);

/// <summary>Reads policy files: every rule is <c>{ "value": …, "comment": …, "source": … }</c>, the comment and the source being for the
/// reader.</summary>
internal static class PolicyReader
{
    public static Policy Read(Stream stream, string file)
    {
        try
        {
            using var document = JsonDocument.Parse(stream,
                new JsonDocumentOptions { AllowDuplicateProperties = false, CommentHandling = JsonCommentHandling.Skip });
            return Read(document.RootElement, file);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A key with half a surrogate pair is an InvalidOperationException.
            throw new PolicyException($"The policy {file} is not JSON, or has a key twice.");
        }
    }

    private static Policy Read(JsonElement root, string file)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String)
        {
            throw new PolicyException($"The policy {file} has no name.");
        }

        var policy = new Policy { Name = name.GetString()! };
        foreach (var property in root.EnumerateObject())
        {
            if (property.Name is "name" or "description" or "$schema") continue;
            try
            {
                policy = Apply(policy, property.Name, Value(property));
            }
            catch (Exception e) when (e is InvalidOperationException or FormatException or KeyNotFoundException)
            {
                throw new PolicyException($"The rule {property.Name} of the policy {policy.Name} has a value of the wrong kind.");
            }
        }

        return Checked(policy);
    }

    private static JsonElement Value(JsonProperty rule)
    {
        if (rule.Value.ValueKind != JsonValueKind.Object || !rule.Value.TryGetProperty("value", out var value))
        {
            throw new PolicyException($"The rule {rule.Name} has no value: a rule is {{ \"value\", \"comment\", \"source\" }}.");
        }

        return value;
    }

    private static Policy Apply(Policy policy, string rule, JsonElement value) => rule switch
    {
        "threshold" => policy with { Threshold = value.GetInt32() },
        "base" => policy with { Base = value.GetInt32() },
        "complement" => policy with { Complement = value.GetBoolean() },
        "zerosAreSafe" => policy with { ZerosAreSafe = value.GetBoolean() },
        "minimumContributors" => policy with { MinimumContributors = value.GetInt32() },
        "dominance" => policy with { Dominance = new DominanceRule(value.GetProperty("n").GetInt32(), value.GetProperty("k").GetDouble()) },
        "pPercent" => policy with { PPercent = new PPercentRule(value.GetDouble()) },
        "priorPosterior" => policy
            with
        { PriorPosterior = new PriorPosteriorRule(value.GetProperty("p").GetDouble(), value.GetProperty("q").GetDouble()) },
        "rates" => value.GetString() == "withheld-with-their-counts"
            ? policy : throw new PolicyException("Rates can only be withheld-with-their-counts."),
        "secondary" => policy with { Secondary = value.GetBoolean() },
        "minimumWidth" => policy with { MinimumWidth = value.GetDouble() },
        "legendTellsApart" => policy with { LegendTellsApart = value.GetBoolean() },
        "guardAgainstInsiders" => policy with { GuardAgainstInsiders = value.GetBoolean() },
        "cost" => policy with { Cost = Choice<SuppressionCost>(rule, value) },
        "rounding" => policy with { Rounding = Choice<CountRounding>(rule, value) },
        "noise" => policy with { Noise = value.GetInt32() },
        "cellKey" => policy with
        {
            CellKey = new CellKeyRule(value.GetProperty("bound").GetInt32(), value.GetProperty("variance").GetDouble(),
            value.TryGetProperty("forbidden", out var forbidden) ? forbidden.GetInt32() : 0)
        },
        "publicOnly" => policy with { PublicOnly = value.GetBoolean() },
        "unprotected" => policy with { Unprotected = value.GetBoolean() },
        _ => throw new PolicyException($"The policy {policy.Name} has an unknown rule {rule}."),
    };

    private static T Choice<T>(string rule, JsonElement value) where T : struct, Enum
    {
        var text = value.GetString();
        foreach (var choice in Enum.GetValues<T>())
        {
            if (string.Equals(choice.ToString(), text, StringComparison.OrdinalIgnoreCase)) return choice;
        }

        throw new PolicyException($"The rule {rule} is one of {string.Join(", ", Enum.GetNames<T>())}.");
    }

    private static Policy Checked(Policy policy)
    {
        if (policy.Threshold < 0 || policy.MinimumContributors < 0 || policy.Noise < 0 || policy.Base < 0)
            throw new PolicyException($"The policy {policy.Name} has a negative limit.");
        // A table without a rule would pass any attack: that is not a policy but an oversight.
        if (policy is { Threshold: 0, LeastContributors: 0, PublicOnly: false, Unprotected: false })
            throw new PolicyException($"The policy {policy.Name} has no rule that protects a count.");
        if (policy.CellKey is { } noise && !noise.IsPossible)
            throw new PolicyException($"The policy {policy.Name} asks for noise of a variance that its bound does not allow.");
        if (!(policy.MinimumWidth >= 1))
            throw new PolicyException($"The policy {policy.Name} has a minimum width below 1, which protects nothing.");
        return policy;
    }
}
