using Analys.Domain;

namespace Analys.Load;

/// <summary>
/// Something wrong with a file. It has coordinates and says what was expected; it never holds or repeats a cell's value.
/// </summary>
/// <param name="Code">A stable code; Frictionless's name where there is one (<c>type-error</c>, <c>missing-cell</c>, ...).</param>
/// <param name="File">The file's name, without its folder.</param>
/// <param name="Row">The row in the file, the header being row 1; null where it concerns the whole file or column.</param>
/// <param name="Column">The name of the column; null where it concerns the row or the file.</param>
/// <param name="Field">The number of the column, from 1.</param>
/// <param name="Expected">What was expected there.</param>
[TypeFormatterSource("Analys.Present.Notebook.FindingFormatters")]
public sealed record Finding(string Code, string File, long? Row, string? Column, int? Field, string Expected);

/// <summary>A file cannot be made into an extract: the findings say why.</summary>
[TypeFormatterSource("Analys.Present.Notebook.FindingFormatters")]
public sealed class ExtractRejectedException : Exception
{
    /// <summary>Puts the findings together in one message without values.</summary>
    /// <param name="file">The file's name.</param>
    /// <param name="findings">What is wrong.</param>
    public ExtractRejectedException(string file, IReadOnlyList<Finding> findings)
        : base(Describe(file, findings))
    {
        Findings = findings;
    }

    /// <summary>Everything that is wrong.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    private static string Describe(string file, IReadOnlyList<Finding> findings)
    {
        var kinds = findings.GroupBy(finding => (finding.Code, finding.Column)).Take(3)
            .Select(kind => $"{kind.Key.Code}{(kind.Key.Column is { } column ? $" in {column}" : "")} ({kind.First().Expected})");
        return $"{file} was rejected with {findings.Count} findings: {string.Join("; ", kinds)}.";
    }
}
