using System.Text.Json;
using Analys.Domain;

namespace Analys.Disclosure;

/// <summary>The rules under which results may be released. Policies are commented files in <c>data-schemas/disclosure/</c>.</summary>
/// <remarks>Swedish: <i>röjandekontroll</i>.</remarks>
public sealed record Policy
{
    /// <summary>The name by which a release refers to it.</summary>
    public required string Name { get; init; }

    /// <summary>The smallest count that may be shown; 0 for no threshold.</summary>
    public int Threshold { get; init; }

    /// <summary>Whether a zero may be shown.</summary>
    public bool ZerosAreSafe { get; init; } = true;

    /// <summary>Whether only public data may be released.</summary>
    public bool PublicOnly { get; init; }

    /// <summary>Whether figures are shown unprotected, for work inside a secure environment; the release says so.</summary>
    public bool Unprotected { get; init; }

    /// <summary>Public data as they are; anything else is refused.</summary>
    public static Policy Public { get; } = Load("public");

    /// <summary>Threshold 5 on the numerator and its complement.</summary>
    public static Policy Stockholm { get; } = Load("stockholm");

    /// <summary>Inside a secure environment: nothing is withheld, and everything that is shown is marked confidential.</summary>
    public static Policy Confidential { get; } = Load("confidential");

    /// <summary>Reads a policy: a file, or the name of one that ships with the library.</summary>
    /// <param name="name">The name or the file.</param>
    /// <exception cref="PolicyException">There is none, or it is not understood.</exception>
    public static Policy Load(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        try
        {
            using var stream = File.Exists(name) ? File.OpenRead(name) : DataSchemas.TryOpen($"disclosure/{name}.json")
                ?? throw new PolicyException($"There is no policy {Path.GetFileName(name)}. Shipped are {string.Join(", ", Shipped)}.");
            using var document = JsonDocument.Parse(stream, new JsonDocumentOptions { AllowDuplicateProperties = false, CommentHandling = JsonCommentHandling.Skip });
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            throw new PolicyException($"The policy {Path.GetFileName(name)} is not JSON, or has a key twice.");
        }
    }

    private static IEnumerable<string> Shipped => DataSchemas.List("disclosure/").Select(Path.GetFileNameWithoutExtension)!;

    private static Policy Read(JsonElement root)
    {
        var policy = new Policy { Name = root.GetProperty("name").GetString()! };
        foreach (var property in root.EnumerateObject())
        {
            // A rule is { "value": ..., "comment": ..., "source": ... }.
            policy = property.Name switch
            {
                "name" or "description" or "$schema" => policy,
                "threshold" => policy with { Threshold = property.Value.GetProperty("value").GetInt32() },
                "zerosAreSafe" => policy with { ZerosAreSafe = property.Value.GetProperty("value").GetBoolean() },
                "publicOnly" => policy with { PublicOnly = property.Value.GetProperty("value").GetBoolean() },
                "unprotected" => policy with { Unprotected = property.Value.GetProperty("value").GetBoolean() },
                _ => throw new PolicyException($"The policy {policy.Name} has an unknown rule {property.Name}."),
            };
        }

        return policy;
    }
}

/// <summary>A policy is missing or not understood.</summary>
/// <param name="message">What is wrong.</param>
public sealed class PolicyException(string message) : Exception(message);
