using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace Analys.Notebooks.CSharp;

/// <summary>The chain of compiled cells: each sees what those before it declared.</summary>
internal sealed class ScriptChain
{
    internal static readonly CSharpParseOptions ParseOptions =
        new(LanguageVersion.Latest, DocumentationMode.Parse, SourceCodeKind.Script);

    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary,
        usings: ImmutableArray.CreateRange(DefaultUsings.All),
        optimizationLevel: OptimizationLevel.Release,
        allowUnsafe: true,
        concurrentBuild: false);

    // Usings are carried over from the first cell. Said again in each, a type could be found twice, as two symbols of one assembly.
    private static readonly CSharpCompilationOptions Chained = Options.WithUsings(ImmutableArray<string>.Empty);

    private static readonly EmitOptions Emit = new(debugInformationFormat: DebugInformationFormat.PortablePdb);

    private readonly List<MetadataReference> newReferences = [.. FrameworkReferences.All];
    private CSharpCompilation? last;
    private int made;

    /// <summary>How many cells have been compiled and accepted.</summary>
    public int Count { get; private set; }

    public void Refer(string path) =>
        newReferences.Add(MetadataReference.CreateFromFile(path, documentation: new XmlDocumentation(path)));

    public static SyntaxTree Parse(string code, string source) =>
        SyntaxFactory.ParseSyntaxTree(SourceText.From(code, Encoding.UTF8), ParseOptions, source);

    /// <summary>The compilation of a cell after all that went before it. Nothing is changed.</summary>
    public CSharpCompilation Next(SyntaxTree tree) => CSharpCompilation.CreateScriptCompilation(
        string.Create(CultureInfo.InvariantCulture, $"cell-{made}"), tree, newReferences, last is null ? Options : Chained, last, typeof(object));

    /// <summary>Compiles a cell and puts it last in the chain. It stays there even when it fails later: what it declared remains.</summary>
    public ScriptCode? Compile(SyntaxTree tree, CancellationToken cancellation)
    {
        var guarded = tree.WithRootAndOptions(new LoopGuardRewriter().Visit(tree.GetRoot(cancellation)), tree.Options);
        var compilation = Next(guarded);
        made++;
        var assembly = new MemoryStream();
        var symbols = new MemoryStream();
        var result = compilation.Emit(assembly, symbols, options: Emit, cancellationToken: cancellation);
        // The columns of the guarded text are not the user's, so what is wrong is told of the text as it was written.
        if (!result.Success && (result.Diagnostics.Length > 0 || assembly.Length > 0)) throw CellDiagnostics.Failure(Next(tree).GetDiagnostics(cancellation), result.Diagnostics);
        last = compilation;
        newReferences.Clear();
        // Usings alone, or types alone, leave nothing to run.
        if (assembly.Length == 0) return null;
        var entry = compilation.GetEntryPoint(cancellation)!;
        Count++;
        assembly.Position = symbols.Position = 0;
        return new ScriptCode(assembly, symbols, entry.ContainingType.MetadataName, entry.MetadataName, HasValue(tree));
    }

    private static bool HasValue(SyntaxTree tree) =>
        tree.GetCompilationUnitRoot().Members.LastOrDefault() is GlobalStatementSyntax { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } };
}

/// <summary>A compiled cell.</summary>
internal sealed record ScriptCode(Stream Assembly, Stream Symbols, string EntryType, string EntryMethod, bool HasValue);
