using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Analys.Notebooks.Engine;

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
