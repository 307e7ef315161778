using Analys.Database.Contract;
using Analys.Load;

namespace Analys.Database.Rows;

/// <summary>Extracts and files as sources of aggregates.</summary>
public static class RowSources
{
    /// <summary>An extract in memory.</summary>
    /// <param name="extract">The extract.</param>
    public static IAggregateSource Of(Extract extract)
    {
        ArgumentNullException.ThrowIfNull(extract);
        var sha256 = extract.Provenance.Sources.FirstOrDefault()?.Sha256;
        var name = extract.Provenance.Sources.FirstOrDefault()?.File ?? extract.Schema.Name;
        return new RowSource(new SourceDescription(name, sha256 ?? "", extract.Schema), () => [(0L, extract.Columns)], () => sha256, long.MaxValue);
    }

    /// <summary>A CSV file of any size, read again in each pass, in bounded memory.</summary>
    /// <param name="path">The file.</param>
    /// <param name="schema">Its schema; null to find it as <see cref="Extract.Load"/> does.</param>
    public static IAggregateSource Stream(string path, TableSchema? schema = null) => Stream(path, schema, RowSource.MostEntries);

    internal static RowSource Stream(string path, TableSchema? schema, long mostEntries)
    {
        // The schema is known once the first block has been read; that the whole file satisfies it, the first whole pass shows.
        var stream = ExtractStream.Open(path, schema);
        foreach (var _ in stream) break;
        string? sha256 = null;
        return new RowSource(
            new SourceDescription(Path.GetFileName(path), "", stream.Schema!),
            () => Pass(stream, () => sha256 = stream.Provenance!.Sources[0].Sha256),
            () => sha256,
            mostEntries);
    }

    private static IEnumerable<(long FirstRow, IReadOnlyList<Column> Columns)> Pass(ExtractStream stream, Action ended)
    {
        foreach (var chunk in stream) yield return (chunk.FirstRow, chunk.Columns);
        ended();
    }
}
