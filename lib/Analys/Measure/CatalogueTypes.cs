using System.Reflection;
using System.Reflection.Metadata;

namespace Analys.Measure;

/// <summary>The types that catalogues gather measures from, by the names in the assembly's own table.</summary>
/// <remarks>To ask the run-time for all types makes it load thousands that hold no measure, in every short call.</remarks>
internal static class CatalogueTypes
{
    /// <summary>The types of a namespace and of those below it that have properties, none nested, in the order of the assembly.</summary>
    /// <param name="place">The namespace.</param>
    public static unsafe IReadOnlyList<Type> Below(string place)
    {
        var assembly = typeof(CatalogueTypes).Assembly;
        bool IsBelow(string name) => name == place
            || (name.StartsWith(place, StringComparison.Ordinal) && name[place.Length] == '.');
        // An assembly that was not loaded from a file has no table to look at.
        if (!assembly.TryGetRawMetadata(out var blob, out var length))
            return [.. assembly.GetTypes().Where(type => !type.IsNested && IsBelow(type.Namespace ?? ""))];
        var reader = new MetadataReader(blob, length);
        var types = new List<Type>();
        foreach (var handle in reader.TypeDefinitions)
        {
            var type = reader.GetTypeDefinition(handle);
            if (type.GetProperties().Count == 0 || !type.GetDeclaringType().IsNil) continue;
            var name = reader.GetString(type.Namespace);
            if (IsBelow(name)) types.Add(assembly.GetType($"{name}.{reader.GetString(type.Name)}", throwOnError: true)!);
        }

        return types;
    }

    /// <summary>The value of a property.</summary>
    /// <remarks>The run-time writes and compiles a method for each property that is asked by reflection: a delegate to what is compiled
    /// already costs nothing like it where there are two hundred.</remarks>
    /// <param name="property">The property.</param>
    /// <param name="of">Whose; null for a static one.</param>
    public static object? Value(PropertyInfo property, object? of = null) => property.PropertyType.IsValueType ? property.GetValue(of)
        : property.GetMethod!.CreateDelegate<Func<object?>>(of)();
}
