using System.Collections;
using System.Data;
using System.Data.Common;
using System.Reflection;
using Analys.Notebooks.Engine;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Analys.Notebooks.CSharp;

/// <summary>
/// What may stand between quotes: the names that an object of the call offers, or files. An object offers names by a method called
/// <c>OfferedNames</c>, found by reflection, that takes the name of the parameter and gives texts: <c>extract.Text("|")</c> asks the value
/// of <c>extract</c>. Tables and dictionaries are read without it.
/// </summary>
/// <param name="place">The caret.</param>
/// <param name="variable">The present value of a variable, or null.</param>
/// <param name="loaded">A type that the notebook has loaded, by its symbol, or null.</param>
/// <param name="directory">Where relative paths start.</param>
internal sealed class TextCompletion(
    CompletionPlace place, Func<string, object?> variable, Func<INamedTypeSymbol, Type?> loaded, string directory)
{
    private const string Convention = "OfferedNames";
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly string[] PathWords = ["path", "file", "folder", "directory"];

    private readonly CompletionTypes types = new(place.Model);

    public Completions Find()
    {
        var token = CompletionPlace.TokenBefore(place.Tree.GetRoot(), place.End);
        var quote = token.Text.IndexOf('"', StringComparison.Ordinal);
        if (quote < 0) return Completions.None(place.End);
        var start = token.SpanStart + quote + 1;
        if (start > place.End) return Completions.None(place.End);
        var written = place.Tree.GetText().ToString(Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(start, place.End));
        var parameter = "";
        for (var node = token.Parent; node is not null; node = node.Parent)
        {
            if (node.Parent is not BaseArgumentListSyntax list) continue;
            var current = Parameter(node, list);
            if (parameter.Length == 0) parameter = current ?? "";
            var names = Owners(list).Select(owner => Offered(owner, current ?? "")).FirstOrDefault(offered => offered.Count > 0);
            if (names is not null) return Fitting(start, written, names);
        }
        return IsPath(written, parameter) ? Files(start, written) : Completions.None(place.End);
    }

    private Completions Fitting(int start, string written, IReadOnlyList<string> names)
    {
        var matches = names.Where(name => name.StartsWith(written, StringComparison.OrdinalIgnoreCase)).ToList();
        // Areas are often known by a later word: "Hägersten-Älvsjö".
        if (matches.Count == 0) matches = [.. names.Where(name => name.Contains(written, StringComparison.CurrentCultureIgnoreCase))];
        return new Completions(
            start, place.End, [.. matches.Distinct().Select(Escaped)])
        { Kinds = [.. matches.Distinct().Select(_ => "text")] };
    }

    private static string Escaped(string name) =>
        name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    private string? Parameter(SyntaxNode argument, BaseArgumentListSyntax list)
    {
        if (argument is ArgumentSyntax { NameColon.Name.Identifier.ValueText: var name }) return name;
        var before = argument.GetFirstToken().GetPreviousToken();
        return types.Parameters(before).FirstOrDefault()?.Name
            ?? types.Callables(list).SelectMany(CompletionTypes.ParametersOf).FirstOrDefault()?.Name;
    }

    /// <summary>The objects of a call that may know: what it is called on, then its other arguments.</summary>
    private IEnumerable<object> Owners(BaseArgumentListSyntax list)
    {
        var called = list.Parent switch
        {
            InvocationExpressionSyntax invocation => invocation.Expression,
            ElementAccessExpressionSyntax access => access.Expression,
            _ => null,
        };
        if (called is not null && Owner(called) is { } owner) yield return owner;
        foreach (var argument in list.Arguments)
        {
            if (argument.Expression is IdentifierNameSyntax && Owner(argument.Expression) is { } other) yield return other;
        }
    }

    // No code is run for a completion: in `extract.Where(…).Text("`, the variable that all began with is asked.
    private object? Owner(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax name => variable(name.Identifier.ValueText) ?? Type(name),
        MemberAccessExpressionSyntax access => Owner(access.Expression) ?? Type(access),
        InvocationExpressionSyntax invocation => Owner(invocation.Expression),
        ElementAccessExpressionSyntax access => Owner(access.Expression),
        PostfixUnaryExpressionSyntax suppressed => Owner(suppressed.Operand),
        ParenthesizedExpressionSyntax inner => Owner(inner.Expression),
        AwaitExpressionSyntax awaited => Owner(awaited.Expression),
        _ => null,
    };

    private Type? Type(ExpressionSyntax name) =>
        place.Model.GetSymbolInfo(name).Symbol is INamedTypeSymbol symbol ? loaded(symbol) : null;

    private static IReadOnlyList<string> Offered(object owner, string parameter)
    {
        try
        {
            var type = owner as Type ?? owner.GetType();
            var method = type.GetMethod(Convention, Any, [typeof(string)]);
            if (method is not null && (method.IsStatic || owner is not System.Type))
                return method.Invoke(owner, [parameter]) is IEnumerable<string> names ? [.. names] : [];
            return [.. Columns(owner)];
        }
        catch (Exception failure) when (failure is TargetInvocationException or InvalidOperationException or NotSupportedException)
        {
            return [];
        }
    }

    private static IEnumerable<string> Columns(object owner) => owner switch
    {
        DataTable table => Names(table.Columns),
        DataRow row => Names(row.Table.Columns),
        DataView view => Names(view.Table?.Columns),
        DbDataReader reader => Enumerable.Range(0, reader.FieldCount).Select(reader.GetName),
        IDictionary dictionary => dictionary.Keys.OfType<string>(),
        IEnumerable<KeyValuePair<string, object>> pairs => pairs.Select(pair => pair.Key),
        _ => Names(Property(owner, "Columns") as IEnumerable ?? Property(owner, "Schema") as IEnumerable),
    };

    private static IEnumerable<string> Names(IEnumerable? columns)
    {
        foreach (var column in columns ?? Array.Empty<object>())
        {
            if ((Property(column, "ColumnName") ?? Property(column, "Name")) is string name) yield return name;
        }
    }

    private static object? Property(object owner, string name) =>
        owner.GetType().GetProperties().FirstOrDefault(property => property.Name == name && property.GetIndexParameters().Length == 0)
            ?.GetValue(owner);

    private static bool IsPath(string written, string parameter) => written.Contains('/', StringComparison.Ordinal)
        || PathWords.Any(word => parameter.Contains(word, StringComparison.OrdinalIgnoreCase));

    private Completions Files(int start, string written)
    {
        var cut = written.LastIndexOf('/') + 1;
        var folder = Path.GetFullPath(written[..cut], directory);
        if (!Directory.Exists(folder)) return Completions.None(place.End);
        var found = new DirectoryInfo(folder).EnumerateFileSystemInfos()
            .Where(entry => entry.Name.StartsWith(written[cut..], StringComparison.OrdinalIgnoreCase) && !entry.Name.StartsWith('.'))
            .Select(entry => entry is DirectoryInfo ? entry.Name + "/" : entry.Name)
            .Order(StringComparer.OrdinalIgnoreCase)
            .ToList();
        return new Completions(start + cut, place.End, found) { Kinds = found.ConvertAll(_ => "path") };
    }
}
