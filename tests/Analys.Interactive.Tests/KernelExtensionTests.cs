using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;

namespace Analys.Interactive.Tests;

/// <summary>The extension inside the kernels of .NET Interactive, as its tool holds them.</summary>
public sealed class KernelExtensionTests : IDisposable
{
    // Results of a confidential source, of which one count is small; a type that says that it is confidential.
    private const string Setup = """
        using System.Collections.Generic;
        using System.Linq;
        using Analys;
        record Area(string Name, int Children);
        var areas = new List<Area> { new("Farsta", 7), new("Älvsjö", 5) };
        class Register
        {
            public bool IsConfidential => true;
            public System.Data.Common.DbDataReader CreateDataReader() => new System.Data.DataTable().CreateDataReader();
        }
        var register = new Register();
        """;

    private readonly CompositeKernel root;

    public KernelExtensionTests()
    {
        var csharp = new CSharpKernel();
        csharp.AddAssemblyReferences([typeof(Extract).Assembly.Location]);
        root = new CompositeKernel { csharp };
        root.DefaultKernelName = csharp.Name;
        KernelExtension.Load(root);
        KernelExtension.Load(root);
    }

    [Fact]
    public async Task Sql_reads_the_variables_of_csharp_and_gives_it_its_result()
    {
        await SubmitAsync(Setup);
        var shown = await SubmitAsync("#!sql --name few\nSELECT Name FROM areas WHERE Children < 6");
        Assert.Contains(">&#196;lvsj&#246;</td>", shown, StringComparison.Ordinal);
        Assert.Contains("Älvsjö", await SubmitAsync("(string)few.Rows[0][0]"), StringComparison.Ordinal);
        Assert.Contains("no such table", await SubmitAsync("#!sql\nSELECT 1 FROM nowhere"), StringComparison.Ordinal);
        Assert.Contains("confidential", await SubmitAsync("#!sql\nSELECT 1 FROM register"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_are_shown_only_when_they_are_released()
    {
        await SubmitAsync(Setup);
        await SubmitAsync("""
            var share = new Definition("share", "Share", "Andel", "x / n", Units.Share, ValueRange.Unit, "Test 2018");
            var rows = new[] { "Farsta",
                "Kista" }.Select(area => new Result { Measure = share, Area = area, Value = Quantity.Known(0.25), N = 400 });
            // Nobody but a measure makes results.
            var results = (Results)System.Activator.CreateInstance(typeof(Results), System.Reflection.BindingFlags.Instance
                | System.Reflection.BindingFlags.NonPublic, null, new object[] { rows, Confidentiality.Public, Provenance.None }, null);
            """);
        Assert.DoesNotContain("Farsta", await SubmitAsync("results"), StringComparison.Ordinal);
        Assert.Contains("Farsta", await SubmitAsync("#!analys-release results --policy public --name released"), StringComparison.Ordinal);
        Assert.Contains("<table>", await SubmitAsync("released"), StringComparison.Ordinal);
        Assert.Contains("no policy", await SubmitAsync("#!analys-release results --policy nowhere"), StringComparison.Ordinal);
        Assert.Contains("no variable", await SubmitAsync("#!analys-release areas"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Policies_are_offered()
    {
        const string Code = "#!analys-release results --policy s";
        var result = await root.SendAsync(new RequestCompletions(Code, new LinePosition(0, Code.Length)));
        var offered = result.Events.OfType<CompletionsProduced>()
            .SelectMany(produced => produced.Completions)
            .Select(item => item.InsertText);
        Assert.Contains("stockholm", offered);
    }

    public void Dispose() => root.Dispose();

    /// <summary>What a cell shows, or why it failed.</summary>
    private async Task<string> SubmitAsync(string code)
    {
        var result = await root.SendAsync(new SubmitCode(code));
        var shown = result.Events.OfType<DisplayEvent>().SelectMany(produced => produced.FormattedValues).Select(value => value.Value);
        var failed = result.Events.OfType<CommandFailed>().Select(failure => failure.Message);
        return string.Concat(shown.Concat(failed));
    }
}
