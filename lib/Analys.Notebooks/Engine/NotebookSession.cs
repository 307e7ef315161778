using System.Collections;
using Analys.Notebooks.CSharp;
using Analys.Notebooks.Display;

namespace Analys.Notebooks.Engine;

/// <summary>A running notebook: its languages, their variables, and the cell that runs just now. Cells run one at a time.</summary>
public sealed class NotebookSession : IDisposable
{
    private readonly List<CellLanguage> languages;
    private readonly SemaphoreSlim turn = new(1, 1);
    private volatile CellContext? running;

    /// <summary>A session without variables.</summary>
    public NotebookSession(SessionOptions? options = null)
    {
        Options = options ?? new SessionOptions();
        IsSecure = Options.Secure;
        ConsoleCapture.Install();
        languages =
        [
            new CSharpCells(Options),
            new FSharpOnDemand(),
            SqlCells.Open("sql", "Data Source=:memory:", this),
            new TextCells("markdown", "Markdown, shown as it is", MimeBundle.Markdown),
            new TextCells("html", "HTML, shown as it is", MimeBundle.Html),
        ];
    }

    static NotebookSession()
    {
        // A library finds these by name; each speaks of the session whose cell calls.
        AppContext.SetData(Confidential.MarkKey, (Action)(() => CellContext.Current?.Session.MarkConfidential()));
        AppContext.SetData(Confidential.SecureKey, (Func<bool>)(() => CellContext.Current?.Session.IsSecure == true));
        AppContext.SetData(Confidential.WrittenKey, (Func<string, bool>)(text => CellContext.Current?.Session.HasWritten(text) == true));
        AppContext.SetData(Confidential.HoldsKey, (Func<bool>)(() => CellContext.Current?.Session.HoldsConfidential == true));
    }

    /// <summary>What the host has given.</summary>
    public SessionOptions Options { get; }

    /// <summary>
    /// Whether confidential data may be shown: the host's option, or <c>#!secure</c>. Every output is marked then. It holds to the end of
    /// the session.
    /// </summary>
    public bool IsSecure { get; private set; }

    /// <summary>Whether a variable, or a library, has said that the session holds confidential data.</summary>
    public bool HoldsConfidential { get; private set; }

    private readonly List<string> written = [];

    /// <summary>The languages that cells can be written in now; <c>#!connect</c> adds to them.</summary>
    internal IReadOnlyList<CellLanguage> Languages => languages;

    /// <summary>A language by its name without <c>#!</c>.</summary>
    internal CellLanguage? FindLanguage(string name) => languages.Find(language => language.Name == name);

    /// <summary>Runs a cell.</summary>
    /// <param name="code">The cell's source.</param>
    /// <param name="number">Its number, as in <c>In [12]</c>, by which messages name it.</param>
    /// <param name="output">Takes what the cell puts out, in order, the failure included.</param>
    /// <param name="interrupt">Interrupts the cell, as <see cref="Interrupt"/> does.</param>
    public async Task<CellResult> ExecuteAsync(string code, int number, Action<CellOutput> output, CancellationToken interrupt = default)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentNullException.ThrowIfNull(output);
        await turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        written.Add(code);
        var context = new CellContext(this, number, output);
        running = context;
        using var registration = interrupt.Register(context.Interrupt);
        try
        {
            var result = await GuardedAsync(code, context).ConfigureAwait(false);
            context.RunAtEnd();
            if (result.Error is { } error) context.Emit(new ErrorOutput(error));
            // A cell may have started work that writes later; that is shown too, unless the cell was to stop.
            if (context.IsInterrupted) context.Streams.Close();
            else context.Streams.Flush();
            return result;
        }
        finally
        {
            running = null;
            turn.Release();
        }
    }

    /// <summary>Stops the cell that runs now. Returns at once; the cell ends with an error named <c>Interrupted</c>.</summary>
    public void Interrupt() => running?.Interrupt();

    /// <summary>What may be written at a position of a cell.</summary>
    internal Completions Complete(string code, int position) => CellAssistance.Complete(this, code, position);

    /// <summary>What stands at a position of a cell, in words; null where nothing is known.</summary>
    public string? Inspect(string code, int position) => CellAssistance.Inspect(this, code, position);

    /// <summary>Whether a cell can be run as it is.</summary>
    internal Completeness IsComplete(string code) => CellAssistance.IsComplete(this, code);

    /// <summary>Closes the databases.</summary>
    public void Dispose()
    {
        foreach (var language in languages.OfType<IDisposable>()) language.Dispose();
        turn.Dispose();
    }

    internal CellLanguage Language(string name) =>
        FindLanguage(name) ?? throw CellException.Directive($"There is no language '{name}'; #!lsmagic lists them.");

    /// <summary>Whether a text stands word for word in quotes in a cell that was run.</summary>
    internal bool HasWritten(string text) => written.Exists(code => code.Contains($"\"{text}\"", StringComparison.Ordinal));

    internal void MarkConfidential() => HoldsConfidential = true;

    internal void MakeSecure() => IsSecure = true;

    internal void Add(CellLanguage language)
    {
        var old = languages.FindIndex(known => known.Name == language.Name);
        if (old < 0)
        {
            languages.Add(language);
            return;
        }
        (languages[old] as IDisposable)?.Dispose();
        languages[old] = language;
    }

    internal string? Ask(CellContext context, string prompt, bool secret)
    {
        context.Streams.Flush();
        return Options.Input is { } input
            ? input(prompt, secret)
            : throw new CellException("InputError", "The cell asks for input, and there is no one to ask: the notebook runs unattended.");
    }

    /// <summary>Runs code as a part of a cell, as <c>#!import</c> does.</summary>
    internal async Task RunPartAsync(string code, CellContext context)
    {
        foreach (var step in CellParser.Parse(code, this))
        {
            if (context.IsInterrupted) throw new CellInterruptedException();
            if (step is CodeStep { Language: var language, Code: var part })
            {
                var value = await language.RunAsync(part, context).ConfigureAwait(false);
                if (value?.Value is { } shown) context.Emit(new ResultOutput(Formatter.Format(shown, Options.RowLimit)));
            }
            else if (step is DirectiveStep { Directive.RunAsync: { } run } directive)
            {
                await RunAsync(directive, run, context).ConfigureAwait(false);
            }
        }
    }

    private static async Task RunAsync(DirectiveStep step, Func<DirectiveCall, Task> run, CellContext context)
    {
        try
        {
            await run(new DirectiveCall(step.Line, step.Language, context)).ConfigureAwait(false);
        }
        catch (CellException failure) when (failure.Error.Line is null)
        {
            throw new CellException(failure.Error with { Line = step.Line.Number });
        }
    }

    // A variable may have come to hold confidential data without its library's telling.
    internal void LookForConfidential()
    {
        if (!HoldsConfidential && Language("csharp").Variables.Any(variable => Says(variable.Value))) MarkConfidential();
    }

    private static bool Says(object? value)
    {
        const int Looked = 20;
        return Confidential.Says(value) || (value is ICollection items && items.Cast<object?>().Take(Looked).Any(Confidential.Says));
    }

    private async Task<CellResult> GuardedAsync(string code, CellContext context)
    {
        CellContext.Current = context;
        try
        {
            // Compiling and formatting run away from the caller, which reads requests.
            await Task.Run(() => RunPartAsync(code, context)).ConfigureAwait(false);
            return new CellResult(null);
        }
        catch (CellException failure)
        {
            return new CellResult(failure.Error);
        }
        catch (OperationCanceledException) when (context.IsInterrupted)
        {
            string[] traceback = ["Interrupted: the cell was interrupted."];
            return new CellResult(new CellError("Interrupted", "The cell was interrupted.", traceback, null));
        }
        catch (Exception failure)
        {
            return new CellResult(CellTraceback.Of(failure, context));
        }
        finally
        {
            LookForConfidential();
            if (!context.IsLeftRunning) context.Stopped();
        }
    }
}

/// <summary>What a session needs from its host.</summary>
public sealed record SessionOptions
{
    /// <summary>The directory that relative paths in directives start from: the notebook's own. Null: the process's.</summary>
    public string? Directory { get; init; }

    /// <summary>Asks the user for a line; the second argument says whether it is secret. Null where there is no one to ask.</summary>
    public Func<string, bool, string?>? Input { get; init; }

    /// <summary>How many rows of a table are shown.</summary>
    public int RowLimit { get; init; } = 100;

    /// <summary>The clock, for <c>#!time</c> and for timeouts.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Whether confidential data may be shown, as <c>#!secure</c> in a cell lets them.</summary>
    public bool Secure { get; init; }

    /// <summary>Whether a completion may change lines above the caret's, as a <c>using</c> at the head of a cell does.</summary>
    public bool EditsAcrossLines { get; init; } = true;

    /// <summary>How long an interrupted cell may take to stop before the session goes on without it.</summary>
    public TimeSpan InterruptPatience { get; init; } = TimeSpan.FromSeconds(2);
}
