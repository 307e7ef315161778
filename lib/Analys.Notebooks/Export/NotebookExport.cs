using System.Globalization;
using System.Text.RegularExpressions;
using Analys.Notebooks.CSharp;
using Analys.Notebooks.Engine;
using Analys.Notebooks.Runner;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Analys.Notebooks.Export;

/// <summary>Makes a program of a notebook: one file for <c>dotnet run FILE.cs</c>, which needs nothing of this library.</summary>
public static partial class NotebookExport
{
    /// <summary>Writes the program. Tables and values are printed as text; C#, SQL and prose are taken along.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="program">The C# file to write.</param>
    /// <param name="cancellation">Stops the restore of packages.</param>
    /// <exception cref="InvalidDataException">The file is no notebook, or holds what a program cannot: F#, for one.</exception>
    /// <exception cref="CellException">The notebook's C# does not compile.</exception>
    public static async Task WriteAsync(string notebook, string program, CancellationToken cancellation = default)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(notebook))!;
        var target = Path.GetFullPath(program);
        var parts = new ExportParts(directory).Read(Notebook.Load(notebook));
        var head = new ProgramHead(Path.GetDirectoryName(target)!, directory);
        var chain = new ScriptChain();
        var names = new ScriptNames(chain);
        var text = new ProgramText();
        foreach (var space in DefaultUsings.Namespaces) text.Using($"using {space};");
        text.Using("using static NotebookProgram;");
        text.Statement($"NotebookProgram.Start({SymbolDisplay.FormatLiteral(head.WorkingDirectory, quote: true)});");
        names.Rename(ScriptChain.Parse(
            "class NotebookSql { public static System.Data.DataTable Result(string database, string name) => null; }", "program"));
        foreach (var part in parts)
        {
            cancellation.ThrowIfCancellationRequested();
            switch (part.Kind)
            {
                case ExportKind.Comment:
                    text.Comment(part.Text);
                    break;
                case ExportKind.Glue:
                    text.Statement(Variable().Replace(
                        part.Text, match => names.Newest.GetValueOrDefault(match.Groups[1].Value) ?? match.Groups[1].Value));
                    break;
                case ExportKind.Sql:
                    Sql(part, names, text);
                    break;
                default:
                    var script = ScriptHead.Take(part.Text);
                    await head.ReferAsync(script, text, chain, cancellation).ConfigureAwait(false);
                    var source = string.Create(CultureInfo.InvariantCulture, $"cell {part.Cell}");
                    text.Script(names.Rename(ScriptChain.Parse(new string('\n', part.FirstLine - 1) + script.Rest, source)), part.Cell);
                    break;
            }
        }
        var usesSql = parts.Any(part => part.Kind is ExportKind.Sql or ExportKind.Glue);
        WholeFile.Write(target, head.Build(usesSql) + text.Build() + ProgramRuntime.Text(usesSql));
    }

    private static void Sql(ExportPart part, ScriptNames names, ProgramText text)
    {
        text.Statement(string.Create(CultureInfo.InvariantCulture, $"\n// cell {part.Cell}"));
        // As in a notebook, #!sql finds a variable by the name of the table.
        var words = Word().Matches(part.Text).Select(match => match.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, present) in names.Newest.Where(name => part.Database == "sql" && words.Contains(name.Key)))
            text.Statement($"NotebookSql.Offer({Quote(name)}, {present});");
        var result = part.ResultName is { } given ? Quote(given) : "null";
        text.Statement($"NotebookSql.Run({Quote(part.Database)}, {Quote(part.Text)}, {result});");
    }

    private static string Quote(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    [GeneratedRegex(@"\$(\w+)\$")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}

/// <summary>
/// Gives every declaration of a notebook a name of its own. Cells may declare a name again, a program may not: the second <c>x</c> becomes
/// <c>x_2</c>, wherever the compiler says that <c>x</c> means it.
/// </summary>
internal sealed class ScriptNames(ScriptChain chain)
{
    private readonly Dictionary<(string Assembly, string Name), string> names = [];
    private readonly Dictionary<string, int> uses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> newest = new(StringComparer.Ordinal);

    /// <summary>The present name of each variable, by the name that the notebook gives it.</summary>
    public IReadOnlyDictionary<string, string> Newest => newest;

    /// <summary>Compiles a part after those before it, and renames in it what must be.</summary>
    public SyntaxNode Rename(SyntaxTree tree)
    {
        var compilation = chain.Next(tree);
        var model = compilation.GetSemanticModel(tree);
        var root = tree.GetRoot();
        var own = compilation.AssemblyName!;
        foreach (var member in Members(compilation)) Name(own, member);
        var renamed = root.DescendantTokens()
            .Where(token => token.IsKind(SyntaxKind.IdentifierToken))
            .Select(token => (Token: token, Name: NewName(model, token)))
            .Where(found => found.Name is not null && found.Name != found.Token.ValueText)
            .ToDictionary(found => found.Token, found => found.Name!);
        chain.Compile(tree, CancellationToken.None);
        return root.ReplaceTokens(
            renamed.Keys, (token, _) => SyntaxFactory.Identifier(token.LeadingTrivia, renamed[token], token.TrailingTrivia));
    }

    private static IEnumerable<string> Members(CSharpCompilation compilation) => compilation.ScriptClass!.GetMembers()
        .Where(member => !member.IsImplicitlyDeclared && member.CanBeReferencedByName)
        .Select(member => member.Name)
        .Distinct();

    private void Name(string assembly, string name)
    {
        var use = uses[name] = uses.GetValueOrDefault(name) + 1;
        var given = use == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}_{use}");
        names[(assembly, name)] = newest[name] = given;
    }

    private string? NewName(SemanticModel model, SyntaxToken token)
    {
        var symbol = model.GetDeclaredSymbol(token.Parent!)
            ?? model.GetSymbolInfo(token.Parent!).Symbol
            ?? model.GetSymbolInfo(token.Parent!).CandidateSymbols.FirstOrDefault();
        if (symbol is IMethodSymbol { MethodKind: MethodKind.Constructor }) symbol = symbol.ContainingType;
        if (symbol is IMethodSymbol { ReducedFrom: { } full }) symbol = full;
        if (symbol?.ContainingType is not { IsScriptClass: true } || symbol.Name != token.ValueText) return null;
        return names.GetValueOrDefault((symbol.ContainingAssembly.Name, symbol.Name));
    }
}
