using Analys.Tests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Analys.Cli.Tests.Messages;

/// <summary>The messages that the sources hold, as templates with <c>{}</c> for what is filled in: read from the code, so that no message
/// can be added without its Swedish text being missed.</summary>
internal static class MessageSources
{
    private const int MostVariants = 48;

    /// <summary>What people are told: refusals by these exceptions, lines on standard error, and words of progress.</summary>
    private static readonly string[] Refusals =
    [
        "CallException", "MachineException", "ColumnNotFoundException", "SheetNotFoundException", "SchemaNotFoundException",
        "MeasureOptionException", "CountException", "ParameterException", "ReleaseRefusedException", "TableModelException",
            "ModelException",
        "AreaModelException", "SourceException", "LedgerException", "RecipeException", "PolicyException", "EffectException",
        "NotPushedException", "PxWebException", "SchemaException", "GeometryException",
    ];

    /// <summary>The templates of a folder of sources.</summary>
    /// <param name="folder">Below the repository's root.</param>
    public static IReadOnlySet<string> Of(params string[] folder)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Repository.At(folder), "*.cs", SearchOption.AllDirectories))
        {
            var root = CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot();
            foreach (var node in root.DescendantNodes())
            {
                if (Said(node) is not { } said) continue;
                foreach (var text in Texts(said, 0)) found.Add(text.Trim());
            }
        }

        found.RemoveWhere(text => text.Replace("{}", "", StringComparison.Ordinal).Count(char.IsLetter) < 4);
        return found;
    }

    /// <summary>Every text of several words in a folder: findings and notices are made in many ways.</summary>
    /// <param name="folder">Below the repository's root.</param>
    public static IReadOnlySet<string> Words(params string[] folder)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Repository.At(folder), "*.cs", SearchOption.AllDirectories))
        {
            var root = CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot();
            foreach (var node in root.DescendantNodes(node => !IsText(node)).Where(IsText).Cast<ExpressionSyntax>())
            {
                foreach (var text in Texts(node, 0).Select(text => text.Trim()))
                    if (text.Split(' ').Length >= 3 && text.Count(char.IsLetter) > 8) found.Add(text);
            }
        }

        return found;
    }

    private static bool IsText(SyntaxNode node) => node is InterpolatedStringExpressionSyntax
        || node is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression }
        || node is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum && (IsText(sum.Left) || IsText(sum.Right));

    // The expression of a message; null for any other node.
    private static ExpressionSyntax? Said(SyntaxNode node) => node switch
    {
        ObjectCreationExpressionSyntax { ArgumentList.Arguments: [var first, ..] } made
            when Refusals.Contains(made.Type.ToString()) => first.Expression,
        InvocationExpressionSyntax { ArgumentList.Arguments: [var first, ..] } call when IsSpoken(call.Expression) => first.Expression,
        _ => null,
    };

    private static bool IsSpoken(ExpressionSyntax called) => called is MemberAccessExpressionSyntax member
        && (member.Expression.ToString().EndsWith("rrors", StringComparison.Ordinal)
            && member.Name.Identifier.Text is "WriteLine" or "WriteLineAsync"
            || member.Name.Identifier.Text == "AddError"
            || member.Expression.ToString() == "Work" && member.Name.Identifier.Text is "Say" or "Of"
            || member.Expression.ToString() == "notes" && member.Name.Identifier.Text == "Add")
        || called is IdentifierNameSyntax { Identifier.Text: "Say" };

    private static IEnumerable<string> Texts(ExpressionSyntax expression, int depth) => (depth > 12 ? null : expression) switch
    {
        LiteralExpressionSyntax literal => [literal.Token.Value as string ?? "{}"],
        ParenthesizedExpressionSyntax inner => Texts(inner.Expression, depth + 1),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum =>
            Both(Texts(sum.Left, depth + 1), Texts(sum.Right, depth + 1)),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } either =>
            Texts(either.Left, depth + 1).Union(Texts(either.Right, depth + 1)),
        ConditionalExpressionSyntax either => Texts(either.WhenTrue, depth + 1).Union(Texts(either.WhenFalse, depth + 1)),
        SwitchExpressionSyntax choice => choice.Arms.SelectMany(arm => Texts(arm.Expression, depth + 1)).Distinct(),
        InterpolatedStringExpressionSyntax filled => filled.Contents.Aggregate((IEnumerable<string>)[""], (before, part) => Both(before,
            part is InterpolatedStringTextSyntax text ? [text.TextToken.ValueText]
                : Texts(((InterpolationSyntax)part).Expression, depth + 1))),
        InvocationExpressionSyntax call when call.Expression.ToString() == "string.Create" =>
            Texts(call.ArgumentList.Arguments[^1].Expression, depth + 1),
        InvocationExpressionSyntax call when call.Expression.ToString().EndsWith("Nearest.Hint", StringComparison.Ordinal) => [""],
        IdentifierNameSyntax name => Constant(name) is { } value ? Texts(value, depth + 1) : ["{}"],
        _ => ["{}"],
    };

    // A constant or local text of the same file.
    private static ExpressionSyntax? Constant(IdentifierNameSyntax name)
    {
        var values = name.SyntaxTree.GetRoot().DescendantNodes().OfType<VariableDeclaratorSyntax>()
            .Where(declared => declared.Identifier.Text == name.Identifier.Text).Select(declared => declared.Initializer?.Value).ToList();
        return values is [{ } only] && only is LiteralExpressionSyntax or BinaryExpressionSyntax or ConditionalExpressionSyntax
            or InterpolatedStringExpressionSyntax ? only : null;
    }

    private static IEnumerable<string> Both(IEnumerable<string> before, IEnumerable<string> after) =>
        before.SelectMany(_ => after, (first, second) => first + second).Distinct().Take(MostVariants).ToList();
}
