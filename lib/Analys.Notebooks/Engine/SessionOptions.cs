namespace Analys.Notebooks.Engine;

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

    /// <summary>How long an interrupted cell may take to stop before the session goes on without it.</summary>
    public TimeSpan InterruptPatience { get; init; } = TimeSpan.FromSeconds(2);
}
