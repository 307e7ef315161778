using Analys.Disclosure;
using Analys.Domain;
using Analys.Present.Figures;

namespace Analys.Present.Records;

/// <summary>Writes figures as files: pictures, tables and the manifest by which they can be made again.</summary>
public static class FigureFiles
{
    /// <summary>Writes the pictures and tables of figures below a folder being written.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="figures">The figures.</param>
    public static void WriteTo(OutputFolder folder, IEnumerable<Figure> figures)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(figures);
        foreach (var figure in figures)
        {
            folder.Write($"figurer/{figure.Id}.svg", figure.ToSvg());
            folder.Write($"tabeller/{figure.Id}.csv", stream => figure.Table.WriteCsv(stream, figure.Language));
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
        return $"{figures.Count} figurer, {figures.Count} tabeller och {Manifest.FileName}";
    }
}
