using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using Analys.Domain;
using Analys.Measure;
using Analys.Measure.Income;
using Analys.Measure.Segregation;
using Analys.Measure.Source;
using Analys.Measure.Study;

namespace Analys;

/// <summary>A measure of the catalogue.</summary>
/// <param name="Family">The family: the folder of its file.</param>
/// <param name="Definition">What it is: names, formula, unit, range, source.</param>
public sealed record MeasureEntry(string Family, Definition Definition)
{
    /// <summary>What its value tells of the persons behind it.</summary>
    public Tells Tells { get; init; } = Definition.Tells;

    /// <summary>Who stands in the numerator, in words; null where the value counts nobody.</summary>
    public string? Counts { get; init; } = Definition.Counts;

    /// <summary>The options it takes; each is an option of the command too.</summary>
    public ImmutableArray<MeasureOption> Options { get; init; } = [];

    /// <summary>Where it can be asked of, and with which error; null where that is not chosen.</summary>
    internal string? Sources { get; init; }
}

/// <summary>The catalogue of all measures, gathered from the measures themselves, so that no list of them can go stale.</summary>
public static class Measures
{
    /// <summary>Every measure once, by family and id.</summary>
    public static IReadOnlyList<MeasureEntry> All { get; } =
    [
        .. CatalogueTypes.Below(typeof(CatalogueTypes).Namespace!).Where(type => type.Namespace != typeof(CatalogueTypes).Namespace)
            .SelectMany(type => Of(type).Select(found => Entry(Family(type), found)))
            .GroupBy(entry => (entry.Family, entry.Definition.Id))
            // A measure of one group and one of all groups may share an id: their options are one list.
            .Select(same => same.First() with
            {
                Tells = same.Select(entry => entry.Tells).FirstOrDefault(tells => tells != Tells.Unstated),
                Options = [.. same.SelectMany(entry => entry.Options).DistinctBy(option => option.Name)],
            })
            .OrderBy(entry => entry.Family, StringComparer.Ordinal).ThenBy(entry => entry.Definition.Id, StringComparer.Ordinal),
    ];

    /// <summary>The measures of an id: one of each family that has it.</summary>
    /// <param name="id">The id; arguments after a colon are passed over.</param>
    /// <exception cref="ArgumentException">There is none; the message names the nearest.</exception>
    public static IReadOnlyList<MeasureEntry> Find(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        var name = id.Split(':')[0];
        MeasureEntry[] found = [.. All.Where(entry => entry.Definition.Id == name)];
        return found.Length > 0 ? found : throw Unknown(id, All.Select(entry => entry.Definition.Id));
    }

    /// <summary>That there is no measure of an id, with the nearest that there is.</summary>
    internal static CallException Unknown(string id, IEnumerable<string> known)
    {
        string[] ids = [.. known.Distinct()];
        var name = id.Split(':')[0];
        var hint = Nearest.Hint(name, ids);
        // A long list would hide the hint.
        var all = ids.Length > 20 && hint.Length > 0 ? "All are listed by analys measures." : $"Measures are {string.Join(", ", ids)}.";
        return new CallException($"There is no measure {name}.{hint} {all}");
    }

    private static string Family(Type type) => type.Namespace!.Split('.')[2];

    private static MeasureEntry Entry(string family, object found) => found switch
    {
        IncomeMeasure income => new(family, income.Definition)
        {
            Tells = income.Tells,
            Counts = income.Counts,
            Sources = (income.Aggregate, income.AggregateInfluence) switch
            {
                (null, _) => "rows in memory",
                ({ Maxima: not MaximaOf.None }, not { IsApproximate: false }) => "rows in memory; a file in passes or one database "
                    + "(linearised error from rows only)",
                ({ Maxima: not MaximaOf.None }, _) => "rows in memory; a file in passes or one database",
                (_, null) => "rows in memory; files in passes, databases, servers side by side (linearised error from rows only)",
                _ => "rows in memory; files in passes, databases, servers side by side",
            },
            Options = income.Options,
        },
        SegregationMeasure segregation => new(family, segregation.Definition)
        {
            Tells = segregation.Tells,
            Counts = segregation.Counts,
            Options = segregation.Options,
        },
        PanelMeasure panel => new(family, panel.Definition) { Options = panel.Options },
        Definition definition => new(family, definition) { Options = definition.Options },
        _ => Entry(family, CatalogueTypes.Value(found.GetType().GetProperty(nameof(MeasureEntry.Definition))!, found)!),
    };

    private static IEnumerable<object> Of(Type type) => type.ContainsGenericParameters
        ? []
        : type.GetProperties(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(property => property.GetIndexParameters().Length == 0 && Holds(property.PropertyType))
            .SelectMany(property => Measured(CatalogueTypes.Value(property)));

    private static bool Holds(Type type) =>
        type == typeof(Definition) || type.GetProperty(nameof(MeasureEntry.Definition))?.PropertyType == typeof(Definition)
        || (type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type) && type.GetGenericArguments().Any(Holds));

    private static IEnumerable<object> Measured(object? value) => value switch
    {
        Definition definition => [definition],
        IEnumerable many => many.Cast<object?>().SelectMany(Measured),
        null => [],
        _ => value.GetType().GetProperty(nameof(MeasureEntry.Definition))?.PropertyType == typeof(Definition) ? [value] : [],
    };
}
