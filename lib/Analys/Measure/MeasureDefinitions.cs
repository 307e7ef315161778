using System.Collections;
using System.Reflection;
using Analys.Domain;

namespace Analys.Measure;

/// <summary>The definitions of all measures, gathered from the measures themselves, so that no list of them can go stale.</summary>
public static class MeasureDefinitions
{
    /// <summary>Every definition once, by family and id. A family is the folder of the measure.</summary>
    public static IReadOnlyList<(string Family, Definition Definition)> All { get; } =
    [
        .. typeof(MeasureDefinitions).Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith("Analys.Measure.", StringComparison.Ordinal) == true)
            .SelectMany(type => Of(type).Select(definition => (Family: Family(type), Definition: definition)))
            .DistinctBy(pair => (pair.Family, pair.Definition.Id))
            .OrderBy(pair => pair.Family, StringComparer.Ordinal).ThenBy(pair => pair.Definition.Id, StringComparer.Ordinal),
    ];

    private static string Family(Type type) => type.Namespace!.Split('.')[2];

    private static IEnumerable<Definition> Of(Type type) => type.ContainsGenericParameters
        ? []
        : type.GetProperties(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(property => property.GetIndexParameters().Length == 0 && Holds(property.PropertyType))
            .SelectMany(property => Definitions(property.GetValue(null)));

    private static bool Holds(Type type) =>
        type == typeof(Definition) || type.GetProperty("Definition")?.PropertyType == typeof(Definition)
        || (type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type) && type.GetGenericArguments().Any(Holds));

    private static IEnumerable<Definition> Definitions(object? value) => value switch
    {
        Definition definition => [definition],
        IEnumerable many => many.Cast<object?>().SelectMany(Definitions),
        null => [],
        _ => value.GetType().GetProperty("Definition")?.GetValue(value) is Definition own ? [own] : [],
    };
}
