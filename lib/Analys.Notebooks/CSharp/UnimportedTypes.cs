using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Analys.Notebooks.Engine;
using Microsoft.CodeAnalysis.CSharp;

namespace Analys.Notebooks.CSharp;

/// <summary>
/// The public types of the assemblies that a notebook refers to, whether a <c>using</c> names their namespace or not. They are read from
/// the assemblies' tables, once for each file: the compiler's own picture of all of them would cost a second and a hundred megabytes.
/// </summary>
internal sealed class UnimportedTypes(IEnumerable<string> assemblies)
{
    private static readonly ConcurrentDictionary<string, IReadOnlyList<TypeName>> Known = new(StringComparer.Ordinal);

    internal readonly record struct TypeName(string Namespace, string Name);

    /// <summary>The types whose name begins with a text.</summary>
    public IEnumerable<TypeName> StartingWith(string prefix) => assemblies
        .SelectMany(path => Known.GetOrAdd(path, Read))
        .Where(type => type.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        .Distinct();

    private static IReadOnlyList<TypeName> Read(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        if (!file.HasMetadata) return [];
        var metadata = file.GetMetadataReader();
        var found = new List<TypeName>();
        foreach (var handle in metadata.TypeDefinitions)
        {
            var type = metadata.GetTypeDefinition(handle);
            if ((type.Attributes & TypeAttributes.VisibilityMask) != TypeAttributes.Public || type.Namespace.IsNil) continue;
            var space = metadata.GetString(type.Namespace);
            if (!space.StartsWith("Internal", StringComparison.Ordinal))
                found.Add(new TypeName(space, metadata.GetString(type.Name).Split('`')[0]));
        }
        return found;
    }
}

/// <summary>
/// Offers types that no <c>using</c> names. Where one alone fits, the <c>using</c> is written at the head of the cell; where several do,
/// their full names are offered, and the full name in turn is what completes to a <c>using</c>.
/// </summary>
internal static class Imports
{
    // Two letters begin the names of hundreds of types.
    private const int ShortestPrefix = 3;

    public static Completions Add(CompletionPlace place, Completions found, UnimportedTypes unimported, bool acrossLines)
    {
        if (place.Prefix.Length < ShortestPrefix) return found;
        var inReach = InReach(place);
        var types = unimported.StartingWith(place.Prefix).Where(type => !inReach.Contains(type.Name)).ToList();
        var exact = types.FindAll(type => type.Name == place.Prefix);
        if (exact.Count > 0 && !found.Matches.Contains(place.Prefix)) types = exact;
        if (types.Count == 1 && (found.Matches.Count == 0 || exact.Count == 1) && WithUsing(place, types[0], acrossLines) is { } written)
            return written;
        // By their last word: `Cultur` is rather System.Globalization.CultureInfo than a converter of System.ComponentModel.
        var names = types.OrderBy(type => type.Name, StringComparer.Ordinal).ThenBy(type => type.Namespace, StringComparer.Ordinal)
            .Select(type => $"{type.Namespace}.{type.Name}").ToList();
        return found with { Matches = [.. found.Matches, .. names], Kinds = [.. found.Kinds, .. names.Select(_ => "class")] };
    }

    /// <summary>A full name of a type, <c>System.Xml.XmlDocument</c>, becomes its last word and a <c>using</c>.</summary>
    public static Completions? Shorten(CompletionPlace place, Completions found, bool acrossLines)
    {
        var only = place.Prefix;
        if (place.Kind != PlaceKind.Member || !found.Matches.Contains(only) || InReach(place).Contains(only)) return null;
        var text = place.Tree.GetText();
        var start = place.Start;
        while (start > 0 && (SyntaxFacts.IsIdentifierPartCharacter(text[start - 1]) || text[start - 1] == '.')) start--;
        var space = text.ToString(Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(start, place.Start)).TrimEnd('.');
        var named = place.Model.Compilation.GetTypeByMetadataName($"{space}.{only}");
        return named is null ? null : WithUsing(place with { Start = start }, new UnimportedTypes.TypeName(space, only), acrossLines);
    }

    private static HashSet<string> InReach(CompletionPlace place) =>
        place.Model.LookupNamespacesAndTypes(place.Start).Select(symbol => symbol.Name).ToHashSet(StringComparer.Ordinal);

    private static Completions? WithUsing(CompletionPlace place, UnimportedTypes.TypeName type, bool acrossLines)
    {
        var text = place.Tree.GetText().ToString();
        var unit = place.Tree.GetCompilationUnitRoot();
        // Before the first token that is no part of a directive: comments at the head of a cell stay there, and #r lines are blank here.
        var first = unit.Usings.Count > 0 ? unit.Usings[0].SpanStart : unit.GetFirstToken().SpanStart;
        var at = Math.Min(first, place.Start);
        var between = text[at..place.Start];
        // Some editors take a change within the caret's line only.
        if (!acrossLines && between.Contains('\n', StringComparison.Ordinal)) return null;
        return new Completions(at, place.End, [$"using {type.Namespace};\n{between}{type.Name}"]) { Kinds = ["class"] };
    }
}
