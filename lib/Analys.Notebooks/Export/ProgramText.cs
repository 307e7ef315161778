using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Analys.Notebooks.Export;

/// <summary>The text of the program: usings first, then statements, then types.</summary>
internal sealed class ProgramText
{
    private readonly SortedSet<string> usings = new(StringComparer.Ordinal);
    private readonly StringBuilder statements = new();
    private readonly StringBuilder extensions = new();
    private readonly StringBuilder types = new();

    public void Using(string text) => usings.Add(text);

    public void Comment(string text)
    {
        statements.Append('\n');
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n')) statements.Append("// ").Append(line).Append('\n');
    }

    public void Statement(string text) => statements.Append(text).Append('\n');

    public void Script(SyntaxNode root, int cell)
    {
        var unit = (CompilationUnitSyntax)root;
        foreach (var directive in unit.Usings) usings.Add(directive.WithoutTrivia().ToString());
        statements.Append(CultureInfo.InvariantCulture, $"\n// cell {cell}\n");
        foreach (var member in unit.Members) Member(member, cell);
    }

    public string Build()
    {
        var text = new StringBuilder();
        foreach (var line in usings) text.Append(line).Append('\n');
        text.Append(statements);
        if (extensions.Length > 0) text.Append("\nstatic class NotebookExtensions\n{\n").Append(extensions).Append("}\n");
        return text.Append(types).ToString();
    }

    private void Member(MemberDeclarationSyntax member, int cell)
    {
        switch (member)
        {
            case GlobalStatementSyntax { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } last }:
                Lines($"Show({last.Expression.WithoutTrivia()});");
                break;
            case GlobalStatementSyntax statement:
                Lines(statement.ToFullString());
                break;
            case FieldDeclarationSyntax field:
                Lines(field.WithModifiers([]).WithAttributeLists([]).WithLeadingTrivia(field.GetLeadingTrivia()).ToFullString());
                break;
            case MethodDeclarationSyntax method when method.ParameterList.Parameters.FirstOrDefault()?.Modifiers.Any(SyntaxKind.ThisKeyword) == true:
                var rest = method.Modifiers.Where(modifier => !SyntaxFacts.IsAccessibilityModifier(modifier.Kind()));
                var bare = method.WithoutLeadingTrivia().WithModifiers(SyntaxFactory.TokenList(rest));
                extensions.Append("internal ").Append(bare.ToFullString().Trim('\r', '\n')).Append('\n');
                break;
            case MethodDeclarationSyntax method:
                var kept = method.Modifiers.Where(modifier => modifier.IsKind(SyntaxKind.AsyncKeyword) || modifier.IsKind(SyntaxKind.UnsafeKeyword));
                Lines(method.WithModifiers(SyntaxFactory.TokenList(kept)).WithLeadingTrivia(method.GetLeadingTrivia()).ToFullString());
                break;
            case BaseTypeDeclarationSyntax or DelegateDeclarationSyntax:
                var open = member.Modifiers.Where(modifier => !modifier.IsKind(SyntaxKind.PrivateKeyword) && !modifier.IsKind(SyntaxKind.ProtectedKeyword));
                types.Append('\n').Append(member.WithModifiers(SyntaxFactory.TokenList(open)).ToFullString().Trim('\r', '\n')).Append('\n');
                break;
            default:
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"Cell {cell} declares a {member.Kind()} outside a type, which a program cannot."));
        }
    }

    private void Lines(string text) => statements.Append(text.Trim('\r', '\n')).Append('\n');
}
