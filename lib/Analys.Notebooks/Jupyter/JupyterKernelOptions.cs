namespace Analys.Notebooks.Jupyter;

/// <summary>What a host may change about the kernel.</summary>
public sealed record JupyterKernelOptions
{
    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Whether to end when the process that started this one ends.</summary>
    public bool WatchParent { get; init; } = true;

    /// <summary>How long the first request waits for someone to listen to the outputs.</summary>
    public TimeSpan SubscriberPatience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether to compile a small cell at the start, so that the user's first one is quick.</summary>
    public bool WarmUp { get; init; } = true;
}
