using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Analys.Notebooks.Jupyter;

/// <summary>
/// Notices that whoever started the kernel is gone. An editor that is killed sends no shutdown_request, and its kernels would live on.
/// </summary>
internal sealed partial class ParentWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    // Asked for at the very start: the parent may be gone before the kernel has answered its first request.
    private readonly int parent = Parent();

    /// <summary>Ends when the parent process, or the one that Jupyter names in <c>JPY_PARENT_PID</c>, has ended.</summary>
    public async Task WaitAsync(CancellationToken cancellation)
    {
        // On Windows the variable holds a handle of the parent's, which says nothing here.
        var named = !OperatingSystem.IsWindows()
            && int.TryParse(Environment.GetEnvironmentVariable("JPY_PARENT_PID"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 1
            && IsAlive(id) ? id : 0;
        while (Parent() == parent && (named == 0 || IsAlive(named))) await Task.Delay(Interval, cancellation).ConfigureAwait(false);
    }

    private static bool IsAlive(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited && !IsZombie(id);
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception or IOException)
        {
            return false;
        }
    }

    // In a container a dead process may stay in the list, with no one to collect it.
    private static bool IsZombie(int id)
    {
        var file = string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat");
        return File.Exists(file) && File.ReadAllText(file) is var text && text[(text.LastIndexOf(')') + 1)..].TrimStart().StartsWith('Z');
    }

    // An orphan is adopted by another process, so on Unix a change says it all; Windows keeps the number, and has no orphans to adopt.
    private static int Parent() => OperatingSystem.IsWindows() ? 0 : GetParentId();

    [LibraryImport("libc", EntryPoint = "getppid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetParentId();
}
