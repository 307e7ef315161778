using System.ComponentModel;
using System.Runtime.CompilerServices;
using Analys.Notebooks.Display;

namespace Analys.Notebooks.Engine;

/// <summary>One run of one cell: where its output goes and whether it has been interrupted. It follows the cell across threads.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Design", "CA1001", Justification = "Code that outlives its cell may still hold the token.")]
public sealed class CellContext
{
    private static readonly AsyncLocal<CellContext?> Flowing = new();

    private static readonly MimeBundle SecureNotice = MimeBundle.Of(
        MimeBundle.Html,
        "<p style=\"border-left:4px solid #b00;padding-left:.5em\">Secure session: what follows may be confidential and must not leave"
            + " the secure environment. <code>notebook strip</code> takes it out of the notebook.</p>",
        "SECURE SESSION: what follows may be confidential and must not leave the secure environment; notebook strip takes it out.");

    private readonly CancellationTokenSource interrupt = new();
    private readonly List<Action> atEnd = [];
    private readonly Action<CellOutput> output;
    private bool isMarked;
    private bool raised;

    internal CellContext(NotebookSession session, int number, Action<CellOutput> output)
    {
        Session = session;
        Number = number;
        this.output = output;
        Streams = new StreamBuffer(Pass, session.Options.Time);
        Source = FormattableString.Invariant($"cell {number}");
    }

    /// <summary>The cell that the calling code belongs to, or null outside a cell.</summary>
    public static CellContext? Current
    {
        get => Flowing.Value;
        internal set => Flowing.Value = value;
    }

    /// <summary>The number of the cell, as in <c>In [12]</c>.</summary>
    public int Number { get; }

    /// <summary>Signals when the user interrupts the cell; long library calls may take it.</summary>
    public CancellationToken Interrupted => interrupt.Token;

    internal NotebookSession Session { get; }

    internal StreamBuffer Streams { get; }

    /// <summary>How the cell is named in messages.</summary>
    internal string Source { get; }

    /// <summary>Whether code of the cell was left running in the background.</summary>
    internal bool IsLeftRunning { get; set; }

    internal bool IsInterrupted => interrupt.IsCancellationRequested;

    /// <summary>Shows a value now, before the cell has ended.</summary>
    internal void Emit(CellOutput output) => Streams.Emit(output);

    // In a secure session each cell that shows anything says so first. The mark stays in the notebook's file, where text on the standard
    // output has no room for one, so it stands for all that the cell puts out.
    private void Pass(CellOutput value)
    {
        if (!Session.IsSecure)
        {
            output(value);
            return;
        }
        if (!isMarked && value is not ClearOutput) output(new DisplayOutput(SecureNotice) { IsSecure = true });
        isMarked = value is not ClearOutput;
        output(value with { IsSecure = true });
    }

    internal void Display(object? value) => Emit(new DisplayOutput(Formatter.Format(value, Session.Options.RowLimit)));

    internal void AtEnd(Action action) => atEnd.Add(action);

    internal void RunAtEnd()
    {
        foreach (var action in atEnd) action();
        atEnd.Clear();
    }

    internal void Interrupt()
    {
        lock (atEnd)
        {
            if (raised) return;
            raised = true;
        }
        CellGuard.Raise();
        interrupt.Cancel();
    }

    /// <summary>The code of an interrupted cell has truly stopped, so other loops need not look any longer.</summary>
    internal void Stopped()
    {
        lock (atEnd)
        {
            if (!raised) return;
            raised = false;
        }
        CellGuard.Lower();
    }
}

/// <summary>The check that the engine writes into every loop of a cell, so that an endless one can be interrupted.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CellGuard
{
    // Counts interrupted cells that still run. It is static, and not per session, so that the check in a hot loop is one read of a field.
    private static int interruptedCells;

    /// <summary>Ends the cell when it has been interrupted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Check()
    {
        if (Volatile.Read(ref interruptedCells) != 0) ThrowIfMine();
    }

    internal static void Raise() => Interlocked.Increment(ref interruptedCells);

    internal static void Lower() => Interlocked.Decrement(ref interruptedCells);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowIfMine()
    {
        if (CellContext.Current is { IsInterrupted: true }) throw new CellInterruptedException();
    }
}
