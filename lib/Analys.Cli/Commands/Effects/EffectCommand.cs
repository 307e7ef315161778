using System.CommandLine;
using Analys.Database;
using Analys.Database.Sql;
using Analys.Domain;
using Analys.Load.Undescribed;
using Analys.Measure.Effects;

namespace Analys.Cli.Commands.Effects;

/// <summary>
/// <c>analys effect FILE</c>: what a measure did to those who got it; <c>analys effect plan FILE</c> decides how before outcomes are seen.
/// </summary>
internal static class EffectCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var sources = new SourceOptions();
        var schema = CommonOptions.Schema();
        var sheet = CommonOptions.Sheet();
        var options = new EffectOptions();
        var plan = new Option<string?>("--plan")
        {
            Description = "The plan that was written before: every deviation is reported",
            HelpName = "plan.json"
        };
        var folder = new Option<string?>("--out")
        {
            Description =
            "A folder for figures, tables, a section in Swedish, records and the manifest",
            HelpName = "FOLDER"
        };
        var language = CommonOptions.TextLanguage("The language of figures and section: sv or en");
        var gate = new GateOptions();
        var command = new Command("effect", "What a measure did to those who got it, also with few") { sources.File, schema, sheet, plan,
            folder, language };
        foreach (var option in gate.All.Concat(options.All).Concat(sources.All)) command.Add(option);
        command.Add(EffectPlanCommand.Create(terminal));
        command.SetAction((call, cancel) => Task.Run(
            () =>
            {
                var columns = options.Columns(call);
                var asked = options.Call(call, columns.IsPanel);
                var planned = call.GetValue(plan) is { } path ? Read(path) : null;
                var extract = sources.FileOf(call) is { } file
                    ? CommonOptions.LoadExtract(terminal, file, call.GetValue(schema), call.GetValue(sheet))
                    : Pulled(sources, call, call.GetValue(schema), columns, cancel);
                var study = EffectRun.Of(extract, columns, asked, planned, !gate.IsConfidential(call));
                foreach (var note in study.Notes) terminal.Errors.WriteLine($"analys: note: {note.Text}");
                var released = gate.Release(call, study.Results);
                if (released.SuppressedCount * 2 > released.Count)
                {
                    terminal.Errors.WriteLine("analys: note: most figures are withheld, as single units would show or move them too far: "
                        + "effect-range, p-range and balance-range say between what they lie. More units, fewer covariates and "
                            + "categories, or an outcome of 0 and 1 (then risk-difference, mid-p and power "
                        + "are judged by their counts) show more. If the rows are published figures (of districts), a schema with "
                        + "\"confidentiality\": \"public\" says so; inside a secure environment "
                        + "--confidential shows all.");
                }

                terminal.Results(released, gate.Format(call));
                if (call.GetValue(folder) is { } target)
                {
                    foreach (var line in EffectOutput.Write(target, released, study, terminal.Call,
                        call.GetValue(language)!)) terminal.Errors.WriteLine($"analys: {line}");
                }

                return ExitCode.Done;
            },
            cancel));
        return command;
    }

    /// <summary>
    /// The columns of a study from a source of rows: each unit and period is one row, so that a sum over it is the row itself.
    /// </summary>
    public static Extract Pulled(SourceOptions sources, ParseResult call, string? schema, EffectColumns columns, CancellationToken cancel)
    {
        using var source = sources.OpenCounts(call, SourceOptions.Schema(schema));
        var fields = source.Description.Schema;
        bool IsNumber(string name) => (fields.Find(name) ?? throw new ColumnNotFoundException(
            $"There is no column {name}. The columns are {string.Join(", ", fields.Fields.Select(field => field.Name))}.")).IsNumeric;
        string[] numbers = [.. columns.Covariates.Append(columns.Weight).Append(columns.Outcome).OfType<string>().Where(IsNumber)
            .Distinct()];
        string[] keys = [.. new[] { columns.Unit, columns.Time, columns.Start, columns.Treated, columns.Cluster, columns.Outcome,
            columns.Weight }.OfType<string>()
            .Concat(columns.Covariates).Distinct().Except(numbers)];
        if (columns.Unit is null) throw new CallException("A --source needs --unit: rows are told apart by it.");
        var extract = SourceAddress.Guarded(() => AggregatedExtract.Of(source, keys, numbers, areCounts: false, cancel));
        if (extract.Provenance.Sources.Sum(one => one.Rows) != extract.RowCount)
            throw new CellException("The source has several rows for one unit and period: give one row each, by a view that adds them up.");
        return extract;
    }

    private static EffectPlan Read(string path)
    {
        using var stream = File.Exists(path) ? File.OpenRead(path) : throw new CallException($"There is no plan {Path.GetFileName(path)}.");
        return EffectPlan.Read(stream);
    }
}
