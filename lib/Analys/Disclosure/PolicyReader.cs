using System.Text.Json;

namespace Analys.Disclosure;

/// <summary>Reads policy files: every rule is <c>{ "value": …, "comment": …, "source": … }</c>, the comment and the source being for the reader.</summary>
internal static class PolicyReader
{
    public static Policy Read(Stream stream, string file)
    {
        try
        {
            using var document = JsonDocument.Parse(stream, new JsonDocumentOptions { AllowDuplicateProperties = false, CommentHandling = JsonCommentHandling.Skip });
            return Read(document.RootElement, file);
        }
        catch (JsonException)
        {
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
        "complement" => policy with { Complement = value.GetBoolean() },
        "zerosAreSafe" => policy with { ZerosAreSafe = value.GetBoolean() },
        "minimumContributors" => policy with { MinimumContributors = value.GetInt32() },
        "dominance" => policy with { Dominance = new DominanceRule(value.GetProperty("n").GetInt32(), value.GetProperty("k").GetDouble()) },
        "pPercent" => policy with { PPercent = new PPercentRule(value.GetDouble()) },
        "priorPosterior" => policy with { PriorPosterior = new PriorPosteriorRule(value.GetProperty("p").GetDouble(), value.GetProperty("q").GetDouble()) },
        "rates" => value.GetString() == "withheld-with-their-counts" ? policy : throw new PolicyException("Rates can only be withheld-with-their-counts."),
        "secondary" => policy with { Secondary = value.GetBoolean() },
        "minimumWidth" => policy with { MinimumWidth = value.GetDouble() },
        "legendTellsApart" => policy with { LegendTellsApart = value.GetBoolean() },
        "guardAgainstInsiders" => policy with { GuardAgainstInsiders = value.GetBoolean() },
        "cost" => policy with { Cost = Choice<SuppressionCost>(rule, value) },
        "rounding" => policy with { Rounding = Choice<CountRounding>(rule, value) },
        "noise" => policy with { Noise = value.GetInt32() },
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
        if (policy.Threshold < 0 || policy.MinimumContributors < 0 || policy.Noise < 0) throw new PolicyException($"The policy {policy.Name} has a negative limit.");
        // A table without a rule would pass any attack: that is not a policy but an oversight.
        if (policy is { Threshold: 0, LeastContributors: 0, PublicOnly: false, Unprotected: false }) throw new PolicyException($"The policy {policy.Name} has no rule that protects a count.");
        if (!(policy.MinimumWidth >= 1)) throw new PolicyException($"The policy {policy.Name} has a minimum width below 1, which protects nothing.");
        return policy;
    }
}
