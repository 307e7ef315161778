using System.Text;
using Analys;
using Analys.Cli;
using Analys.Cli.Messages;
using Analys.Domain;

// Written text is UTF-8 whatever the terminal's code page: Swedish names must survive a redirect.
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var cancel = new CancellationTokenSource();
var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    if (args is not ["kernel", ..]) Drafts.Stop();
    stopped.TrySetResult();
    cancel.Cancel();
};
var run = Task.Run(() => App.RunAsync(args, Console.OpenStandardOutput(), Console.Out, Console.Error, cancel.Token));
// Work that asks whether it is to stop ends by itself and cleans up; the rest is not waited for. A kernel answers signals itself.
if (await Task.WhenAny(run, stopped.Task) != run && args is not ["kernel", ..]
    && await Task.WhenAny(run, Task.Delay(TimeSpan.FromSeconds(1))) != run)
{
    Drafts.Discard();
    var swedish = Screen.Of(args, Console.Out, Console.Error).MessageLanguage == Language.Swedish;
    await Console.Error.WriteLineAsync(swedish ? SwedishMessages.Of("analys: stopped") : "analys: stopped");
    return ExitCode.Cancelled;
}

return await run;
