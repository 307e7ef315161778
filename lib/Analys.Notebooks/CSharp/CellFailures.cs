using System.Diagnostics;
using System.Globalization;
using Analys.Notebooks.Display;
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
        var messages = errors.Select(Text).ToArray();
        int? first = errors.Count == 0 ? null : errors[0].Location.GetMappedLineSpan().StartLinePosition.Line + 1;
        string[] traceback = [.. errors.SelectMany((error, i) => Pointed(error).Prepend(messages[i]))];
        return new CellException(new CellError("CompilationError", string.Join('\n', messages), traceback, first));
    }

    // A script without previous cells says, in the name of its host, that unused usings are hidden and the like; errors only are shown.
    private static List<Diagnostic> Errors(IEnumerable<Diagnostic> diagnostics) =>
    [
        .. diagnostics
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start),
    ];

    /// <summary>The line of code that is wrong, and under it a caret where it is.</summary>
    private static IEnumerable<string> Pointed(Diagnostic diagnostic)
    {
        if (diagnostic.Location is not { IsInSource: true, SourceTree: { } tree }) yield break;
        var line = tree.GetText().Lines.GetLineFromPosition(diagnostic.Location.SourceSpan.Start);
        var text = line.ToString();
        var before = text[..Math.Min(text.Length, diagnostic.Location.SourceSpan.Start - line.Start)];
        var length = Math.Clamp(diagnostic.Location.SourceSpan.Length, 1, Math.Max(1, text.Length - before.Length));
        yield return "    " + text;
        // A tab before the place stays a tab, so that the caret stands under it however wide tabs are.
        yield return "    " + string.Concat(before.Select(letter => letter == '\t' ? '\t' : ' ')) + new string('^', length);
    }

    private static string Text(Diagnostic diagnostic)
    {
        var message = $"error {diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}";
        if (!diagnostic.Location.IsInSource) return message;
        var span = diagnostic.Location.GetMappedLineSpan();
        var start = span.StartLinePosition;
        return string.Create(CultureInfo.InvariantCulture, $"{span.Path}({start.Line + 1},{start.Character + 1}): {message}");
    }
}

/// <summary>
/// An exception thrown by a cell, with the cells and lines on its way. Frames in libraries are named without their paths.
/// </summary>
internal static class CellTraceback
{
    /// <summary>What is told of an exception.</summary>
    /// <param name="failure">The exception.</param>
    /// <param name="context">The cell that failed.</param>
    /// <param name="source">The file that the cell's code is in, in the words of its symbols; the cell itself when left out.</param>
    public static CellError Of(Exception failure, CellContext context, string? source = null)
    {
        source ??= context.Source;
        context.Session.LookForConfidential();
        // What a type initialiser or reflection wraps is the cell's own failure.
        while (IsWrapper(failure) && failure.InnerException is { } inner)
        {
            failure = inner;
        }
        var name = failure.GetType().FullName ?? failure.GetType().Name;
        var lines = new List<string> { $"{name}: {Confidential.Message(failure)}" };
        int? line = null;
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (!ReferenceEquals(cause, failure)) lines.Add($"because of {cause.GetType().FullName}: {Confidential.Message(cause)}");
            foreach (var frame in new StackTrace(cause, fNeedFileInfo: true).GetFrames())
            {
                var file = frame.GetFileName();
                var number = frame.GetFileLineNumber();
                if (file == source && number > 0) line ??= number;
                if (Text(frame, file, number) is { } text) lines.Add(text);
            }
        }
        return new CellError(name, Confidential.Message(failure), lines, line);
    }

    private static string? Text(StackFrame frame, string? file, int number)
    {
        var method = frame.GetMethod();
        var type = method?.DeclaringType;
        if (IsCell(file)) return string.Create(CultureInfo.InvariantCulture, $"   at {file}, line {number}");
        if (type is null || type.Namespace?.StartsWith("Analys.Notebooks", StringComparison.Ordinal) == true) return null;
        if (type.FullName!.StartsWith("System.Runtime.ExceptionServices", StringComparison.Ordinal)) return null;
        if (type.FullName.StartsWith("System.Runtime.CompilerServices", StringComparison.Ordinal)) return null;
        if (type.FullName.StartsWith("System.Threading", StringComparison.Ordinal)) return null;
        return type.FullName.StartsWith("Submission#", StringComparison.Ordinal) ? null : $"   at {type.FullName}.{method!.Name}";
    }

    private static bool IsWrapper(Exception failure) => failure is TypeInitializationException
        or System.Reflection.TargetInvocationException
        or AggregateException { InnerExceptions.Count: 1 };

    private static bool IsCell(string? file) =>
        file is not null && (file.StartsWith("cell ", StringComparison.Ordinal) || file.StartsWith("#load ", StringComparison.Ordinal));
}
