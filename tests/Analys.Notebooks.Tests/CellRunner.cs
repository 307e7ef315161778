using System.Globalization;
using Analys.Notebooks.Display;
using Analys.Notebooks.Engine;

namespace Analys.Notebooks.Tests;

/// <summary>A session with the outputs of its last cell at hand.</summary>
internal sealed class CellRunner : IDisposable
{
    private int count;

    public CellRunner(SessionOptions? options = null) => Session = new NotebookSession(options);

    public NotebookSession Session { get; }

    public List<CellOutput> Outputs { get; private set; } = [];

    public string StdOut
    {
        get
        {
            lock (Outputs)
            {
                var printed = Outputs.OfType<StreamOutput>().Where(output => output.Name == "stdout");
                return string.Concat(printed.Select(output => output.Text));
            }
        }
    }

    public string? Text => Outputs.OfType<ResultOutput>().LastOrDefault()?.Data.Data[MimeBundle.Text];

    public async Task<CellResult> RunAsync(string code)
    {
        var outputs = new List<CellOutput>();
        Outputs = outputs;
        return await Session.ExecuteAsync(code, ++count, output =>
        {
            lock (outputs) outputs.Add(output);
        });
    }

    /// <summary>Runs cells that must succeed; the plain text of the last one's value.</summary>
    public async Task<string?> ValueAsync(params string[] cells)
    {
        foreach (var cell in cells)
        {
            var result = await RunAsync(cell);
            Assert.True(result.Succeeded, string.Format(CultureInfo.InvariantCulture, "{0}: {1}", cell, result.Error?.Message));
        }
        return Text;
    }

    public async Task<CellError> ErrorAsync(string cell)
    {
        var result = await RunAsync(cell);
        Assert.NotNull(result.Error);
        return result.Error;
    }

    public void Dispose() => Session.Dispose();
}
