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

    private readonly List<MetadataReference> newReferences = [.. FrameworkReferences.ForSession()];
    private readonly List<string> assemblies = [.. FrameworkReferences.Paths];
    private CSharpCompilation? last;
    private int made;

    /// <summary>How many cells have been compiled and accepted.</summary>
    public int Count { get; private set; }

    /// <summary>The files of all assemblies that cells may use.</summary>
    public IReadOnlyList<string> Assemblies => assemblies;

    public void Refer(string path)
    {
        assemblies.Add(path);
        newReferences.Add(MetadataReference.CreateFromFile(path, documentation: new XmlDocumentation(path)));
    }

    public static SyntaxTree Parse(string code, string source) =>
        SyntaxFactory.ParseSyntaxTree(SourceText.From(code, Encoding.UTF8), ParseOptions, source);

    /// <summary>The compilation of a cell after all that went before it. Nothing is changed.</summary>
    public CSharpCompilation Next(SyntaxTree tree) => CSharpCompilation.CreateScriptCompilation(
        string.Create(CultureInfo.InvariantCulture, $"cell-{made}"),
        tree,
        newReferences,
        last is null ? Options : Chained,
        last,
        typeof(object));

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
        if (!result.Success && (result.Diagnostics.Length > 0 || assembly.Length > 0))
            throw CellDiagnostics.Failure(Next(tree).GetDiagnostics(cancellation), result.Diagnostics);
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
        tree.GetCompilationUnitRoot().Members.LastOrDefault() is GlobalStatementSyntax
        {
            Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true },
        };
}

/// <summary>A compiled cell.</summary>
internal sealed record ScriptCode(Stream Assembly, Stream Symbols, string EntryType, string EntryMethod, bool HasValue);

/// <summary>
/// The <c>#r</c> and <c>#load</c> lines at the head of a script, and the script without them but with all its lines in place.
/// </summary>
internal sealed record ScriptHead(IReadOnlyList<ScriptHeadLine> Lines, string Rest)
{
    private const string Package = "nuget:";

    public static ScriptHead Take(string code)
    {
        if (!code.Contains("#r", StringComparison.Ordinal) && !code.Contains("#load", StringComparison.Ordinal))
            return new ScriptHead([], code);
        var root = ScriptChain.Parse(code, "").GetCompilationUnitRoot();
        var text = new StringBuilder(code);
        var lines = new List<ScriptHeadLine>();
        foreach (var directive in root.DescendantTrivia().Select(trivia => trivia.GetStructure()).OfType<DirectiveTriviaSyntax>())
        {
            var argument = (directive as ReferenceDirectiveTriviaSyntax)?.File ?? (directive as LoadDirectiveTriviaSyntax)?.File;
            // One that stands too late, or lacks its string, is left for the compiler to complain about.
            if (argument is null || argument.Value.IsMissing || directive.ContainsDiagnostics) continue;
            Blank(text, directive.Span);
            lines.Add(Line(directive, argument.Value.ValueText));
        }
        return new ScriptHead(lines, text.ToString());
    }

    private static ScriptHeadLine Line(DirectiveTriviaSyntax directive, string argument)
    {
        var line = directive.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
        if (directive is LoadDirectiveTriviaSyntax) return new ScriptHeadLine(ScriptHeadKind.Load, argument, line);
        return argument.StartsWith(Package, StringComparison.OrdinalIgnoreCase)
            ? new ScriptHeadLine(ScriptHeadKind.Package, argument[Package.Length..].Trim(), line)
            : new ScriptHeadLine(ScriptHeadKind.Assembly, argument.Trim(), line);
    }

    private static void Blank(StringBuilder text, TextSpan span)
    {
        for (var i = span.Start; i < span.End; i++)
        {
            if (text[i] is not ('\r' or '\n')) text[i] = ' ';
        }
    }
}

/// <summary>What a line at the head of a script asks for.</summary>
internal enum ScriptHeadKind
{
    Assembly,
    Package,
    Load,
}

/// <summary>One line at the head of a script.</summary>
internal sealed record ScriptHeadLine(ScriptHeadKind Kind, string Argument, int Line);

/// <summary>What every cell can name without saying where it is from.</summary>
internal static class DefaultUsings
{
    /// <summary>The namespaces, the same as in .NET Interactive.</summary>
    public static IReadOnlyList<string> Namespaces { get; } =
        ["System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq", "System.IO"];

    public static IReadOnlyList<string> All { get; } = [.. Namespaces, typeof(Display.CellFunctions).FullName!];
}

/// <summary>
/// Writes a check into every loop and every function with a body, so that running code can be interrupted. Nothing is moved to another
/// line, so messages and stack traces name the lines that the user wrote.
/// </summary>
/// <remarks><c>ControlledExecution</c>, which would need no rewriting, brings the whole process down on .NET 10.</remarks>
internal sealed class LoopGuardRewriter : CSharpSyntaxRewriter
{
    private static readonly StatementSyntax Guard =
        SyntaxFactory.ParseStatement("global::Analys.Notebooks.Engine.CellGuard.Check();");

    public override SyntaxNode? VisitWhileStatement(WhileStatementSyntax node)
    {
        var loop = (WhileStatementSyntax)base.VisitWhileStatement(node)!;
        return loop.WithStatement(Guarded(loop.Statement));
    }

    public override SyntaxNode? VisitDoStatement(DoStatementSyntax node)
    {
        var loop = (DoStatementSyntax)base.VisitDoStatement(node)!;
        return loop.WithStatement(Guarded(loop.Statement));
    }

    public override SyntaxNode? VisitForStatement(ForStatementSyntax node)
    {
        var loop = (ForStatementSyntax)base.VisitForStatement(node)!;
        return loop.WithStatement(Guarded(loop.Statement));
    }

    public override SyntaxNode? VisitForEachStatement(ForEachStatementSyntax node)
    {
        var loop = (ForEachStatementSyntax)base.VisitForEachStatement(node)!;
        return loop.WithStatement(Guarded(loop.Statement));
    }

    public override SyntaxNode? VisitForEachVariableStatement(ForEachVariableStatementSyntax node)
    {
        var loop = (ForEachVariableStatementSyntax)base.VisitForEachVariableStatement(node)!;
        return loop.WithStatement(Guarded(loop.Statement));
    }

    public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node)
    {
        var method = (MethodDeclarationSyntax)base.VisitMethodDeclaration(node)!;
        return method.Body is null ? method : method.WithBody(Guarded(method.Body));
    }

    public override SyntaxNode? VisitLocalFunctionStatement(LocalFunctionStatementSyntax node)
    {
        var function = (LocalFunctionStatementSyntax)base.VisitLocalFunctionStatement(node)!;
        return function.Body is null ? function : function.WithBody(Guarded(function.Body));
    }

    public override SyntaxNode? VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node)
    {
        var lambda = (ParenthesizedLambdaExpressionSyntax)base.VisitParenthesizedLambdaExpression(node)!;
        return lambda.Block is null ? lambda : lambda.WithBlock(Guarded(lambda.Block));
    }

    public override SyntaxNode? VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node)
    {
        var lambda = (SimpleLambdaExpressionSyntax)base.VisitSimpleLambdaExpression(node)!;
        return lambda.Block is null ? lambda : lambda.WithBlock(Guarded(lambda.Block));
    }

    private static BlockSyntax Guarded(BlockSyntax block) => block.WithStatements(block.Statements.Insert(0, Guard));

    private static BlockSyntax Guarded(StatementSyntax statement) => statement is BlockSyntax block
        ? Guarded(block)
        : SyntaxFactory.Block(Guard, statement.WithoutTrailingTrivia()).WithTrailingTrivia(statement.GetTrailingTrivia());
}
