using System.Collections.Immutable;
using Analys.Domain;
using Analys.Load.Schema;

namespace Analys.Load;

/// <summary>Categories of a text column taken together: a coarser division of the same rows.</summary>
/// <remarks>Written <c>FIELD:NEW=A+B</c>; several parts of a field are separated by semicolons. A plus sign, semicolon, colon or equals
/// sign in a
/// name is written with a backslash before it. Swedish: <i>sammanslagna kategorier</i>.</remarks>
internal static class MergedCategories
{
    /// <summary>The extract with some of its categories merged; its provenance says which field.</summary>
    /// <param name="extract">The extract.</param>
    /// <param name="text">Which categories.</param>
    /// <exception cref="CallException">The text is not written so, or names a category that the column has not.</exception>
    public static Extract Of(Extract extract, string text)
    {
        var parts = Split(text, ':');
        if (parts.Count != 2) throw new CallException("--merge is written FIELD:NEW=A+B.");
        var column = extract.Text(Plain(parts[0]));
        var target = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var merge in Split(parts[1], ';'))
        {
            var sides = Split(merge, '=');
            if (sides.Count != 2) throw new CallException("--merge is written FIELD:NEW=A+B.");
            foreach (var old in Split(sides[1], '+').Select(Plain))
            {
                if (!column.Categories.Contains(old))
                    throw new CallException($"--merge names a category of {column.Name} that it does not have.");
                if (!target.TryAdd(old, Plain(sides[0]))) throw new CallException($"--merge names a category of {column.Name} twice.");
            }
        }

        return extract.Replace(column.Name, Merged(column, target), $"categories of {column.Name} merged");
    }

    /// <summary>How a merge of categories is written.</summary>
    public static string Write(string field, string name, IEnumerable<string> categories) =>
        Write(field, [(name, categories)]);

    /// <summary>How several merges of one column are written.</summary>
    public static string Write(string field, IEnumerable<(string Name, IEnumerable<string> Categories)> merges) =>
        $"{Escape(field)}:{string.Join(';', merges.Select(Written))}";

    private static string Written((string Name, IEnumerable<string> Categories) merge) =>
        $"{Escape(merge.Name)}={string.Join('+', merge.Categories.Select(Escape))}";

    private static TextColumn Merged(TextColumn column, Dictionary<string, string> target)
    {
        var categories = column.Categories.Select(name => target.GetValueOrDefault(name, name)).Distinct(StringComparer.Ordinal).ToList();
        var place = categories.Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i, StringComparer.Ordinal);
        int[] to = [.. column.Categories.Select(name => place[target.GetValueOrDefault(name, name)])];
        var codes = new int[column.Count];
        for (var row = 0; row < codes.Length; row++) codes[row] = column.Codes[row] < 0 ? -1 : to[column.Codes[row]];
        // What the schema said of the old categories does not hold of the new ones.
        var field = column.Field with { Constraints = new Constraints() };
        return new TextColumn(field, codes, categories, column.HasMarks ? column.Marks.ToArray() : null);
    }

    private static List<string> Split(string text, char at)
    {
        var parts = new List<string>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == at)
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }

    private static string Plain(string text)
    {
        var plain = new System.Text.StringBuilder();
        for (var i = 0; i < text.Length; i++) plain.Append(text[i] == '\\' && i + 1 < text.Length ? text[++i] : text[i]);
        return plain.ToString();
    }

    private static string Escape(string text) =>
        string.Concat(text.Select(c => c is '\\' or '+' or ';' or ':' or '=' ? $"\\{c}" : c.ToString()));
}
