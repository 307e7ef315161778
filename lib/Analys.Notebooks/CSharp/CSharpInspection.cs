using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Analys.Notebooks.CSharp;

/// <summary>What stands at a place in C#: its signature and what its documentation says; inside a call also what the call takes.</summary>
internal static class CSharpInspection
{
    public static string? Of(ScriptChain chain, string code, int position)
    {
        var tree = ScriptChain.Parse(ScriptHead.Take(code).Rest, "");
        var root = tree.GetRoot();
        if (root.FullSpan.Length == 0) return null;
        var model = chain.Next(tree).GetSemanticModel(tree);
        var texts = new[] { Named(model, root, position), SignatureHelp.Of(model, root, position) };
        return texts.Any(text => text is not null) ? string.Join("\n\n", texts.Where(text => text is not null)) : null;
    }

    private static string? Named(SemanticModel model, SyntaxNode root, int position)
    {
        // The cursor may stand at the end of a name, which then belongs to the token before it.
        foreach (var place in (int[])[position, position - 1])
        {
            if (place < 0 || place >= root.FullSpan.End) continue;
            var token = root.FindToken(place);
            if (token.IsKind(SyntaxKind.IdentifierToken) && token.Span.Contains(place) && SymbolOf(model, token.Parent!) is { } symbol)
                return Text(symbol);
        }
        return null;
    }

    private static ISymbol? SymbolOf(SemanticModel model, SyntaxNode node)
    {
        var info = model.GetSymbolInfo(node);
        return info.Symbol ?? info.CandidateSymbols.FirstOrDefault() ?? model.GetDeclaredSymbol(node) ?? model.GetTypeInfo(node).Type;
    }

    private static string Text(ISymbol symbol)
    {
        var text = new StringBuilder(symbol.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat));
        if (TypeOf(symbol) is { } type) text.Insert(0, type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) + " ");
        var documentation = Documentation.Of(symbol);
        Append(text, "", documentation.Summary);
        foreach (var name in documentation.Parameters) Append(text, $"{name}: ", documentation.Parameter(name));
        Append(text, "Returns: ", documentation.Returns);
        Append(text, "Remarks: ", documentation.Remarks);
        return text.ToString();
    }

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { MethodKind: not MethodKind.Constructor } method => method.ReturnType,
        IPropertySymbol property => property.Type,
        IFieldSymbol field => field.Type,
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        _ => null,
    };

    private static void Append(StringBuilder text, string label, string words)
    {
        if (words.Length > 0) text.Append("\n\n").Append(label).Append(words);
    }
}

/// <summary>What a call takes, when the caret stands between its parentheses: every overload, and the parameter that is due.</summary>
internal static class SignatureHelp
{
    private const int MostOverloads = 8;

    private static readonly SymbolDisplayFormat Signature = SymbolDisplayFormat.MinimallyQualifiedFormat
        .WithParameterOptions(SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeParamsRefOut
            | SymbolDisplayParameterOptions.IncludeExtensionThis)
        .WithMemberOptions(SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType
            | SymbolDisplayMemberOptions.IncludeContainingType);

    /// <summary>The help for the innermost call around a position; null where there is none.</summary>
    public static string? Of(SemanticModel model, SyntaxNode root, int position)
    {
        var left = CompletionPlace.TokenBefore(root, position);
        var list = left.Parent?.AncestorsAndSelf().OfType<BaseArgumentListSyntax>().FirstOrDefault(found => Encloses(found, position));
        if (list is null) return null;
        var index = list.Arguments.GetSeparators().Count(comma => comma.Span.End <= position);
        var named = list.Arguments.ElementAtOrDefault(index)?.NameColon?.Name.Identifier.ValueText;
        var callables = new CompletionTypes(model).Callables(list)
            .OrderBy(callable => Takes(callable, list.Arguments.Count, index) ? 0 : 1)
            .ToList();
        if (callables.Count == 0) return null;
        var text = new StringBuilder();
        foreach (var callable in callables.Take(MostOverloads))
        {
            text.Append(callable.ToDisplayString(Signature)).Append('\n');
        }
        if (callables.Count > MostOverloads) text.Append("… and ").Append(callables.Count - MostOverloads).Append(" more\n");
        AppendDue(text, callables[0], index, named);
        return text.ToString().TrimEnd();
    }

    private static bool Encloses(BaseArgumentListSyntax list, int position)
    {
        var (open, close) = list is BracketedArgumentListSyntax brackets
            ? (brackets.OpenBracketToken, brackets.CloseBracketToken)
            : (((ArgumentListSyntax)list).OpenParenToken, ((ArgumentListSyntax)list).CloseParenToken);
        return position >= open.Span.End && (close.IsMissing || position <= close.SpanStart);
    }

    private static bool Takes(ISymbol callable, int given, int index)
    {
        var parameters = CompletionTypes.ParametersOf(callable);
        var count = Math.Max(given, index + 1);
        return (parameters.Count > 0 && parameters[^1].IsParams)
            || (parameters.Count >= count && parameters.Count(parameter => !parameter.IsOptional) <= count);
    }

    private static void AppendDue(StringBuilder text, ISymbol callable, int index, string? named)
    {
        var parameters = CompletionTypes.ParametersOf(callable);
        var due = named is null
            ? parameters.ElementAtOrDefault(Math.Min(index, parameters.Count - 1))
            : parameters.FirstOrDefault(parameter => parameter.Name == named);
        var documentation = Documentation.Of(callable);
        if (due is not null)
        {
            text.Append("\n→ ").Append(due.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)).Append(' ').Append(due.Name);
            if (documentation.Parameter(due.Name) is { Length: > 0 } said) text.Append(": ").Append(said);
            text.Append('\n');
        }
        if (documentation.Summary is { Length: > 0 } summary) text.Append('\n').Append(summary).Append('\n');
    }
}
