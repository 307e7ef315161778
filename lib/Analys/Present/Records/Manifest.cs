using System.Text.Json;
using Analys.Domain;

namespace Analys.Present.Records;

/// <summary>What was made, of what, with what: enough to make it again and compare. There is no clock in it: the same input gives the same bytes.</summary>
/// <param name="Command">What was run, such as <c>report</c>.</param>
/// <param name="Options">The options that were in force.</param>
/// <param name="Policy">The disclosure policy.</param>
/// <param name="Provenance">The inputs and the steps.</param>
/// <param name="Outputs">The files that were written, with their SHA-256.</param>
public sealed record Manifest(
    string Command,
    IReadOnlyDictionary<string, string> Options,
    string Policy,
    Provenance Provenance,
    IReadOnlyList<(string Name, string Sha256)> Outputs)
{
    /// <summary>The file's name.</summary>
    public const string FileName = "manifest.json";

    /// <summary>Writes the manifest.</summary>
    /// <param name="stream">Where to.</param>
    public void Write(Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JsonText.Encoder });
        json.WriteStartObject();
        json.WriteString("analys", Product.Version);
        json.WriteString("command", Command);
        json.WriteStartObject("options");
        foreach (var (name, value) in Options.OrderBy(pair => pair.Key, StringComparer.Ordinal)) json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteString("policy", Policy);
        RecordWriter.WriteSources(json, Provenance);
        json.WriteStartArray("steps");
        foreach (var step in Provenance.Steps) json.WriteStringValue(step);
        json.WriteEndArray();
        json.WriteStartArray("outputs");
        foreach (var (name, sha256) in Outputs.OrderBy(output => output.Name, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("file", name);
            json.WriteString("sha256", sha256);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
