using System.CommandLine;
using System.Globalization;
using Analys.Domain;
using Analys.Load;
using Analys.Load.Schema;
using Analys.Measure.Effects;
using Analys.Measure.Effects.Planning;

namespace Analys.Cli.Commands.Effects;

/// <summary><c>analys effect plan FILE</c>: what will be done, decided, hashed and dated before an outcome is read.</summary>
internal static class EffectPlanCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var sources = new SourceOptions();
        var schema = CommonOptions.Schema();
        var sheet = CommonOptions.Sheet();
        var options = new EffectOptions();
        var output = new Option<string>("--out") { Description = "The plan to write", HelpName = "plan.json", Required = true };
        var date = new Option<string?>("--date") { Description = "The day of the plan, YYYY-MM-DD; today without it" };
        var correlation = CommonOptions.Number("--correlation",
            "The share of the outcome's variance that lies between clusters, for the smallest effect that would be seen");
        var gate = new GateOptions(GateParts.All & ~GateParts.Ledger);
        var command = new Command("plan",
            "Decide outcome, window, estimator and comparison before outcomes are read: written, hashed, dated")
        {
            sources.File, schema, sheet, output, date, correlation,
        };
        foreach (var option in gate.All.Concat(options.All).Concat(sources.All)) command.Add(option);
        command.SetAction((call, cancel) => Task.Run(
            () =>
            {
                var columns = options.Columns(call);
                var asked = options.Call(call, columns.IsPanel);
                var blind = columns with { Outcome = null };
                var (extract, read) = sources.FileOf(call) is { } file
                    ? Blind(terminal, file, call.GetValue(schema), call.GetValue(sheet), columns.Outcome!)
                    : (EffectCommand.Pulled(sources, call, call.GetValue(schema), blind, cancel), "no: the source was not asked for it");
                var reader = new EffectReader(extract, blind);
                var window = "";
                int treated, comparison;
                int? treatedClusters = null, comparisonClusters = null;
                if (columns.IsPanel)
                {
                    var panel = reader.Panel();
                    window = EffectRun.Window(panel);
                    (treated, comparison) = (panel.Treated, panel.Units - panel.Treated);
                }
                else
                {
                    var persons = reader.Persons();
                    (treated, comparison) = (persons.TreatedRows.Length, persons.ComparisonRows.Length);
                    if (persons.Clusters is { } clusters)
                    {
                        treatedClusters = persons.TreatedRows.Select(row => clusters[row]).Distinct().Count();
                        comparisonClusters = persons.ComparisonRows.Select(row => clusters[row]).Distinct().Count();
                    }
                }

                var decisions = EffectPlan.Decisions(columns, asked, EffectPlan.Design(extract, blind), window);
                EffectPlan plan = new() { Content = decisions.SetItem("written", Day(call.GetValue(date))).SetItem("outcomeRead", read) };
                OutputFile.Write(call.GetRequiredValue(output), plan.Write);
                foreach (var note in reader.Notes) terminal.Errors.WriteLine($"analys: note: {note.Text}");
                terminal.Errors.WriteLine($"analys: {call.GetRequiredValue(output)}, sha256 {plan.Sha256}; outcome read: {read}");
                var findings = new EffectFindings([.. Smallest(treated, comparison, treatedClusters, comparisonClusters,
                    call.GetValue(correlation), asked.Level)], []);
                var (results, _) = EffectResults.Of(findings, false, extract.Confidentiality, extract.Provenance);
                results = new(results.Select(row => row with { UnitOverride = Units.Deviations }), results.Confidentiality,
                    results.Provenance);
                gate.Print(terminal, call, results);
                return ExitCode.Done;
            },
            cancel));
        return command;
    }

    // The smallest effect that would be seen, in standard deviations of the outcome within groups: all that can be said before it is read.
    private static IEnumerable<Estimate> Smallest(int treated, int comparison, int? treatedClusters, int? comparisonClusters,
        double? correlation, double level)
    {
        const string id = "minimum-detectable-effect";
        if (correlation is < 0 or >= 1) throw new CallException("--correlation is from 0 to below 1.");
        // A function of the two counts alone, which the gate has looked at.
        var record = new Estimate(id) { Treated = treated, Comparison = comparison, OfCounts = true };
        yield return treated < 1 || comparison < 1 || treated + comparison < 3
            ? record with { Reason = "no two groups to compare" }
            : (record with { Value = Power.Individual(treated, comparison, level) }).With("design", "individual");
        if (treatedClusters is not { } one || comparisonClusters is not { } other || correlation is not { } share) yield break;
        yield return (record with { Value = Power.Cluster(one, other, (treated + comparison) / (double)(one + other), share, level) })
            .With("design", "cluster").With("correlation", share.ToString("R", CultureInfo.InvariantCulture));
    }

    private static string Day(string? given)
    {
        if (given is null) return DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime)
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return DateOnly.TryParseExact(given, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : throw new CallException("--date is written YYYY-MM-DD.");
    }

    // A delimited text is copied without the outcome's cells, and the copy is what is read. Other kinds are read whole, and the column is
    // not used.
    private static (Extract Extract, string Read) Blind(Terminal terminal, string file, string? schema, string? sheet, string outcome)
    {
        if (!File.Exists(file) || BlindCopy.Of(file, outcome) is not { } copy)
            return (CommonOptions.LoadExtract(terminal, file, schema, sheet), "by the reader of the format, not by the plan");
        var folder = Directory.CreateTempSubdirectory("analys").FullName;
        try
        {
            var path = Path.Combine(folder, Path.GetFileName(file));
            File.WriteAllBytes(path, copy.Bytes);
            var given = schema is null ? SchemaFinder.Find(file) : TableSchema.Load(schema);
            given = given is null ? null : given with { Fields = [.. given.Fields.Where(field => field.Name != outcome)] };
            return (Extract.Load(path, given, sheet), copy.Had ? "no: the file was copied without it, and the copy was read"
                : "no: the file does not have it");
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }
}

/// <summary>A delimited text without one of its columns, byte by byte: what stands in it is passed over, not parsed.</summary>
internal static class BlindCopy
{
    /// <summary>The copy; null where the file is no delimited text whose header is found in its first rows.</summary>
    /// <param name="file">The file.</param>
    /// <param name="column">The column to leave out.</param>
    public static (byte[] Bytes, bool Had)? Of(string file, string column)
    {
        if (!(file.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".txt", StringComparison.OrdinalIgnoreCase)
            || file.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase))) return null;
        var bytes = File.ReadAllBytes(file);
        // UTF-16 has a zero in every other byte: another kind of text, left to its reader.
        if (bytes.AsSpan(0, Math.Min(bytes.Length, 4096)).Contains((byte)0)) return null;
        foreach (var separator in ";,\t|"u8)
        {
            var at = 0;
            for (var line = 0; line < 30 && at < bytes.Length; line++)
            {
                var cells = Cells(bytes, at, separator, out var next);
                for (var k = 0; k < cells.Count && cells.Count > 1; k++)
                {
                    if (Named(bytes, cells[k], column)) return (Without(bytes, separator, k), true);
                }

                at = next;
            }
        }

        return (bytes, false);
    }

    private static bool Named(byte[] bytes, (int From, int To) cell, string column)
    {
        var text = bytes.AsSpan(cell.From, cell.To - cell.From);
        if (text.StartsWith("\ufeff"u8)) text = text[3..];
        text = text.Trim(" "u8);
        if (text.Length > 1 && text[0] == '"' && text[^1] == '"') text = text[1..^1];
        text = text.Trim(" "u8);
        return text.SequenceEqual(System.Text.Encoding.UTF8.GetBytes(column))
            || text.SequenceEqual(System.Text.Encoding.Latin1.GetBytes(column));
    }

    private static byte[] Without(byte[] bytes, byte separator, int column)
    {
        using var copy = new MemoryStream(bytes.Length);
        for (var at = 0; at < bytes.Length;)
        {
            var cells = Cells(bytes, at, separator, out var next);
            var end = cells[^1].To;
            if (column >= cells.Count) copy.Write(bytes, at, end - at);
            else
            {
                // The separator before the cell goes with it; of the first cell the one after it.
                var from = column == 0 ? cells[0].From : cells[column].From - 1;
                var to = column == 0 && cells.Count > 1 ? cells[0].To + 1 : cells[column].To;
                copy.Write(bytes, at, from - at);
                copy.Write(bytes, to, end - to);
            }

            copy.Write(bytes, end, next - end);
            at = next;
        }

        return copy.ToArray();
    }

    // The cells of the record that begins at a place; next is where the following one begins. Quotes hold separators and line ends.
    private static List<(int From, int To)> Cells(byte[] bytes, int at, byte separator, out int next)
    {
        List<(int, int)> cells = [];
        var from = at;
        var quoted = false;
        for (var i = at; i < bytes.Length; i++)
        {
            var c = bytes[i];
            if (c == '"') quoted = !quoted;
            else if (!quoted && c == separator)
            {
                cells.Add((from, i));
                from = i + 1;
            }
            else if (!quoted && c is (byte)'\n' or (byte)'\r' && !quoted)
            {
                cells.Add((from, i));
                next = i + (c == '\r' && i + 1 < bytes.Length && bytes[i + 1] == '\n' ? 2 : 1);
                return cells;
            }
        }

        cells.Add((from, bytes.Length));
        next = bytes.Length;
        return cells;
    }
}
