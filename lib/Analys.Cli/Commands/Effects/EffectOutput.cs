using Analys.Domain;
using Analys.Measure.Effects;
using Analys.Measure.Effects.Panel;
using Analys.Present;
using Analys.Present.Effects;

namespace Analys.Cli.Commands.Effects;

/// <summary>The folder of a study: figures, tables, a section to read, records and the manifest.</summary>
internal static class EffectOutput
{
    /// <summary>Writes the folder and says what stands in it.</summary>
    /// <param name="target">The folder.</param>
    /// <param name="released">The records.</param>
    /// <param name="run">The study.</param>
    /// <param name="call">The call, for the record.</param>
    /// <param name="language">sv or en.</param>
    public static IReadOnlyList<string> Write(string target, Released released, EffectRun run, string call, string language)
    {
        if (File.Exists(target)) throw new CallException("--out names a file; a folder is wanted.");
        var tongue = language == "en" ? Language.English : Language.Swedish;
        var figures = released.AllEffectFigures(tongue);
        EffectStory story = new(run.Columns.Outcome!, run.Columns.Unit ?? "", run.Columns.IsPanel,
            run.Call.Comparison == ComparisonGroup.NotYet,
            run.Columns.Covariates, [.. run.Notes.Select(note => (note.Code, note.Text))]);
        var page = tongue == Language.English ? "effect.html" : "effekt.html";
        using OutputFolder folder = new(target);
        folder.Write(page, EffectSection.Page(EffectSection.Html(released, story, figures, tongue), tongue));
        var records = tongue == Language.English ? "results.json" : "resultat.json";
        folder.Write(records, stream => RecordWriter.WriteJson(stream, released, call));
        FigureFiles.WriteTo(folder, figures);
        Dictionary<string, string> options = new() { ["call"] = call, ["language"] = language, ["design"] = run.Design };
        if (run.Plan is { } plan)
        {
            options["plan"] = plan.Sha256;
            options["plan.written"] = plan.Content.GetValueOrDefault("written", "");
            options["plan.outcomeRead"] = plan.Content.GetValueOrDefault("outcomeRead", "");
            foreach (var (field, planned, done) in run.Deviations) options[$"deviation.{field}"] = $"planned {planned}, done {done}";
        }

        folder.Write(Manifest.FileName, new Manifest("effect", options, released.Policy.Name, released.Provenance, folder.Written).Write);
        folder.Commit();
        return [Path.Combine(target, page), $"{figures.Count} figures, {records} and {Manifest.FileName} in {target}"];
    }
}
