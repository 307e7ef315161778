using System.Collections.Immutable;

namespace Analys.Load.Px;

/// <summary>HIERARCHIES: the top, and then pairs <c>"parent":"child"</c>.</summary>
internal static class PxHierarchy
{
    public static ImmutableDictionary<string, ImmutableArray<string>> Read(PxKeyword? keyword)
    {
        var children = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (var item in keyword?.Values ?? [])
        {
            // A pair is kept with its quotes, so that a colon in a value is no separator.
            if (item.Quoted || item.Text.Split("\":\"") is not [var parent, var child]) continue;
            parent = parent[1..];
            children[parent] = children.GetValueOrDefault(parent, []).Add(child[..^1]);
        }

        return children.ToImmutableDictionary();
    }
}
