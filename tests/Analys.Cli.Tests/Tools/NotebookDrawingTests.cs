using System.Reflection;
using Analys.Notebooks.CSharp;
using SkiaSharp;

namespace Analys.Cli.Tests.Tools;

/// <summary>Notebooks and their host draw with one native library: two callers of it in one process ended that process.</summary>
public class NotebookDrawingTests
{
    [Fact]
    public void Notebooks_draw_with_the_hosts_own_library()
    {
        foreach (var notebook in (NotebookLoadContext[])[new(), new()])
        {
            notebook.Refer(typeof(SKBitmap).Assembly.Location);
            Assert.Same(typeof(SKBitmap).Assembly, notebook.LoadFromAssemblyName(new AssemblyName("SkiaSharp")));
        }
    }

    [Fact]
    public void Other_libraries_stay_apart()
    {
        var notebook = new NotebookLoadContext();
        notebook.Refer(typeof(Extract).Assembly.Location);
        Assert.NotSame(typeof(Extract).Assembly, notebook.LoadFromAssemblyName(new AssemblyName("Analys")));
    }
}
