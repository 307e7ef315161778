namespace Analys.Cli;

/// <summary>How the command ended.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int DataIsWrong = 1;
    public const int CallIsWrong = 2;
    public const int ReleaseRefused = 3;

    /// <summary>Ctrl-C, as shells have it.</summary>
    public const int Cancelled = 130;
}
