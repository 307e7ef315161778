using Analys.Notebooks.Engine;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Analys.Notebooks.CSharp;

/// <summary>
/// What may stand at a caret in C#, what fits best first: values of the type that is wanted, names of parameters, variables, members,
/// types, words of the language, and last the types that no <c>using</c> names yet.
/// </summary>
internal sealed class CSharpCompletion(CompletionPlace place)
{
    private static readonly string[] StatementWords =
    [
        "if", "else", "for", "foreach", "while", "do", "switch", "try", "return", "throw", "using", "var", "await", "new", "static",
        "async", "class", "record", "struct", "interface", "enum", "bool", "int", "long", "double", "decimal", "string", "char", "object",
        "break", "continue", "lock", "yield", "public", "const", "void", "delegate", "true", "false", "null", "typeof", "nameof", "default",
        "this",
    ];

    private static readonly string[] ExpressionWords =
    [
        "new", "await", "true", "false", "null", "typeof", "nameof", "default", "from", "async", "static", "throw", "int", "long", "double",
        "decimal", "string", "bool", "char", "object", "out", "ref", "var", "checked", "unchecked", "sizeof",
    ];

    private static readonly string[] PatternWords = ["not", "null", "true", "false", "var"];

    private static readonly string[] OperatorWords = ["is", "as", "and", "or", "switch", "with", "when", "in"];

    private static readonly string[] QueryWords =
        ["where", "select", "orderby", "group", "by", "join", "on", "equals", "let", "into", "ascending", "descending", "in"];

    private readonly CompletionTypes types = new(place.Model);
    private readonly List<Candidate> candidates = [];

    private sealed record Candidate(string Text, string Kind, int Rank);

    public Completions Find(UnimportedTypes unimported, bool acrossLines)
    {
        switch (place.Kind)
        {
            case PlaceKind.Member: AddMembers(); break;
            case PlaceKind.Initializer: AddSettable(types.Filled((InitializerExpressionSyntax)place.Left.Parent!)); break;
            case PlaceKind.PropertyPattern: AddReadable(types.LookedAt((RecursivePatternSyntax)place.Left.Parent!.Parent!)); break;
            case PlaceKind.Pattern: AddPattern(); break;
            case PlaceKind.NewType: AddInReach(IsMakeable); break;
            case PlaceKind.Namespace: AddInReach(symbol => symbol is INamespaceSymbol); break;
            case PlaceKind.Operator: AddWords(IsInQuery() ? QueryWords : OperatorWords); break;
            case PlaceKind.Expression: AddExpression(ExpressionWords); break;
            case PlaceKind.Statement: AddExpression(StatementWords); break;
        }
        var found = Sorted();
        if (Imports.Shorten(place, found, acrossLines) is { } shortened) return shortened;
        if (place.Kind is not (PlaceKind.NewType or PlaceKind.Pattern or PlaceKind.Expression or PlaceKind.Statement)) return found;
        return Imports.Add(place, found, unimported, acrossLines);
    }

    private Completions Sorted()
    {
        var sorted = candidates
            .Where(candidate => Fits(candidate.Text))
            .OrderBy(candidate => candidate.Rank)
            .ThenBy(candidate => candidate.Text.StartsWith(place.Prefix, StringComparison.Ordinal) ? 0 : 1)
            .ThenBy(candidate => candidate.Text, StringComparer.OrdinalIgnoreCase)
            .DistinctBy(candidate => candidate.Text)
            .ToList();
        return new Completions(place.Start, place.End, sorted.ConvertAll(candidate => candidate.Text))
        {
            Kinds = sorted.ConvertAll(candidate => candidate.Kind),
        };
    }

    // `DayOfWeek.Monday` is found by its last word too.
    private bool Fits(string text) => text.StartsWith(place.Prefix, StringComparison.OrdinalIgnoreCase)
        || (place.Prefix.Length > 0 && text.Contains('.' + place.Prefix, StringComparison.OrdinalIgnoreCase));

    private void Add(string text, string kind, int rank) => candidates.Add(new Candidate(text, kind, rank));

    private void Add(IEnumerable<ISymbol> symbols, Func<ISymbol, int> rank)
    {
        foreach (var symbol in symbols)
        {
            if (symbol.CanBeReferencedByName && !IsHidden(symbol)) Add(symbol.Name, KindOf(symbol), rank(symbol));
        }
    }

    private void AddWords(IEnumerable<string> words, int rank = 6)
    {
        foreach (var word in words) Add(word, "keyword", rank);
    }

    private void AddMembers()
    {
        if (Before(place.Left) is not { } left) return;
        var symbol = place.Model.GetSymbolInfo(left).Symbol;
        IEnumerable<ISymbol> members;
        if (symbol is INamespaceSymbol space) members = place.Model.LookupSymbols(place.Start, space);
        else if (symbol is ITypeSymbol named) members = place.Model.LookupStaticMembers(place.Start, named);
        else if (TypeOf(left) is { } type)
        {
            var all = place.Model.LookupSymbols(place.Start, type, includeReducedExtensionMethods: true);
            var isLookedAt = left.FirstAncestorOrSelf<SubpatternSyntax>() is not null;
            members = all.Where(member => !member.IsStatic && member is not ITypeSymbol
                && (!isLookedAt || member is IPropertySymbol or IFieldSymbol));
        }
        else return;
        // What every object has is rarely what is looked for.
        Add(members, member => member.ContainingType?.SpecialType == SpecialType.System_Object ? 1 : 0);
    }

    private ITypeSymbol? TypeOf(ExpressionSyntax left)
    {
        if (place.Model.GetTypeInfo(left).Type is { } type and not IErrorTypeSymbol) return type;
        // `x is { Name.Le|`: what is before the dot is a property of what is looked at.
        var pattern = left.FirstAncestorOrSelf<SubpatternSyntax>()?.Parent?.Parent as RecursivePatternSyntax;
        return pattern is null ? null : CompletionTypes.Path(types.LookedAt(pattern), left);
    }

    private static ExpressionSyntax? Before(SyntaxToken dot) => dot.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression,
        QualifiedNameSyntax name => name.Left,
        MemberBindingExpressionSyntax binding => binding.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()?.Expression,
        _ => null,
    };

    private void AddSettable(ITypeSymbol? type)
    {
        var initializer = (InitializerExpressionSyntax)place.Left.Parent!;
        // Braces after a list hold its items, not its properties.
        if (type is null || (!initializer.IsKind(SyntaxKind.WithInitializerExpression) && IsCollection(type)))
        {
            AddExpression(ExpressionWords);
            return;
        }
        var given = initializer.Expressions.OfType<AssignmentExpressionSyntax>()
            .Select(assignment => assignment.Left.ToString())
            .ToHashSet();
        var members = Members(type).Where(member => !given.Contains(member.Name) && member switch
        {
            IPropertySymbol { SetMethod: { } set } => place.Model.IsAccessible(place.Start, set),
            IPropertySymbol { GetMethod: not null } property => IsCollection(property.Type),
            IFieldSymbol field => !field.IsReadOnly && !field.IsConst,
            _ => false,
        });
        Add(members, member => member is IPropertySymbol { IsRequired: true } ? 0 : 1);
    }

    private void AddReadable(ITypeSymbol? type)
    {
        if (type is null) return;
        var given = ((PropertyPatternClauseSyntax)place.Left.Parent!).Subpatterns
            .Select(subpattern => subpattern.ExpressionColon?.Expression.ToString())
            .ToHashSet();
        Add(Members(type).Where(member => !given.Contains(member.Name)), _ => 0);
    }

    private IEnumerable<ISymbol> Members(ITypeSymbol type) => place.Model.LookupSymbols(place.Start, type)
        .Where(member => !member.IsStatic && member is IPropertySymbol { IsIndexer: false } or IFieldSymbol);

    private void AddPattern()
    {
        AddConstants(types.Input(place.Left.Parent!) ?? InputBefore());
        AddInReach(symbol => symbol is INamespaceOrTypeSymbol);
        AddWords(PatternWords, rank: 1);
    }

    // Without a pattern, `x is ` is no pattern yet but the beginning of one.
    private ITypeSymbol? InputBefore() => place.Left.Parent switch
    {
        BinaryExpressionSyntax test => place.Model.GetTypeInfo(test.Left).Type,
        IsPatternExpressionSyntax test => place.Model.GetTypeInfo(test.Expression).Type,
        CaseSwitchLabelSyntax { Parent.Parent: SwitchStatementSyntax choice } => place.Model.GetTypeInfo(choice.Expression).Type,
        _ => null,
    };

    private void AddExpression(IEnumerable<string> words)
    {
        var wanted = types.Wanted(place).ToList();
        foreach (var type in wanted) AddConstants(type);
        if (!place.Left.IsKind(SyntaxKind.ColonToken))
        {
            foreach (var parameter in types.Parameters(place.Left)) AddArgumentNames(parameter);
        }
        AddInReach(symbol => symbol is not INamespaceSymbol || place.Prefix.Length > 0, wanted);
        AddWords(IsInQuery() ? words.Concat(QueryWords) : words);
    }

    private void AddArgumentNames(IParameterSymbol parameter)
    {
        // What stands before the caret is given already; names may follow in any order.
        var following = CompletionTypes.ParametersOf(parameter.ContainingSymbol).Where(other => other.Ordinal >= parameter.Ordinal);
        foreach (var name in following.Where(other => !other.IsParams)) Add(name.Name + ":", "param", 2);
    }

    /// <summary>The values that a type names itself: members of an enum, <c>Policy.Stockholm</c>, <c>true</c>.</summary>
    private void AddConstants(ITypeSymbol? wanted)
    {
        var type = wanted is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0]
            : wanted;
        if (type is null) return;
        if (type.SpecialType == SpecialType.System_Boolean)
        {
            Add("true", "keyword", 0);
            Add("false", "keyword", 0);
        }
        if (type.SpecialType != SpecialType.None || type.TypeKind is not (TypeKind.Enum or TypeKind.Class or TypeKind.Struct)) return;
        AddValues(type, value => SymbolEqualityComparer.Default.Equals(value, type));
        if (type.TypeKind == TypeKind.Enum) return;
        // Some types have their values in a class beside them: `Ages.Children` where an AgeChoice is wanted.
        INamespaceOrTypeSymbol home = type.ContainingType is { } outer ? outer : type.ContainingNamespace;
        var beside = home.GetTypeMembers().Where(other => other is { IsStatic: true, IsGenericType: false }
            && SymbolEqualityComparer.Default.Equals(other.ContainingAssembly, type.ContainingAssembly)
            && place.Model.IsAccessible(place.Start, other) && !IsHidden(other));
        foreach (var owner in beside) AddValues(owner, value => value.SpecialType == SpecialType.None && Converts(value, type));
    }

    private void AddValues(ITypeSymbol owner, Func<ITypeSymbol, bool> fits)
    {
        var name = owner.ToMinimalDisplayString(place.Model, place.Start);
        foreach (var member in owner.GetMembers().Where(member => member.IsStatic && place.Model.IsAccessible(place.Start, member)))
        {
            var value = member switch
            {
                IFieldSymbol field => field.Type,
                IPropertySymbol property => property.Type,
                _ => null,
            };
            if (value is not null && fits(value) && !IsHidden(member)) Add($"{name}.{member.Name}", KindOf(member), 0);
        }
    }

    private void AddInReach(Func<ISymbol, bool> fits, IReadOnlyList<ITypeSymbol>? wanted = null)
    {
        // The members of object are the script's own too, and never meant.
        var symbols = place.Model.LookupSymbols(place.Start)
            .Where(symbol => symbol.ContainingType?.SpecialType != SpecialType.System_Object && fits(symbol));
        Add(symbols, symbol => RankOf(symbol, wanted ?? []));
    }

    private int RankOf(ISymbol symbol, IReadOnlyList<ITypeSymbol> wanted)
    {
        var type = symbol switch
        {
            ILocalSymbol local => local.Type,
            IParameterSymbol parameter => parameter.Type,
            IRangeVariableSymbol => null,
            IFieldSymbol field => field.Type,
            IPropertySymbol property => property.Type,
            IMethodSymbol => null,
            INamedTypeSymbol => null,
            _ => null,
        };
        if (type is not null && wanted.Any(goal => Converts(type, goal))) return 1;
        return symbol switch
        {
            ILocalSymbol or IParameterSymbol or IRangeVariableSymbol or IFieldSymbol or IPropertySymbol => 3,
            IMethodSymbol => 4,
            _ => 5,
        };
    }

    private bool Converts(ITypeSymbol from, ITypeSymbol to) =>
        to.SpecialType != SpecialType.System_Object && place.Model.Compilation.ClassifyCommonConversion(from, to).IsImplicit;

    private static bool IsMakeable(ISymbol symbol) => symbol is INamespaceSymbol
        or INamedTypeSymbol { IsAbstract: false, IsStatic: false, TypeKind: TypeKind.Class or TypeKind.Struct };

    private bool IsInQuery() => place.Left.Parent?.FirstAncestorOrSelf<QueryExpressionSyntax>() is not null;

    private static bool IsCollection(ITypeSymbol type) => type.SpecialType != SpecialType.System_String
        && type.AllInterfaces.Any(face => face.SpecialType == SpecialType.System_Collections_IEnumerable)
        && type.GetMembers("Add").Length > 0;

    private static bool IsHidden(ISymbol symbol) => symbol.GetAttributes().Any(attribute =>
        attribute.AttributeClass?.Name == "EditorBrowsableAttribute"
        && attribute.ConstructorArguments is [{ Value: (int)System.ComponentModel.EditorBrowsableState.Never }]);

    private static string KindOf(ISymbol symbol) => symbol switch
    {
        IMethodSymbol => "function",
        IPropertySymbol => "property",
        IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum } => "enum",
        IFieldSymbol or ILocalSymbol or IParameterSymbol or IRangeVariableSymbol => "instance",
        INamespaceSymbol => "module",
        INamedTypeSymbol => "class",
        _ => "",
    };
}
