using System.Globalization;
using System.Reflection;
using Analys.Notebooks.Engine;
using Microsoft.CodeAnalysis.CSharp;

namespace Analys.Notebooks.CSharp;

/// <summary>C# cells: each is a script that sees what those before it declared.</summary>
internal sealed class CSharpCells(SessionOptions options) : CellLanguage
{
    private readonly ScriptChain chain = new();
    private readonly ScriptState state = new();
    private readonly NotebookLoadContext assemblies = new();
    private readonly PackageReferences packages = new();
    private readonly HashSet<string> referred = new(StringComparer.Ordinal);

    public override string Name => "csharp";

    public override string Summary => "C# (the language of a cell without a magic)";

    public override IReadOnlyList<Variable> Variables =>
        [.. state.Fields().Select(found => new Variable(found.Field.Name, found.Field.FieldType, found.Field.GetValue(found.Owner)))];

    public override Task<CellValue?> RunAsync(CellCode code, CellContext context) =>
        RunAsync(new string('\n', code.FirstLine - 1) + code.Text, context.Source, context);

    public override void SetValue(string name, object? value)
    {
        if (!SyntaxFacts.IsValidIdentifier(name)) throw CellException.Directive($"'{name}' is no name for a C# variable.");
        var type = TypeText.Nameable(value?.GetType());
        if (value is not null && value.GetType().Assembly is { IsDynamic: false, Location.Length: > 0 } assembly) Refer(assembly.Location);
        var ticket = SharedValues.Put(value);
        var code = string.Create(CultureInfo.InvariantCulture, $"{type} {name} = ({type})global::Analys.Notebooks.CSharp.SharedValues.Take({ticket});");
        var compiled = chain.Compile(ScriptChain.Parse(code, name), CancellationToken.None);
        Start(compiled!)().GetAwaiter().GetResult();
    }

    public override Completions Complete(string code, int position) => CSharpCompletion.Of(chain, code, position);

    public override string? Inspect(string code, int position) => CSharpInspection.Of(chain, code, position);

    public override Completeness IsComplete(string code)
    {
        var tree = ScriptChain.Parse(code, "");
        if (!SyntaxFactory.IsCompleteSubmission(tree)) return Completeness.Incomplete;
        var wrong = tree.GetDiagnostics().Any(diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
        return wrong ? Completeness.Invalid : Completeness.Complete;
    }

    private async Task<CellValue?> RunAsync(string text, string source, CellContext context)
    {
        var head = ScriptHead.Take(text);
        foreach (var line in head.Lines) await HeadLineAsync(line, context).ConfigureAwait(false);
        var tree = ScriptChain.Parse(head.Rest, source);
        try
        {
            var compiled = chain.Compile(tree, context.Interrupted);
            if (compiled is null) return null;
            var value = await CellThread.RunAsync(Start(compiled), context).ConfigureAwait(false);
            return compiled.HasValue && value is not null ? new CellValue(value) : null;
        }
        catch (Exception failure) when (failure is not (CellException or OperationCanceledException { CancellationToken.IsCancellationRequested: true } or CellInterruptedException))
        {
            // A loop check that ends a parallel loop or a static constructor comes out wrapped.
            if (context.IsInterrupted) throw new CellInterruptedException();
            throw new CellException(CellTraceback.Of(failure, source));
        }
    }

    private Func<Task<object?>> Start(ScriptCode compiled)
    {
        var assembly = assemblies.LoadSubmission(compiled.Assembly, compiled.Symbols);
        var method = assembly.GetType(compiled.EntryType)!.GetMethod(compiled.EntryMethod, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;
        var factory = method.CreateDelegate<Func<object?[], Task<object?>>>();
        var slots = state.ForNextCell(chain.Count);
        return () => factory(slots);
    }

    private async Task HeadLineAsync(ScriptHeadLine line, CellContext context)
    {
        try
        {
            switch (line.Kind)
            {
                case ScriptHeadKind.Assembly:
                    Refer(NotebookPaths.FindAssembly(line.Argument, options.Directory));
                    break;
                case ScriptHeadKind.Package:
                    await ReferPackageAsync(line.Argument, context).ConfigureAwait(false);
                    break;
                case ScriptHeadKind.Load:
                    var path = NotebookPaths.Find(line.Argument, options.Directory);
                    var code = await File.ReadAllTextAsync(path, context.Interrupted).ConfigureAwait(false);
                    await RunAsync(code, "#load " + Path.GetFileName(path), context).ConfigureAwait(false);
                    break;
            }
        }
        catch (CellException failure) when (failure.Error.Line is null || line.Kind == ScriptHeadKind.Load)
        {
            throw new CellException(failure.Error with { Line = line.Line });
        }
    }

    private async Task ReferPackageAsync(string package, CellContext context)
    {
        if (await packages.AddAsync(package, context.Interrupted).ConfigureAwait(false) is not { } assets) return;
        foreach (var path in assets.Native) assemblies.ReferNative(path);
        foreach (var path in assets.Runtime) assemblies.Refer(path);
        foreach (var path in assets.Compile.Where(referred.Add)) chain.Refer(path);
    }

    private void Refer(string path)
    {
        if (Path.GetDirectoryName(path) == FrameworkReferences.Directory || path == typeof(CSharpCells).Assembly.Location || !referred.Add(path)) return;
        assemblies.Refer(path);
        chain.Refer(path);
    }
}
