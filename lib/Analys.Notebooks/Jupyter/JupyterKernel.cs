using System.Runtime.InteropServices;
using Analys.Notebooks.Engine;

namespace Analys.Notebooks.Jupyter;

/// <summary>A Jupyter kernel for C# notebooks.</summary>
public static class JupyterKernel
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
            using var session = new NotebookSession(new SessionOptions { Time = options.Time, Input = input.Ask });
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

    // The compiler's own start-up is most of the wait for a first cell; it can be had while the editor still connects.
    private static async Task WarmUpAsync()
    {
        using var session = new NotebookSession();
        await session.ExecuteAsync("var warm = 1; Console.Write(\"\"); warm.ToString()", 0, _ => { }).ConfigureAwait(false);
    }
}
