using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Analys.Mutants;

/// <summary>One small change of a source file: what stands there, and what would.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Span">Where the text stands.</param>
/// <param name="Kind">The operator that makes the change.</param>
/// <param name="Original">What stands there.</param>
/// <param name="Changed">What would stand there; for a statement, empty.</param>
internal sealed record Mutant(string File, int Line, TextSpan Span, string Kind, string Original, string Changed)
{
    /// <summary>Text that behaves as the original unless this mutant is the active one; on one line more or less as before.</summary>
    public string Switched(int number)
    {
        var on = string.Create(CultureInfo.InvariantCulture, $"global::Analys.Mutated.Is({number})");
        return Kind switch
        {
            "statement" => $"if (!{on}) {Original}",
            // Not written twice: a condition may declare names.
            "condition" => $"({on} ^ ({Original}))",
            _ => $"({on} ? ({Changed}) : ({Original}))",
        };
    }
}

/// <summary>The changes that a test should notice: the usual operators of mutation testing, found in the syntax alone. Left out are texts,
/// checks of null arguments and what a compiler must know (attributes, constants, cases of a switch).</summary>
internal static class Operators
{
    private static readonly Dictionary<SyntaxKind, string[]> Binary = new()
    {
        [SyntaxKind.AddExpression] = ["-"],
        [SyntaxKind.SubtractExpression] = ["+"],
        [SyntaxKind.MultiplyExpression] = ["/"],
        [SyntaxKind.DivideExpression] = ["*"],
        [SyntaxKind.LessThanExpression] = ["<=", ">="],
        [SyntaxKind.LessThanOrEqualExpression] = ["<", ">"],
        [SyntaxKind.GreaterThanExpression] = [">=", "<="],
        [SyntaxKind.GreaterThanOrEqualExpression] = [">", "<"],
        [SyntaxKind.EqualsExpression] = ["!="],
        [SyntaxKind.NotEqualsExpression] = ["=="],
        [SyntaxKind.LogicalAndExpression] = ["||"],
        [SyntaxKind.LogicalOrExpression] = ["&&"],
    };

    private static readonly Dictionary<string, string> Calls = new(StringComparer.Ordinal)
    {
        ["Min"] = "Max",
        ["Max"] = "Min",
        ["Any"] = "All",
        ["All"] = "Any",
        ["First"] = "Last",
        ["Last"] = "First",
        ["Floor"] = "Ceiling",
        ["Ceiling"] = "Floor",
        ["OrderBy"] = "OrderByDescending",
        ["OrderByDescending"] = "OrderBy",
    };

    /// <summary>All mutants of a file, in the order of its text.</summary>
    /// <param name="file">A file of C#.</param>
    public static IEnumerable<Mutant> Of(string file)
    {
        var tree = CSharpSyntaxTree.ParseText(System.IO.File.ReadAllText(file));
        foreach (var node in tree.GetRoot().DescendantNodes(Descend))
        {
            foreach (var (kind, changed) in Changes(node))
            {
                var line = tree.GetLineSpan(node.Span).StartLinePosition.Line + 1;
                yield return new Mutant(file, line, node.Span, kind, node.ToString(), changed);
            }
        }
    }

    private static bool Descend(SyntaxNode node) => node is not (AttributeListSyntax or EnumDeclarationSyntax or CaseSwitchLabelSyntax
        or PatternSyntax or ParameterSyntax or InterpolatedStringExpressionSyntax or ThrowStatementSyntax or ThrowExpressionSyntax
        or FieldDeclarationSyntax { Modifiers: [.., SyntaxToken { RawKind: (int)SyntaxKind.ConstKeyword }] }
        or LocalDeclarationStatementSyntax { IsConst: true });

    private static IEnumerable<(string Kind, string Changed)> Changes(SyntaxNode node)
    {
        if (IsCondition(node)) yield return ("condition", $"!({node})");
        switch (node)
        {
            case BinaryExpressionSyntax binary when Binary.TryGetValue(binary.Kind(), out var others) && !IsText(binary):
                foreach (var other in others)
                    yield return (Group(binary.Kind()), $"{binary.Left} {other} {binary.Right}");
                break;
            case LiteralExpressionSyntax literal when literal.Token.Value is int or double:
                yield return ("number", literal.Token.Value is double ? (double)literal.Token.Value is 0 ? "1.0" : $"2 * {literal}"
                    : $"{literal} + 1");
                break;
            case LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.TrueLiteralExpression):
                yield return ("truth", "false");
                break;
            case LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.FalseLiteralExpression):
                yield return ("truth", "true");
                break;
            case PrefixUnaryExpressionSyntax minus when minus.IsKind(SyntaxKind.UnaryMinusExpression):
                yield return ("arithmetic", minus.Operand.ToString());
                break;
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } call
                when Calls.TryGetValue(member.Name.ToString(), out var twin):
                yield return ("call", $"{member.Expression}.{twin}{call.ArgumentList}");
                break;
            case ExpressionStatementSyntax
            {
                Expression: InvocationExpressionSyntax or AssignmentExpressionSyntax
                or PostfixUnaryExpressionSyntax
            } statement when !IsGuard(statement):
                yield return ("statement", "");
                break;
            case ContinueStatementSyntax or BreakStatementSyntax { Parent: not SwitchSectionSyntax }:
                yield return ("statement", "");
                break;
        }
    }

    // Comparisons have changes of their own.
    private static bool IsCondition(SyntaxNode node) => node is not (BinaryExpressionSyntax or LiteralExpressionSyntax)
        && node.Parent switch
        {
            IfStatementSyntax branch => branch.Condition == node,
            WhileStatementSyntax loop => loop.Condition == node,
            ConditionalExpressionSyntax choice => choice.Condition == node,
            _ => false,
        };

    private static string Group(SyntaxKind kind) => kind switch
    {
        SyntaxKind.AddExpression or SyntaxKind.SubtractExpression or SyntaxKind.MultiplyExpression or SyntaxKind.DivideExpression
            => "arithmetic",
        SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression => "logic",
        _ => "comparison",
    };

    private static bool IsText(BinaryExpressionSyntax binary) =>
        binary.DescendantNodes().Any(node => node.IsKind(SyntaxKind.StringLiteralExpression) || node is InterpolatedStringExpressionSyntax)
        && binary.IsKind(SyntaxKind.AddExpression);

    private static bool IsGuard(ExpressionStatementSyntax statement) =>
        statement.Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: var name } }
        && name.StartsWith("ThrowIf", StringComparison.Ordinal);
}
