using System.Text;

namespace Analys.Load.Csv;

/// <summary>Reads a CSV file into typed columns on all cores, or says everything that is wrong with it.</summary>
internal static class CsvFile
{
    /// <summary>What was read, or why not.</summary>
    public sealed record Outcome(Column[] Columns, TableSchema Schema, string Sha256, long Rows, IReadOnlyList<Finding> Findings);

    public static Outcome Read(string path, TableSchema? schema, int? threads = null)
    {
        var file = Path.GetFileName(path);
        return Guarded<Outcome>(path, schema, encoding => Read(path, file, schema, encoding, threads ?? Environment.ProcessorCount), finding => new Outcome(
            [], schema ?? new TableSchema { Name = file, Fields = [] }, "", 0, [finding]));
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
            return failed(At(FindingCodes.Source, e is FileNotFoundException or DirectoryNotFoundException ? "a file that exists" : "a file that can be read"));
        }
    }

    private static Outcome Read(string path, string file, TableSchema? schema, Encoding encoding, int threads)
    {
        using var source = new CsvSource(path, encoding);
        return Read(source, file, schema, threads);
    }

    /// <summary>Reads what stands in a source, whatever it was made from.</summary>
    public static Outcome Read(CsvSource source, string file, TableSchema? schema, int threads)
    {
        var first = source.Blocks.Next();
        var layout = new CsvLayout(first, schema, schema?.Dialect ?? Dialect.Default, file);
        if (first is null)
        {
            return new Outcome([], layout.Schema, source.Sha256(), 0, CsvFindings.Collect(layout, [], file));
        }

        var work = new BlockQueue(source, layout, first);
        var parsed = work.Run(threads);
        var findings = CsvFindings.Collect(layout, parsed, file);
        var rows = CsvFindings.UpToFooter(parsed).Sum(block => (long)block.Rows);
        return new Outcome(findings.Count > 0 ? [] : ColumnAssembly.Assemble(layout, CsvFindings.UpToFooter(parsed)), layout.Schema, source.Sha256(), rows, findings);
    }
}
