namespace Analys.Notebooks.CSharp;

/// <summary>A type as C# writes it, or the nearest one that a cell can name.</summary>
internal static class TypeText
{
    public static string Nameable(Type? type)
    {
        for (var candidate = type; candidate is not null && candidate != typeof(object); candidate = candidate.BaseType)
        {
            if (IsNameable(candidate)) return Full(candidate);
        }
        return type?.GetInterfaces().Where(IsNameable).OrderByDescending(face => face.GetInterfaces().Length).Select(Full).FirstOrDefault() ?? "object";
    }

    public static string Full(Type type)
    {
        if (type.IsArray) return $"{Full(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        var arguments = new Queue<Type>(type.GetGenericArguments());
        var parts = new Stack<Type>();
        for (var part = type; part is not null; part = part.DeclaringType) parts.Push(part);
        var names = parts.Select(part => Segment(part, arguments)).ToArray();
        var prefix = type.Namespace is { Length: > 0 } space ? $"global::{space}." : "";
        return prefix + string.Join('.', names);
    }

    /// <summary>A type as a reader likes to see it.</summary>
    public static string Short(Type type)
    {
        if (type.IsArray) return $"{Short(type.GetElementType()!)}[]";
        var name = type.Name.Split('`')[0];
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Short))}>" : name;
    }

    private static string Segment(Type part, Queue<Type> arguments)
    {
        var cut = part.Name.IndexOf('`', StringComparison.Ordinal);
        if (cut < 0) return part.Name;
        var own = int.Parse(part.Name.AsSpan(cut + 1), System.Globalization.CultureInfo.InvariantCulture);
        var texts = Enumerable.Range(0, own).Select(_ => Full(arguments.Dequeue())).ToArray();
        return $"{part.Name[..cut]}<{string.Join(", ", texts)}>";
    }

    // A cell's own types stand in a submission class without a name that C# can write; they are left to `object`.
    private static bool IsNameable(Type type)
    {
        if (type.IsArray) return IsNameable(type.GetElementType()!);
        if (!type.IsVisible || type.IsPointer || type.Name.Contains('<', StringComparison.Ordinal) || type.Assembly.IsDynamic) return false;
        if (type.FullName is null || type.FullName.Contains('#', StringComparison.Ordinal)) return false;
        return type.Assembly.Location.Length > 0 && type.GetGenericArguments().All(IsNameable);
    }
}
