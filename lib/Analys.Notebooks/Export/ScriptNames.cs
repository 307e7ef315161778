using System.Globalization;
using Analys.Notebooks.CSharp;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Analys.Notebooks.Export;

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
        return root.ReplaceTokens(renamed.Keys, (token, _) => SyntaxFactory.Identifier(token.LeadingTrivia, renamed[token], token.TrailingTrivia));
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
        var symbol = model.GetDeclaredSymbol(token.Parent!) ?? model.GetSymbolInfo(token.Parent!).Symbol ?? model.GetSymbolInfo(token.Parent!).CandidateSymbols.FirstOrDefault();
        if (symbol is IMethodSymbol { MethodKind: MethodKind.Constructor }) symbol = symbol.ContainingType;
        if (symbol is IMethodSymbol { ReducedFrom: { } full }) symbol = full;
        if (symbol?.ContainingType is not { IsScriptClass: true } || symbol.Name != token.ValueText) return null;
        return names.GetValueOrDefault((symbol.ContainingAssembly.Name, symbol.Name));
    }
}
