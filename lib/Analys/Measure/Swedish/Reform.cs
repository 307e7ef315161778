using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Analys.Load.Schema;

namespace Analys.Measure.Swedish;

/// <summary>A reform that is asked about: its name, from when it would hold, who states it, and what it changes.</summary>
/// <param name="Name">Its name in the results.</param>
/// <param name="From">The first day on which it would hold.</param>
/// <param name="Reference">The text that proposes it.</param>
/// <param name="Change">What it changes.</param>
internal sealed record Reform(string Name, DateOnly From, string Reference, PolicyChange Change)
{
    private static readonly string[] Changes =
        ["childNorm", "childAllowance", "housingAllowance", "housingAllowanceLimit", "ceiling", "largeFamilyFactor", "lunchDeduction",
            "note"];

    /// <summary>Reads a dated file of reforms, so that several can stand side by side.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ParameterException">The file is wrong; the message says where.</exception>
    public static ImmutableArray<Reform> Load(string path)
    {
        if (!File.Exists(path)) throw new ParameterException($"There is no file of reforms {Path.GetFileName(path)}.");
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path), new JsonDocumentOptions { AllowDuplicateProperties = false });
            var root = document.RootElement;
            StrictJson.Keys(root, "a file of reforms", ["reforms"], ["description", "note"]);
            ImmutableArray<Reform> reforms = [.. root.GetProperty("reforms").EnumerateArray().Select(Read)];
            if (reforms.IsEmpty) throw new ParameterException("The file has no reform.");
            if (reforms.Select(reform => reform.Name).Distinct(StringComparer.Ordinal).Count() < reforms.Length)
                throw new ParameterException("Two reforms of the file have one name.");
            return reforms;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new ParameterException("The file of reforms is not JSON of the right form, or has a key twice.");
        }
    }

    /// <summary>A factor written as a change in per cent, such as <c>+10%</c>.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The factor; null where the text is none.</returns>
    public static double? Factor(string text) =>
        text.EndsWith('%')
        && double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out var percent)
        && percent is >= -100 and <= 1000
            ? 1 + (percent / 100)
            : null;

    private static Reform Read(JsonElement element)
    {
        StrictJson.Keys(element, "a reform", ["name", "from", "reference"], Changes);
        var name = element.GetProperty("name").GetString();
        if (string.IsNullOrWhiteSpace(name)) throw new ParameterException("A reform has no name.");
        if (!DateOnly.TryParseExact(element.GetProperty("from").GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture,
            DateTimeStyles.None, out var from))
            throw new ParameterException($"The reform {name}: from is written yyyy-MM-dd.");
        var reference = element.GetProperty("reference").GetString();
        if (string.IsNullOrWhiteSpace(reference)) throw new ParameterException($"The reform {name} has no reference.");
        var change = new PolicyChange
        {
            ChildNormFactor = element.TryGetProperty("childNorm", out var norm)
                ? Factor(norm.GetString() ?? "")
                    ?? throw new ParameterException($"The reform {name}: childNorm is a percentage, such as +10%.")
                : 1,
            ChildAllowance = Amount("childAllowance"),
            HousingAllowance = Amount("housingAllowance") ?? 0,
            HousingAllowanceLimit = Amount("housingAllowanceLimit"),
            Ceiling = Amount("ceiling"),
            LargeFamilyFactor = Amount("largeFamilyFactor") ?? 1,
            Lunch = element.TryGetProperty("lunchDeduction", out var lunch) && lunch.GetBoolean() ? LunchRule.Deduction : null,
        };
        return change.IsChange ? new Reform(name, from, reference, change)
            : throw new ParameterException($"The reform {name} changes nothing.");

        double? Amount(string key) => element.TryGetProperty(key, out var amount)
            ? amount.GetDouble() is >= 0 and var kronor ? kronor : throw new ParameterException($"The reform {name}: {key} is below 0.")
            : null;
    }
}
