using Analys.Notebooks.Engine;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Analys.Notebooks.CSharp;

/// <summary>What may stand at a place in C#: the members of what is before the dot, or all that is in reach, and keywords.</summary>
internal static class CSharpCompletion
{
    public static Completions Of(ScriptChain chain, string code, int position)
    {
        var start = position;
        while (start > 0 && SyntaxFacts.IsIdentifierPartCharacter(code[start - 1])) start--;
        var prefix = code[start..position];
        var tree = ScriptChain.Parse(ScriptHead.Take(code).Rest, "");
        var model = chain.Next(tree).GetSemanticModel(tree);
        var names = Symbols(model, tree, start)
            .Where(symbol => symbol.CanBeReferencedByName && !IsHidden(symbol))
            .Select(symbol => symbol.Name)
            .Concat(BeforeDot(tree, start) is null ? Keywords() : [])
            .Where(name => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .Distinct()
            .Order(StringComparer.OrdinalIgnoreCase);
        return new Completions(start, position, [.. names]);
    }

    private static IEnumerable<ISymbol> Symbols(SemanticModel model, SyntaxTree tree, int start)
    {
        if (BeforeDot(tree, start) is not { } left) return model.LookupSymbols(start);
        var symbol = model.GetSymbolInfo(left).Symbol;
        if (symbol is INamespaceSymbol space) return model.LookupSymbols(start, space);
        if (symbol is ITypeSymbol named) return model.LookupStaticMembers(start, named);
        var type = model.GetTypeInfo(left).Type;
        return type is null or IErrorTypeSymbol
            ? []
            : model.LookupSymbols(start, type, includeReducedExtensionMethods: true).Where(member => !member.IsStatic);
    }

    /// <summary>The expression before the dot that ends at a position; null where there is no dot.</summary>
    private static ExpressionSyntax? BeforeDot(SyntaxTree tree, int start)
    {
        if (start == 0) return null;
        var token = tree.GetRoot().FindToken(start - 1);
        if (!token.IsKind(SyntaxKind.DotToken)) return null;
        return token.Parent switch
        {
            MemberAccessExpressionSyntax access => access.Expression,
            QualifiedNameSyntax name => name.Left,
            MemberBindingExpressionSyntax { Parent: ConditionalAccessExpressionSyntax conditional } => conditional.Expression,
            _ => null,
        };
    }

    private static bool IsHidden(ISymbol symbol) =>
        symbol.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "EditorBrowsableAttribute"
            && attribute.ConstructorArguments is [{ Value: (int)System.ComponentModel.EditorBrowsableState.Never }]);

    private static IEnumerable<string> Keywords() => SyntaxFacts.GetKeywordKinds().Select(SyntaxFacts.GetText);
}
