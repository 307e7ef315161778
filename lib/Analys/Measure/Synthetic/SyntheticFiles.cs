using System.Text.Json;
using System.Text.Json.Nodes;
using Analys.Domain;
using Analys.Load.Schema;

namespace Analys.Measure.Synthetic;

/// <summary>A file that was written.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">The SHA-256 of its bytes.</param>
/// <param name="Schema">The name of its schema.</param>
internal sealed record SyntheticFile(string Name, long Bytes, string Sha256, string Schema);

/// <summary>Which files are written.</summary>
internal enum SyntheticLayout
{
    /// <summary>The register's year, the panel where there are several years, and counts by small area.</summary>
    Register,

    /// <summary>One file of eight columns, for measuring speed.</summary>
    Benchmark,

    /// <summary>Young persons with and without a support group, whose effect is known.</summary>
    Cohort,
}

/// <summary>Writes a synthetic register: CSV files with their schemas and a data package, all of which say that they are
/// synthetic.</summary>
internal static class SyntheticFiles
{
    private const string Notice = "SYNTETISKA uppgifter: påhittade personer och hushåll. Får inte användas som resultat.";

    /// <summary>Writes the files of a register; they appear whole or not at all.</summary>
    /// <param name="register">The register.</param>
    /// <param name="folder">The folder; made where there is none.</param>
    /// <param name="seed">The seed that it was made with, for the data package.</param>
    /// <param name="layout">Which files.</param>
    /// <param name="cancel">Stops it; nothing is left behind.</param>
    /// <exception cref="IOException">The folder holds another data package, which would be overwritten.</exception>
    public static IReadOnlyList<SyntheticFile> Write(
        SyntheticRegister register, string folder, long seed, SyntheticLayout layout = SyntheticLayout.Register,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(register);
        var package = Path.Combine(folder, DataPackage.FileName);
        if (File.Exists(package) && !File.ReadAllText(package).Contains(Notice, StringComparison.Ordinal))
        {
            throw new IOException($"The folder already has a {DataPackage.FileName} of something else.");
        }

        using var staged = new OutputFolder(folder);
        var rows = new RegisterRows(register);
        var written = new List<SyntheticFile>();
        if (layout == SyntheticLayout.Benchmark)
        {
            Write($"syntetisk-hastighet-{register.Year}", "syntetisk-hastighet", rows.Benchmark);
        }
        else
        {
            Write($"syntetisk-register-{register.Year}", "syntetisk-register", rows.CrossSection);
            if (register.Years > 1) Write($"syntetisk-panel-{register.FirstYear}-{register.Year}", "syntetisk-panel", rows.Panel);
            Write($"syntetisk-smaomraden-{register.Year}", "syntetisk-smaomraden", rows.AreaCounts);
        }

        staged.Write(DataPackage.FileName, Descriptor(register, seed, written));
        cancel.ThrowIfCancellationRequested();
        staged.Commit();
        return written;

        void Write(string name, string schema, Action<int, RowBuffer> block)
        {
            var table = TableSchema.Load(schema);
            var header = string.Join(';', table.Fields.Select(field => field.Name));
            var (sha256, bytes) = ("", 0L);
            staged.Write(name + ".csv", stream => (sha256, bytes) = BlockTable.Write(stream, header, register.Areas.Length, block, cancel));
            using var text = new StreamReader(DataSchemas.Open($"extracts/{schema}.schema.json"));
            staged.Write(name + ".schema.json", text.ReadToEnd());
            written.Add(new SyntheticFile(name + ".csv", bytes, sha256, schema));
        }
    }

    /// <summary>Writes made-up young persons of whom some got a support group, with the schema that says so.</summary>
    /// <param name="persons">How many, at least 40.</param>
    /// <param name="folder">The folder; made where there is none.</param>
    /// <param name="seed">The seed.</param>
    public static SyntheticFile WriteCohort(int persons, string folder, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(persons, SyntheticCohort.FewestPersons);
        const string Schema = "syntetisk-insatsgrupp";
        using var staged = new OutputFolder(folder);
        var text = SyntheticCohort.Csv(persons, seed);
        staged.Write(Schema + ".csv", text);
        using var schema = new StreamReader(DataSchemas.Open($"extracts/{Schema}.schema.json"));
        staged.Write(Schema + ".schema.json", schema.ReadToEnd());
        var hash = staged.Written[0].Sha256;
        staged.Commit();
        return new(Schema + ".csv", System.Text.Encoding.UTF8.GetByteCount(text), hash, Schema);
    }

    private static string Descriptor(SyntheticRegister register, long seed, List<SyntheticFile> files)
    {
        var package = new JsonObject
        {
            ["name"] = "syntetiskt-register-stockholm",
            ["title"] = "Syntetiskt register för Stockholms stad",
            ["description"] = Notice,
            ["synthetic"] = true,
            ["seed"] = seed,
            ["persons"] = register.Persons,
            ["years"] = register.Years,
            ["version"] = Product.Version,
            ["resources"] = new JsonArray([.. files.Select(Resource)]),
        };
        var options = new JsonSerializerOptions { WriteIndented = true, Encoder = JsonText.Encoder };
        return package.ToJsonString(options) + "\n";
    }

    private static JsonObject Resource(SyntheticFile file) => new()
    {
        ["name"] = Path.GetFileNameWithoutExtension(file.Name),
        ["path"] = file.Name,
        ["title"] = "Syntetiska uppgifter",
        ["bytes"] = file.Bytes,
        ["hash"] = $"sha256:{file.Sha256}",
        ["schema"] = Path.ChangeExtension(file.Name, ".schema.json"),
        ["sources"] = new JsonArray(new JsonObject { ["title"] = "SYNTETISKA uppgifter (analys synth)", ["publisher"] = "Analys" }),
        ["licenses"] = new JsonArray(new JsonObject { ["name"] = "CC0-1.0" }),
    };
}
