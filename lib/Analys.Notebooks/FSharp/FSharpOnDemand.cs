using System.Reflection;
using Analys.Notebooks.Engine;

namespace Analys.Notebooks.FSharp;

/// <summary>
/// F# cells. The compiler costs some 230 MB, so the assembly that holds it is loaded, from beside this one, at the first F# cell.
/// </summary>
internal sealed class FSharpOnDemand : CellLanguage
{
    private const string Home = "Analys.Notebooks.FSharp";

    private CellLanguage? compiler;

    public override string Name => "fsharp";

    public override string Summary => "F#, loaded at the first cell of it";

    public override IReadOnlyList<Variable> Variables => compiler?.Variables ?? [];

    public override Task<CellValue?> RunAsync(CellCode code, CellContext context) => Compiler().RunAsync(code, context);

    public override void SetValue(string name, object? value) => Compiler().SetValue(name, value);

    private CellLanguage Compiler()
    {
        if (compiler is not null) return compiler;
        var path = Path.Combine(Path.GetDirectoryName(typeof(FSharpOnDemand).Assembly.Location)!, Home + ".dll");
        if (!File.Exists(path)) throw new CellException("LanguageError", $"F# needs {Home}.dll beside the command that runs the notebook.");
        var type = Assembly.LoadFrom(path).GetType(Home + ".FSharpCells", throwOnError: true)!;
        return compiler = (CellLanguage)Activator.CreateInstance(type)!;
    }
}
