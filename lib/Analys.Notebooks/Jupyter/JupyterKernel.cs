using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Analys.Notebooks.Engine;

namespace Analys.Notebooks.Jupyter;

/// <summary>A Jupyter kernel for C# notebooks.</summary>
internal static class JupyterKernel
{
    /// <summary>Serves until a shutdown is asked for, the parent process ends or the token is cancelled.</summary>
    /// <param name="connectionFile">The file in which Jupyter says where to listen.</param>
    /// <param name="options">What the host changes.</param>
    /// <param name="cancellation">Ends the kernel.</param>
    /// <remarks>The caller should end the process afterwards: a cell that could not be stopped may still run in the background.</remarks>
    /// <exception cref="InvalidDataException">The file is not a connection file.</exception>
    public static async Task RunAsync(string connectionFile, JupyterKernelOptions? options = null, CancellationToken cancellation = default)
    {
        var parent = new ParentWatch();
        options ??= new JupyterKernelOptions();
        var connection = ConnectionFile.Read(connectionFile);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var sockets = new KernelSockets(connection, options.Time);
        await using (sockets.ConfigureAwait(false))
        {
            var input = new InputRequests(sockets);
            using var session = new NotebookSession(new SessionOptions
            {
                Time = options.Time,
                Input = input.Ask,
                EditsAcrossLines = !IsVisualStudioCode,
            });
            // Ctrl-C in the terminal of a Jupyter server reaches its kernels too; it means the cell.
            using var signal = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
            {
                context.Cancel = true;
                session.Interrupt();
            });
            if (options.WarmUp) _ = Task.Run(WarmUpAsync, CancellationToken.None);
            var requests = new RequestLoop(sockets, session, input, options, parent, stop);
            await requests.RunAsync().ConfigureAwait(false);
        }
    }

    // Its editor takes a completion within the caret's line only.
    private static bool IsVisualStudioCode => Environment.GetEnvironmentVariable("VSCODE_PID") is not null;

    // The compiler's own start-up is most of the wait for a first cell; it can be had while the editor still connects.
    private static async Task WarmUpAsync()
    {
        using var session = new NotebookSession();
        await session.ExecuteAsync("var warm = 1; Console.Write(\"\"); warm.ToString()", 0, _ => { }).ConfigureAwait(false);
    }
}

/// <summary>What a host may change about the kernel.</summary>
internal sealed record JupyterKernelOptions
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
        var variable = OperatingSystem.IsWindows() ? null : Environment.GetEnvironmentVariable("JPY_PARENT_PID");
        var isNumber = int.TryParse(variable, NumberStyles.None, CultureInfo.InvariantCulture, out var id);
        var named = isNumber && id > 1 && IsAlive(id) ? id : 0;
        while (Parent() == parent && (named == 0 || IsAlive(named))) await Task.Delay(Interval, cancellation).ConfigureAwait(false);
    }

    private static bool IsAlive(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited && !IsZombie(id);
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or IOException
            or System.ComponentModel.Win32Exception)
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

/// <summary>How the kernel introduces itself.</summary>
internal static class KernelInfo
{
    public static string Version { get; } =
        typeof(KernelInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    public static JsonObject Content() => new()
    {
        ["status"] = "ok",
        ["protocol_version"] = "5.3",
        ["implementation"] = "analys",
        ["implementation_version"] = Version,
        ["language_info"] = new JsonObject
        {
            ["name"] = "C#",
            ["version"] = "14.0",
            ["mimetype"] = "text/x-csharp",
            ["file_extension"] = ".cs",
            ["pygments_lexer"] = "csharp",
            ["codemirror_mode"] = "text/x-csharp",
        },
        ["banner"] = "C# notebooks, with SQL and F# beside it. #!lsmagic lists what there is.",
        ["help_links"] = new JsonArray(),
        ["debugger"] = false,
    };
}
