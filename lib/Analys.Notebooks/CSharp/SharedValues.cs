using System.Collections.Concurrent;
using System.ComponentModel;

namespace Analys.Notebooks.CSharp;

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
