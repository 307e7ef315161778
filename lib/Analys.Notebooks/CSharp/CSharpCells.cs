using System.Collections.Concurrent;
using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using Analys.Notebooks.Engine;
using Microsoft.CodeAnalysis;
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
    private readonly HashSet<string> opened = new(StringComparer.Ordinal);

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
        var code = string.Create(
            CultureInfo.InvariantCulture, $"{type} {name} = ({type})global::Analys.Notebooks.CSharp.SharedValues.Take({ticket});");
        var compiled = chain.Compile(ScriptChain.Parse(code, name), CancellationToken.None);
        Start(compiled!)().GetAwaiter().GetResult();
    }

    public override Completions Complete(string code, int position)
    {
        var place = CompletionPlace.Of(chain, code, position);
        if (place.Kind == PlaceKind.Text)
        {
            var directory = options.Directory ?? Environment.CurrentDirectory;
            return new TextCompletion(place, Value, Loaded, directory).Find();
        }
        return new CSharpCompletion(place).Find(new UnimportedTypes(chain.Assemblies), options.EditsAcrossLines);
    }

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
        catch (Exception failure) when (failure is not (CellException or CellInterruptedException
            or OperationCanceledException { CancellationToken.IsCancellationRequested: true }))
        {
            // A loop check that ends a parallel loop or a static constructor comes out wrapped.
            if (context.IsInterrupted) throw new CellInterruptedException();
            throw new CellException(CellTraceback.Of(failure, context, source));
        }
    }

    private object? Value(string variable) =>
        state.Fields() is var fields && fields.FindIndex(found => found.Field.Name == variable) is >= 0 and var at
        ? fields[at].Field.GetValue(fields[at].Owner)
        : null;

    private Type? Loaded(INamedTypeSymbol type)
    {
        var name = type.ContainingAssembly?.Name;
        var assembly = assemblies.Assemblies.FirstOrDefault(loaded => loaded.GetName().Name == name);
        return assembly?.GetType(type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat));
    }

    private Func<Task<object?>> Start(ScriptCode compiled)
    {
        var assembly = assemblies.LoadSubmission(compiled.Assembly, compiled.Symbols);
        const BindingFlags Any = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        var method = assembly.GetType(compiled.EntryType)!.GetMethod(compiled.EntryMethod, Any)!;
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
        foreach (var path in assets.Runtime) Open(path);
    }

    private void Open(string path)
    {
        foreach (var space in NotebookUsings.Of(path).Where(opened.Add))
        {
            chain.Compile(ScriptChain.Parse($"using {space};", "usings"), CancellationToken.None);
        }
    }

    private void Refer(string path)
    {
        var isKnown = Path.GetDirectoryName(path) == FrameworkReferences.Directory || path == typeof(CSharpCells).Assembly.Location;
        if (isKnown || !referred.Add(path)) return;
        assemblies.Refer(path);
        chain.Refer(path);
        Open(path);
    }
}

/// <summary>The objects that earlier cells left behind: one per cell, with a field for every variable.</summary>
internal sealed class ScriptState
{
    private const BindingFlags Own =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private object?[] slots = new object?[16];

    /// <summary>The array that the next cell reads earlier objects from and writes its own into.</summary>
    public object?[] ForNextCell(int cells)
    {
        // Cells keep the objects, not the array, so it may grow.
        if (slots.Length < cells + 2) Array.Resize(ref slots, Math.Max(cells + 2, slots.Length * 2));
        return slots;
    }

    /// <summary>All variables in the order of their declaration, the newest meaning of each name.</summary>
    public List<(FieldInfo Field, object Owner)> Fields()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var found = new List<(FieldInfo, object)>();
        for (var i = slots.Length - 1; i >= 0; i--)
        {
            if (slots[i] is not { } owner) continue;
            var fields = owner.GetType().GetFields(Own).Where(field => !field.Name.StartsWith('<') && seen.Add(field.Name));
            found.InsertRange(0, fields.Select(field => (field, owner)));
        }
        return found;
    }
}

/// <summary>Where a value from another language waits for the line of C# that gives it a name.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SharedValues
{
    private static readonly ConcurrentDictionary<int, object?> Waiting = new();
    private static int last;

    /// <summary>Takes a value away.</summary>
    public static object? Take(int ticket) => Waiting.TryRemove(ticket, out var value) ? value : null;

    internal static int Put(object? value)
    {
        var ticket = Interlocked.Increment(ref last);
        Waiting[ticket] = value;
        return ticket;
    }
}

/// <summary>
/// Runs the code of one cell on a thread of its own, so that a thread that sleeps or waits can be woken, and one that never stops can be
/// left behind.
/// </summary>
internal static class CellThread
{
    private const int StackSize = 16 * 1024 * 1024;
    private static readonly TimeSpan Knock = TimeSpan.FromMilliseconds(100);

    public static async Task<object?> RunAsync(Func<Task<object?>> code, CellContext context)
    {
        var begun = new TaskCompletionSource<Task<object?>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => Begin(code, context, begun), StackSize) { IsBackground = true, Name = context.Source };
        thread.Start();
        var running = begun.Task.Unwrap();

        var interrupted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = context.Interrupted.Register(interrupted.SetResult);
        if (await Task.WhenAny(running, interrupted.Task).ConfigureAwait(false) == running)
        {
            try
            {
                return await running.ConfigureAwait(false);
            }
            catch (ThreadInterruptedException) when (context.IsInterrupted)
            {
                throw new CellInterruptedException();
            }
        }
        await StopAsync(begun.Task, running, thread, context).ConfigureAwait(false);
        throw new CellInterruptedException();
    }

    private static void Begin(Func<Task<object?>> code, CellContext context, TaskCompletionSource<Task<object?>> begun)
    {
        CellContext.Current = context;
        try
        {
            begun.SetResult(code());
        }
        catch (Exception failure)
        {
            begun.SetException(failure);
        }
    }

    private static async Task StopAsync(Task begun, Task running, Thread thread, CellContext context)
    {
        var time = context.Session.Options.Time;
        var start = time.GetTimestamp();
        // Code that awaits is simply left; code that runs is woken again and again, since it may catch the first interruption.
        while (!begun.IsCompleted && time.GetElapsedTime(start) < context.Session.Options.InterruptPatience)
        {
            thread.Interrupt();
            await Task.WhenAny(running, Task.Delay(Knock)).ConfigureAwait(false);
        }
        if (running.IsCompleted) return;
        context.IsLeftRunning = true;
        _ = running.ContinueWith(
            task =>
            {
                _ = task.Exception;
                context.Stopped();
            },
            TaskScheduler.Default);
        if (begun.IsCompleted) return;
        throw new CellException(
            "Interrupted",
            "The cell did not stop when interrupted. It goes on in the background until the kernel is restarted; its output is dropped.");
    }
}
