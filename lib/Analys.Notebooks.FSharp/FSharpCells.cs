using System.Globalization;
using Analys.Notebooks.CSharp;
using Analys.Notebooks.Engine;
using FSharp.Compiler.Diagnostics;
using FSharp.Compiler.Interactive;
using Microsoft.FSharp.Core;

namespace Analys.Notebooks.FSharp;

/// <summary>F# cells: one interactive session, in which values of library types can be shared with C#.</summary>
internal sealed class FSharpCells : CellLanguage
{
    private Shell.FsiEvaluationSession session = Create();

    /// <inheritdoc/>
    public override string Name => "fsharp";

    /// <inheritdoc/>
    public override string Summary => "F#";

    /// <inheritdoc/>
    public override IReadOnlyList<Variable> Variables =>
        [.. session.GetBoundValues().Select(bound => new Variable(bound.Name, bound.Value.ReflectionType, bound.Value.ReflectionValue))];

    /// <inheritdoc/>
    public override void SetValue(string name, object? value) =>
        session.AddBoundValue(name, value ?? throw new CellException("DirectiveError", "F# takes no null from other languages."));

    /// <inheritdoc/>
    public override async Task<CellValue?> RunAsync(CellCode code, CellContext context)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            return (CellValue?)await CellThread.RunAsync(() => Task.FromResult<object?>(Run(code, context)), context).ConfigureAwait(false);
        }
        catch (CellException) when (context.IsLeftRunning)
        {
            // The old session is still at work on a loop that nothing stops; a new one starts without its variables.
            session = Create();
            throw;
        }
    }

    private static Shell.FsiEvaluationSession Create()
    {
        // Without --usesdkrefs- the session looks for an SDK, and takes its assemblies in place of those that are loaded.
        string[] arguments = ["fsi", "--noninteractive", "--nologo", "--gui-", "--usesdkrefs-", "--quiet"];
        return Shell.FsiEvaluationSession.Create(
            Shell.FsiEvaluationSession.GetDefaultConfiguration(), arguments, TextReader.Null, TextWriter.Null, TextWriter.Null, null, null);
    }

    private CellValue? Run(CellCode code, CellContext context)
    {
        // Directive lines stay empty lines, so that the compiler's lines are the cell's.
        var text = new string('\n', code.FirstLine - 1) + code.Text;
        var stop = FSharpOption<CancellationToken>.Some(context.Interrupted);
        var (choice, diagnostics) = session.EvalInteractionNonThrowing(text, "cell.fsx", stop);
        if (context.Interrupted.IsCancellationRequested) throw new CellInterruptedException();
        var errors = diagnostics.Where(diagnostic => diagnostic.Severity.IsError).ToList();
        if (errors.Count > 0) throw Failure(errors, context);
        if (choice is FSharpChoice<FSharpOption<Shell.FsiValue>, Exception>.Choice2Of2 failed)
        {
            throw new CellException(CellTraceback.Of(failed.Item, context));
        }
        var value = (choice as FSharpChoice<FSharpOption<Shell.FsiValue>, Exception>.Choice1Of2)?.Item;
        return value is null || value.Value.ReflectionType == typeof(Unit) ? null : new CellValue(value.Value.ReflectionValue);
    }

    private static CellException Failure(List<FSharpDiagnostic> errors, CellContext context)
    {
        var lines = errors.ConvertAll(error => string.Create(
            CultureInfo.InvariantCulture,
            $"cell {context.Number}({error.StartLine},{error.StartColumn + 1}): error {error.ErrorNumberText}: {error.Message}"));
        return new CellException(new CellError("CompilationError", string.Join('\n', lines), lines, errors[0].StartLine));
    }
}
