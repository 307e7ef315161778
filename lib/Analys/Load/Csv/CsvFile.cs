using System.Text;

namespace Analys.Load.Csv;

/// <summary>Reads a CSV file into typed columns on all cores, or says everything that is wrong with it.</summary>
internal static class CsvFile
{
    /// <summary>What was read, or why not.</summary>
    public sealed record Outcome(Column[] Columns, TableSchema Schema, string Sha256, long Rows, IReadOnlyList<Finding> Findings, IReadOnlyList<Notice> Notices, RowMap Map);

    public static Outcome Read(string path, TableSchema? schema, int? threads = null)
    {
        var file = Path.GetFileName(path);
        return Guarded<Outcome>(path, schema, encoding => Read(() => new CsvSource(path, encoding), file, schema, threads ?? Environment.ProcessorCount), finding => new Outcome(
            [], schema ?? new TableSchema { Name = file, Fields = [] }, "", 0, [finding], [], RowMap.Plain));
    }

    /// <summary>Runs a reading under the encoding that the bytes tell, again as Windows-1252 where they are not UTF-8, and turns failures into a finding.</summary>
    public static T Guarded<T>(string path, TableSchema? schema, Func<Encoding, T> read, Func<Finding, T> failed)
    {
        Finding At(string code, string expected) => new(code, Path.GetFileName(path), null, null, null, expected);
        try
        {
            if (schema?.Dialect.Encoding is { } name)
            {
                return TextEncoding.TryByName(name) is { } named ? read(named) : failed(At(FindingCodes.Encoding, "an encoding that is known"));
            }

            try
            {
                return read(CsvSource.Detect(path));
            }
            catch (NotUtf8Exception)
            {
                return read(TextEncoding.Windows1252);
            }
        }
        catch (NotUtf8Exception)
        {
            return failed(At(FindingCodes.Encoding, "text in the encoding that the schema names"));
        }
        catch (InvalidDataException e)
        {
            return failed(At(FindingCodes.Source, e.Message));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return failed(Sources.SourceReader.Unopened(path, e));
        }
    }

    /// <summary>Reads what stands in a source, whatever it was made from.</summary>
    /// <param name="open">Opens the source; more than once where its first block has misled.</param>
    /// <param name="file">The file's name.</param>
    /// <param name="schema">The schema; null to infer one.</param>
    /// <param name="threads">How many threads parse.</param>
    /// <param name="native">Whether the cells were typed in their source.</param>
    public static Outcome Read(Func<CsvSource> open, string file, TableSchema? schema, int threads, bool native = false)
    {
        var (read, layout, notes) = Read(open, file, schema, threads, native, null);
        if (schema is not null || !(read.Findings.Any(finding => finding.Code == FindingCodes.Type) || HasFalseDoubt(read))) return read;
        // The guess from the first block does not hold for the rest, or notes were taken for cells: the whole table decides.
        using var source = open();
        return Read(open, file, null, threads, native, SchemaInference.Of(source, layout, notes, file, native)).Outcome;
    }

    private static bool HasFalseDoubt(Outcome read) =>
        read.Columns.OfType<TextColumn>().Any(column => column.Field.Doubt is { Kind: DoubtKind.Stray } doubt && doubt.RowsOf(column, read.Map).Count == 0);

    // The outcome, how the file is laid out, and the row where notes after the table begin.
    private static (Outcome Outcome, CsvLayout Layout, long Notes) Read(Func<CsvSource> open, string file, TableSchema? schema, int threads, bool native, Inferred? inferred)
    {
        using var source = open();
        var first = source.Blocks.Next();
        var layout = new CsvLayout(first, schema, file, native, inferred);
        if (first is null)
        {
            return (new Outcome([], layout.Schema, source.Sha256(), 0, CsvFindings.Collect(layout, [], file), [], RowMap.Plain), layout, long.MaxValue);
        }

        var work = new BlockQueue(source, layout, first);
        var parsed = work.Run(threads);
        var findings = CsvFindings.Collect(layout, parsed, file);
        var table = CsvFindings.UpToFooter(parsed);
        var rows = table.Sum(block => (long)block.Rows);
        var map = CsvFindings.Map(layout, table);
        var notes = CsvNotices.Footer(parsed)?.First[0] ?? long.MaxValue;
        if (findings.Count > 0) return (new Outcome([], layout.Schema, source.Sha256(), rows, findings, [], map), layout, notes);
        var columns = ColumnAssembly.Assemble(layout, table);
        if (schema is not null) return (new Outcome(columns, layout.Schema, source.Sha256(), rows, findings, [], map), layout, notes);
        var (kept, notices) = CsvNotices.Of(layout, parsed, columns, map, file);
        var own = kept.Length == columns.Length ? layout.Schema : layout.Schema with { Fields = [.. kept.Select(column => column.Field)] };
        return (new Outcome(kept, own, source.Sha256(), rows, findings, notices, map), layout, notes);
    }
}
