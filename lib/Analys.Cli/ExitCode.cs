using Analys.Load;

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

    /// <summary>A file that is not there or cannot be opened is a wrong call; anything else that is found is wrong data.</summary>
    public static int Of(IReadOnlyList<Finding> findings) =>
        findings.Count == 0 ? Done : findings.Any(finding => finding.Code == FindingCodes.File) ? CallIsWrong : DataIsWrong;
}
