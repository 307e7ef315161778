using System.Text;
using Analys.Cli;

// Written text is UTF-8 whatever the terminal's code page: Swedish names must survive a redirect.
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var cancel = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    cancel.Cancel();
};
return await App.RunAsync(args, Console.OpenStandardOutput(), Console.Out, Console.Error, cancel.Token);
