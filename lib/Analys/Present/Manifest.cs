using System.Text.Json;
using Analys.Domain;
using Analys.Present;

namespace Analys;

/// <summary>What was made, of what, with what: enough to make it again and compare. There is no clock in it: the same input gives the same
/// bytes.</summary>
/// <param name="Command">What was run, such as <c>report</c>.</param>
/// <param name="Options">The options that were in force.</param>
/// <param name="Policy">The disclosure policy.</param>
/// <param name="Provenance">The inputs and the steps.</param>
/// <param name="Outputs">The files that were written, with their SHA-256.</param>
internal sealed record Manifest(
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

/// <summary>Writes figures as files: pictures, tables and the manifest by which they can be made again.</summary>
public static class FigureFiles
{
    /// <summary>The name of the folder of pictures, in the reader's language.</summary>
    internal static string Pictures(Language language) => language == Language.English ? "figures" : "figurer";

    /// <summary>The name of the folder of tables, in the reader's language.</summary>
    internal static string Tables(Language language) => language == Language.English ? "tables" : "tabeller";

    /// <summary>Writes the pictures and tables of figures below a folder being written.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="figures">The figures.</param>
    internal static void WriteTo(OutputFolder folder, IEnumerable<Figure> figures)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(figures);
        foreach (var figure in figures)
        {
            folder.Write($"{Pictures(figure.Language)}/{figure.Id}.svg", figure.ToSvg());
            folder.Write($"{Tables(figure.Language)}/{figure.Id}.csv", stream => figure.Table.WriteCsv(stream, figure.Language));
        }
    }

    /// <summary>Writes the figures of a notebook with their manifest: its last cell.</summary>
    /// <param name="folder">The folder to write to.</param>
    /// <param name="notebook">The notebook's file, from the current directory.</param>
    /// <param name="figures">The figures.</param>
    /// <param name="released">The results behind them.</param>
    /// <returns>What was written.</returns>
    public static string Save(string folder, string notebook, IReadOnlyList<Figure> figures, params IEnumerable<Released> released)
    {
        ArgumentNullException.ThrowIfNull(figures);
        List<Released> all = [.. released];
        using var output = new OutputFolder(folder);
        WriteTo(output, figures);
        var options = new Dictionary<string, string> { ["notebook"] = Path.GetRelativePath(folder, notebook).Replace('\\', '/') };
        var provenance = all.Aggregate(Provenance.None, (sum, part) => sum.Merge(part.Provenance));
        var policies = all.Select(part => part.Policy.Name).Distinct().Order(StringComparer.Ordinal);
        output.Write(Manifest.FileName, new Manifest("notebook", options, string.Join(", ", policies), provenance, output.Written).Write);
        output.Commit();
        return figures.Count == 1 ? $"1 figur, 1 tabell och {Manifest.FileName}"
            : $"{figures.Count} figurer, {figures.Count} tabeller och {Manifest.FileName}";
    }
}
