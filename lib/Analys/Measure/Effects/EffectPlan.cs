using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Analys.Domain;

namespace Analys.Measure.Effects;

/// <summary>What was decided before the outcomes were seen: hashed and dated, so that every later deviation can be told.</summary>
/// <remarks>
/// The hash covers everything but itself. The design is the hash of all other columns of the study, row by row: it is the same whatever the
/// outcomes are, which is the proof that they were not needed, and it tells when the units or their starts were changed afterwards.
/// </remarks>
internal sealed record EffectPlan
{
    private static readonly string[] Fixed = ["analys", "kind", "sha256"];
    private static readonly string[] Columns = ["unit", "time", "start", "treated", "cluster", "weight", "covariates"];

    /// <summary>The decisions, each under the name of its option, and <c>written</c>, <c>design</c>, <c>outcomeRead</c>.</summary>
    public ImmutableSortedDictionary<string, string> Content { get; init; } = ImmutableSortedDictionary.Create<string,
        string>(StringComparer.Ordinal);

    /// <summary>The hash of the content.</summary>
    public string Sha256 =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(Content
        .Select(pair => $"{pair.Key.Length}:{pair.Key}={pair.Value.Length}:{pair.Value}\n")))));

    /// <summary>The plan of a call.</summary>
    /// <param name="columns">Which column is what.</param>
    /// <param name="call">What is asked.</param>
    /// <param name="design">The hash of the design.</param>
    /// <param name="window">First and last period of a panel; empty for persons.</param>
    public static ImmutableSortedDictionary<string, string> Decisions(EffectColumns columns, EffectCall call, string design, string window)
    {
        var all = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value)) all[name] = value;
        }

        Add("unit", columns.Unit);
        Add("outcome", columns.Outcome);
        Add("time", columns.Time);
        Add("start", columns.Start);
        Add("treated", columns.Treated);
        Add("cluster", columns.Cluster);
        Add("weight", columns.Weight);
        Add("covariates", string.Join(',', columns.Covariates));
        Add("comparison", columns.IsPanel ? call.Comparison == Panel.ComparisonGroup.Never ? "never" : "not-yet" : null);
        Add("measures", string.Join(',', call.Measures.Order(StringComparer.Ordinal)));
        Add("inference", string.Join(',', call.Inference.Select(one => one.ToString().ToLowerInvariant()).Order(StringComparer.Ordinal)));
        Add("level", Number(call.Level));
        Add("detect", call.Detect is { } detect ? Number(detect) : null);
        Add("weights", call.Weights == Draws.WildWeights.Webb ? "webb" : null);
        Add("replicates", call.Replicates?.ToString(CultureInfo.InvariantCulture));
        Add("seed", call.Replicates is null ? null : call.Seed.ToString(CultureInfo.InvariantCulture));
        Add("ratio", call.Match.Ratio == 1 ? null : call.Match.Ratio.ToString(CultureInfo.InvariantCulture));
        Add("replacement", call.Match.Replacement ? "with" : null);
        Add("caliper", call.Match.Caliper is { } caliper ? Number(caliper) : null);
        Add("cutpoints", string.Join(',',
            call.Cuts.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key}={string.Join(';', pair.Value.Select(Number))}")));
        Add("classes", call.Classes == 6 ? null : call.Classes.ToString(CultureInfo.InvariantCulture));
        Add("window", window);
        Add("design", design);
        return all.ToImmutable();
    }

    /// <summary>The hash of the columns of a study without its outcome, row by row as they stand.</summary>
    public static string Design(Extract extract, EffectColumns columns)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string[] names = [.. new[] { columns.Unit, columns.Time, columns.Start, columns.Treated, columns.Cluster,
            columns.Weight }.OfType<string>().Concat(columns.Covariates).Distinct()];
        for (var row = 0; row < extract.RowCount; row++)
        {
            foreach (var name in names)
            {
                var text = Convert.ToString(extract[name].ValueAt(row), CultureInfo.InvariantCulture) ?? "";
                hash.AppendData(Encoding.UTF8.GetBytes($"{text.Length}:{text};"));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The decisions that differ from a call's: what was planned and what was done.</summary>
    public IReadOnlyList<(string Field, string Planned, string Done)> Deviations(ImmutableSortedDictionary<string, string> done)
    {
        // When and how the plan was written is no decision.
        var planned = Content.RemoveRange(["written", "outcomeRead"]);
        (string Field, string Planned, string Done)[] all =
        [
            .. planned.Keys.Union(done.Keys).Order(StringComparer.Ordinal)
                .Select(field => (field, planned.GetValueOrDefault(field, ""), done.GetValueOrDefault(field, "")))
                .Where(one => one.Item2 != one.Item3),
        ];
        // Other columns have another hash: that is one deviation, not two.
        return all.Any(one => Columns.Contains(one.Field)) ? [.. all.Where(one => one.Field != "design")] : all;
    }

    /// <summary>Writes the plan.</summary>
    public void Write(Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JsonText.Encoder });
        json.WriteStartObject();
        json.WriteString("analys", Product.Version);
        json.WriteString("kind", "effect-plan");
        foreach (var (name, value) in Content) json.WriteString(name, value);
        json.WriteString("sha256", Sha256);
        json.WriteEndObject();
    }

    /// <summary>Reads a plan.</summary>
    /// <exception cref="InvalidDataException">It is no plan, or its content is not what its hash says.</exception>
    public static EffectPlan Read(Stream stream)
    {
        try
        {
            using var json = JsonDocument.Parse(stream, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("kind", out var kind)
                || kind.ValueKind != JsonValueKind.String || kind.GetString() != "effect-plan"
                || root.EnumerateObject().Any(property => property.Value.ValueKind != JsonValueKind.String))
                throw new InvalidDataException("The plan is not one that `analys effect plan` wrote.");
            EffectPlan plan = new()
            {
                Content = root.EnumerateObject().Where(property => !Fixed.Contains(property.Name))
                .ToImmutableSortedDictionary(property => property.Name, property => property.Value.GetString()!, StringComparer.Ordinal)
            };
            return root.TryGetProperty("sha256", out var hash) && hash.GetString() == plan.Sha256 ? plan
                : throw new InvalidDataException("The plan was changed after it was written: its hash is not that of its content.");
        }
        catch (JsonException)
        {
            throw new InvalidDataException("The plan is not JSON.");
        }
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
