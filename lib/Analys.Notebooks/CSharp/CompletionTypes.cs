using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Analys.Notebooks.CSharp;

/// <summary>
/// Which type is meant at a place of half-written code: what an initialiser fills, what a pattern looks at, what an argument should be.
/// The compiler gives up on some of that where the code around is incomplete; then it is read from the call's candidates.
/// </summary>
internal sealed class CompletionTypes(SemanticModel model)
{
    /// <summary>The type whose members an initialiser sets.</summary>
    public ITypeSymbol? Filled(InitializerExpressionSyntax initializer) => initializer.Parent switch
    {
        WithExpressionSyntax with => Known(model.GetTypeInfo(with.Expression).Type),
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax name, Parent: InitializerExpressionSyntax outer } =>
            MemberType(Filled(outer), name.Identifier.ValueText),
        BaseObjectCreationExpressionSyntax creation => Known(model.GetTypeInfo(creation).Type) ?? Expected(creation),
        _ => null,
    };

    /// <summary>The type of the value that a pattern with braces looks at.</summary>
    public ITypeSymbol? LookedAt(RecursivePatternSyntax pattern) =>
        pattern.Type is { } named ? Known(model.GetTypeInfo(named).Type) : Input(pattern);

    /// <summary>The type of the value that a pattern is put to.</summary>
    public ITypeSymbol? Input(SyntaxNode pattern) => pattern.Parent switch
    {
        IsPatternExpressionSyntax test => Known(model.GetTypeInfo(test.Expression).Type),
        SubpatternSyntax { Parent.Parent: RecursivePatternSyntax outer } inner => Path(LookedAt(outer), inner.ExpressionColon?.Expression),
        SwitchExpressionArmSyntax { Parent: SwitchExpressionSyntax choice } => Known(model.GetTypeInfo(choice.GoverningExpression).Type),
        SwitchLabelSyntax { Parent.Parent: SwitchStatementSyntax choice } => Known(model.GetTypeInfo(choice.Expression).Type),
        PatternSyntax outer => Input(outer),
        _ => null,
    };

    /// <summary>The type of <c>A.B</c>, read as members of a type: so a property pattern may go deeper by dots.</summary>
    public static ITypeSymbol? Path(ITypeSymbol? type, ExpressionSyntax? path) => path switch
    {
        IdentifierNameSyntax name => MemberType(type, name.Identifier.ValueText),
        MemberAccessExpressionSyntax access => MemberType(Path(type, access.Expression), access.Name.Identifier.ValueText),
        _ => null,
    };

    /// <summary>The types that would do where an expression stands or is to stand: several where a call has overloads.</summary>
    public IEnumerable<ITypeSymbol> Wanted(CompletionPlace place)
    {
        var found = place.Left switch
        {
            { RawKind: (int)SyntaxKind.EqualsToken, Parent: AssignmentExpressionSyntax { Left: var left } assignment } =>
                [Known(model.GetTypeInfo(left).Type) ?? Assigned(assignment)],
            { RawKind: (int)SyntaxKind.EqualsToken, Parent: EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declared } } =>
                [Declared(declared)],
            { Parent: BinaryExpressionSyntax { Left: var compared } comparison } when IsComparison(comparison) =>
                [Known(model.GetTypeInfo(compared).Type)],
            _ => Parameters(place.Left).Select(parameter => (ITypeSymbol?)Element(parameter)),
        };
        return found.OfType<ITypeSymbol>().Distinct(SymbolEqualityComparer.Default).Cast<ITypeSymbol>();
    }

    /// <summary>The parameters that the argument after a token may be for, one of each overload.</summary>
    public IEnumerable<IParameterSymbol> Parameters(SyntaxToken left)
    {
        if (left is { RawKind: (int)SyntaxKind.ColonToken, Parent: NameColonSyntax { Name.Identifier.ValueText: var name } colon })
        {
            var call = colon.FirstAncestorOrSelf<BaseArgumentListSyntax>();
            return Callables(call).SelectMany(callable => ParametersOf(callable)).Where(parameter => parameter.Name == name);
        }
        if (left.Parent is not BaseArgumentListSyntax list) return [];
        var index = list.Arguments.GetSeparators().Count(comma => comma.SpanStart <= left.SpanStart && left.IsKind(SyntaxKind.CommaToken));
        return Callables(list).Select(callable => ParameterAt(callable, index)).OfType<IParameterSymbol>();
    }

    /// <summary>What a list of arguments may call: the overloads of a method, of a constructor, of an indexer.</summary>
    public IEnumerable<ISymbol> Callables(BaseArgumentListSyntax? list) => list?.Parent switch
    {
        InvocationExpressionSyntax invocation => Methods(invocation),
        BaseObjectCreationExpressionSyntax creation =>
            (Known(model.GetTypeInfo(creation).Type) ?? Expected(creation)) is INamedTypeSymbol made
            ? made.InstanceConstructors.Where(constructor => model.IsAccessible(list.SpanStart, constructor))
            : [],
        ElementAccessExpressionSyntax access => Known(model.GetTypeInfo(access.Expression).Type) is { } type
            ? model.LookupSymbols(list.SpanStart, type).OfType<IPropertySymbol>().Where(property => property.IsIndexer)
            : [],
        _ => [],
    };

    public static IReadOnlyList<IParameterSymbol> ParametersOf(ISymbol callable) => callable switch
    {
        IMethodSymbol method => method.Parameters,
        IPropertySymbol property => property.Parameters,
        _ => [],
    };

    private IEnumerable<ISymbol> Methods(InvocationExpressionSyntax invocation)
    {
        var group = model.GetMemberGroup(invocation.Expression);
        if (group.Length > 0) return group;
        // A value of a delegate's type is called too.
        return model.GetTypeInfo(invocation.Expression).Type is INamedTypeSymbol { DelegateInvokeMethod: { } invoke } ? [invoke] : [];
    }

    private static IParameterSymbol? ParameterAt(ISymbol callable, int index)
    {
        var parameters = ParametersOf(callable);
        if (index < parameters.Count) return parameters[index];
        return parameters.Count > 0 && parameters[^1].IsParams ? parameters[^1] : null;
    }

    // `params T[]` takes a T.
    private static ITypeSymbol Element(IParameterSymbol parameter) =>
        parameter is { IsParams: true, Type: IArrayTypeSymbol array } ? array.ElementType : parameter.Type;

    private ITypeSymbol? Expected(BaseObjectCreationExpressionSyntax creation) => creation.Parent switch
    {
        ArgumentSyntax { Parent: BaseArgumentListSyntax list } argument => Wanted(argument, list),
        AssignmentExpressionSyntax { Left: var left } assignment when assignment.Right == creation =>
            Known(model.GetTypeInfo(left).Type) ?? Assigned(assignment),
        _ => Known(model.GetTypeInfo(creation).ConvertedType),
    };

    private ITypeSymbol? Wanted(ArgumentSyntax argument, BaseArgumentListSyntax list)
    {
        var callables = Callables(list);
        if (argument.NameColon is { Name.Identifier.ValueText: var name })
            return callables.SelectMany(ParametersOf).FirstOrDefault(parameter => parameter.Name == name)?.Type;
        var index = list.Arguments.IndexOf(argument);
        return callables.Select(callable => ParameterAt(callable, index)).FirstOrDefault(parameter => parameter is not null)?.Type;
    }

    private ITypeSymbol? Assigned(AssignmentExpressionSyntax assignment) =>
        assignment is { Left: IdentifierNameSyntax name, Parent: InitializerExpressionSyntax initializer }
            ? MemberType(Filled(initializer), name.Identifier.ValueText)
            : null;

    private ITypeSymbol? Declared(VariableDeclaratorSyntax declared) =>
        declared.Parent is VariableDeclarationSyntax { Type: { IsVar: false } type } ? Known(model.GetTypeInfo(type).Type) : null;

    private static ITypeSymbol? MemberType(ITypeSymbol? type, string name)
    {
        for (var owner = type; owner is not null; owner = owner.BaseType)
        {
            foreach (var member in owner.GetMembers(name))
            {
                if (member is IPropertySymbol property) return property.Type;
                if (member is IFieldSymbol field) return field.Type;
            }
        }
        return null;
    }

    private static bool IsComparison(BinaryExpressionSyntax expression) => expression.Kind() is SyntaxKind.EqualsExpression
        or SyntaxKind.NotEqualsExpression or SyntaxKind.LessThanExpression or SyntaxKind.GreaterThanExpression
        or SyntaxKind.LessThanOrEqualExpression or SyntaxKind.GreaterThanOrEqualExpression;

    private static ITypeSymbol? Known(ITypeSymbol? type) => type is null or IErrorTypeSymbol ? null : type;
}
