namespace Analys.Domain;

/// <summary>How far long work has come: loops that may take seconds say it, and whoever waits listens. Where nobody listens it costs
/// nothing.</summary>
internal static class Work
{
    private static readonly AsyncLocal<Listener?> Current = new();

    /// <summary>Hears what is said in this call from now on.</summary>
    /// <param name="hear">What is done, how many parts of it are, and how many there are; 0 of 0 where that is not known.</param>
    public static void Listen(Action<string, long, long>? hear) => Current.Value = hear is null ? null : new Listener(hear);

    /// <summary>Says what is done now.</summary>
    /// <param name="what">What, in a few words without any value.</param>
    public static void Say(string what) => Current.Value?.Hear(what, 0, 0);

    /// <summary>Begins work of many parts.</summary>
    /// <param name="what">What, in a few words without any value.</param>
    /// <param name="parts">How many parts it has.</param>
    public static WorkParts Of(string what, long parts) => new(Current.Value, what, parts);

    /// <summary>Whoever waits.</summary>
    internal sealed record Listener(Action<string, long, long> Hear);
}

/// <summary>Work of many parts, counted from whatever thread does them.</summary>
internal sealed class WorkParts
{
    private readonly Work.Listener? listener;
    private readonly string what;
    private readonly long parts;
    private long done;

    internal WorkParts(Work.Listener? listener, string what, long parts)
    {
        (this.listener, this.what, this.parts) = (listener, what, parts);
        listener?.Hear(what, 0, parts);
    }

    /// <summary>One part is done.</summary>
    public void Step()
    {
        if (listener is not null) listener.Hear(what, Interlocked.Increment(ref done), parts);
    }
}
