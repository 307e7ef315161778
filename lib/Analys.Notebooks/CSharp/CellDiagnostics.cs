using System.Globalization;
using Analys.Notebooks.Engine;
using Microsoft.CodeAnalysis;

namespace Analys.Notebooks.CSharp;

/// <summary>Compiler errors as messages with cell and line: <c>cell 12(2,12): error CS1525: …</c>.</summary>
internal static class CellDiagnostics
{
    public static CellException Failure(IEnumerable<Diagnostic> diagnostics, IEnumerable<Diagnostic> otherwise)
    {
        var errors = Errors(diagnostics);
        if (errors.Count == 0) errors = Errors(otherwise);
        var lines = errors.Select(Text).ToArray();
        int? first = errors.Count == 0 ? null : errors[0].Location.GetMappedLineSpan().StartLinePosition.Line + 1;
        return new CellException(new CellError("CompilationError", string.Join('\n', lines), lines, first));
    }

    // A script without previous cells says, in the name of its host, that unused usings are hidden and the like; errors only are shown.
    private static List<Diagnostic> Errors(IEnumerable<Diagnostic> diagnostics) =>
        [.. diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)];

    private static string Text(Diagnostic diagnostic)
    {
        var message = $"error {diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}";
        if (!diagnostic.Location.IsInSource) return message;
        var span = diagnostic.Location.GetMappedLineSpan();
        var start = span.StartLinePosition;
        return string.Create(CultureInfo.InvariantCulture, $"{span.Path}({start.Line + 1},{start.Character + 1}): {message}");
    }
}
