using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Analys.Notebooks.CSharp;

/// <summary>What may stand at a caret.</summary>
internal enum PlaceKind
{
    /// <summary>Nothing that is known: a comment, a number, a name that is just being given.</summary>
    Nothing,

    /// <summary>Inside the quotes of a text.</summary>
    Text,

    /// <summary>After a dot.</summary>
    Member,

    /// <summary>A property to be set: <c>new X { …</c>, <c>x with { …</c>.</summary>
    Initializer,

    /// <summary>A property to be looked at: <c>x is { …</c>.</summary>
    PropertyPattern,

    /// <summary>A pattern: after <c>is</c>, <c>case</c>, <c>not</c>, <c>or</c>, <c>and</c>.</summary>
    Pattern,

    /// <summary>A type that can be made: after <c>new</c>.</summary>
    NewType,

    /// <summary>A namespace: after <c>using</c>.</summary>
    Namespace,

    /// <summary>An operator written as a word: <c>is</c>, <c>as</c>, <c>switch</c>, <c>with</c>.</summary>
    Operator,

    /// <summary>A value.</summary>
    Expression,

    /// <summary>The beginning of a statement.</summary>
    Statement,
}

/// <summary>A caret in a cell: the word before it, the token before that, and what the compiler knows of the place.</summary>
/// <param name="Tree">The cell as it stands, half-written.</param>
/// <param name="Model">What the compiler makes of it, after all cells before it.</param>
/// <param name="Start">Where the word before the caret begins.</param>
/// <param name="End">The caret.</param>
/// <param name="Prefix">The word before the caret.</param>
/// <param name="Left">The token before the word.</param>
/// <param name="Kind">What may stand here.</param>
internal sealed record CompletionPlace(
    SyntaxTree Tree, SemanticModel Model, int Start, int End, string Prefix, SyntaxToken Left, PlaceKind Kind)
{
    public static CompletionPlace Of(ScriptChain chain, string code, int position)
    {
        var start = position;
        while (start > 0 && SyntaxFacts.IsIdentifierPartCharacter(code[start - 1])) start--;
        var tree = ScriptChain.Parse(ScriptHead.Take(code).Rest, "");
        var model = chain.Next(tree).GetSemanticModel(tree);
        var root = tree.GetRoot();
        var left = TokenBefore(root, start);
        return new CompletionPlace(tree, model, start, position, code[start..position], left, KindOf(root, start, position, left));
    }

    /// <summary>The last token that ends at a position or before it.</summary>
    public static SyntaxToken TokenBefore(SyntaxNode root, int position)
    {
        var token = root.FindToken(Math.Max(0, Math.Min(position, root.FullSpan.End)));
        return token.SpanStart >= position || token.Span.Length == 0 ? token.GetPreviousToken() : token;
    }

    private static PlaceKind KindOf(SyntaxNode root, int start, int position, SyntaxToken left)
    {
        if (IsInComment(root, position)) return PlaceKind.Nothing;
        var at = TokenBefore(root, position);
        if (IsInText(at, position)) return PlaceKind.Text;
        if (at.IsKind(SyntaxKind.NumericLiteralToken) && at.Span.End >= position && at.SpanStart < position) return PlaceKind.Nothing;
        if (at.IsKind(SyntaxKind.InterpolatedStringTextToken) && at.Span.End >= position) return PlaceKind.Nothing;
        if (IsBeingNamed(root, start, left)) return PlaceKind.Nothing;
        return left.Kind() switch
        {
            SyntaxKind.DotToken => PlaceKind.Member,
            SyntaxKind.OpenBraceToken or SyntaxKind.CommaToken when left.Parent is PropertyPatternClauseSyntax => PlaceKind.PropertyPattern,
            SyntaxKind.OpenBraceToken or SyntaxKind.CommaToken when IsOfMembers(left.Parent) => PlaceKind.Initializer,
            SyntaxKind.NewKeyword => PlaceKind.NewType,
            SyntaxKind.UsingKeyword or SyntaxKind.StaticKeyword when left.Parent is UsingDirectiveSyntax => PlaceKind.Namespace,
            SyntaxKind.IsKeyword or SyntaxKind.CaseKeyword or SyntaxKind.NotKeyword => PlaceKind.Pattern,
            SyntaxKind.AndKeyword or SyntaxKind.OrKeyword => PlaceKind.Pattern,
            SyntaxKind.AwaitKeyword or SyntaxKind.ReturnKeyword or SyntaxKind.ThrowKeyword or SyntaxKind.InKeyword => PlaceKind.Expression,
            _ when IsStatementStart(left) => PlaceKind.Statement,
            _ when EndsValue(left) && left.Span.End < start => PlaceKind.Operator,
            _ => PlaceKind.Expression,
        };
    }

    private static bool IsInComment(SyntaxNode root, int position)
    {
        if (position == 0) return false;
        var trivia = root.FindTrivia(position - 1);
        if (trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia))
            return true;
        return trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)
            && (position < trivia.Span.End || !trivia.ToString().EndsWith("*/", StringComparison.Ordinal));
    }

    private static bool IsInText(SyntaxToken token, int position)
    {
        if (!token.IsKind(SyntaxKind.StringLiteralToken) && !token.IsKind(SyntaxKind.SingleLineRawStringLiteralToken))
            return token.IsKind(SyntaxKind.CharacterLiteralToken) && token.Span.End > position;
        var isClosed = token.Text.Length > 1 && token.Text[^1] == '"' && !token.ContainsDiagnostics;
        return position > token.SpanStart && (position < token.Span.End || (position == token.Span.End && !isClosed));
    }

    // `var na|`, `record P(string Na|`: a name that is being given. `foo ba|` reads as one too, but is mostly two words of a call.
    private static bool IsBeingNamed(SyntaxNode root, int start, SyntaxToken left)
    {
        if (left.IsKind(SyntaxKind.None)) return false;
        if (left.IsKind(SyntaxKind.IdentifierToken) && left.Text == "var" && left.Span.End < start) return true;
        var token = root.FindToken(start);
        return token.SpanStart == start && token.Parent switch
        {
            VariableDeclaratorSyntax declared =>
                declared.Identifier == token && declared.Parent?.Parent is not LocalDeclarationStatementSyntax
                { Declaration.Type: IdentifierNameSyntax },
            ParameterSyntax { Type: not null } parameter => parameter.Identifier == token,
            BaseTypeDeclarationSyntax type => type.Identifier == token,
            MethodDeclarationSyntax method => method.Identifier == token,
            ForEachStatementSyntax each => each.Identifier == token,
            SingleVariableDesignationSyntax => true,
            _ => false,
        };
    }

    private static bool IsOfMembers(SyntaxNode? node) => node is InitializerExpressionSyntax initializer
        && (initializer.IsKind(SyntaxKind.ObjectInitializerExpression)
            || initializer.IsKind(SyntaxKind.WithInitializerExpression)
            || initializer.IsKind(SyntaxKind.CollectionInitializerExpression));

    private static bool IsStatementStart(SyntaxToken left) => left.Kind() switch
    {
        SyntaxKind.None or SyntaxKind.SemicolonToken or SyntaxKind.ElseKeyword or SyntaxKind.DoKeyword or SyntaxKind.TryKeyword => true,
        SyntaxKind.OpenBraceToken => left.Parent is BlockSyntax,
        SyntaxKind.CloseBraceToken => left.Parent is BlockSyntax or BaseTypeDeclarationSyntax,
        SyntaxKind.CloseParenToken => left.Parent is StatementSyntax,
        SyntaxKind.ColonToken => left.Parent is SwitchLabelSyntax,
        _ => false,
    };

    private static bool EndsValue(SyntaxToken left) =>
        left.IsKind(SyntaxKind.IdentifierToken) || left.IsKind(SyntaxKind.CloseParenToken) || left.IsKind(SyntaxKind.CloseBracketToken)
        || left.Parent is LiteralExpressionSyntax;
}
