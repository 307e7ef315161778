using System.Text;

namespace Analys.Cli.Tests;

/// <summary>A run of the command in this process: what it printed and how it ended.</summary>
internal sealed record CommandRun(int Code, string Output, string Errors)
{
    public static async Task<CommandRun> Of(params string[] args)
    {
        using var bytes = new MemoryStream();
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await App.RunAsync(args, bytes, output, errors, CancellationToken.None);
        return new CommandRun(code, output + Encoding.UTF8.GetString(bytes.ToArray()), errors.ToString());
    }
}
