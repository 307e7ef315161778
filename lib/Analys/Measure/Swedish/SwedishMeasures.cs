using System.Collections.Immutable;
using System.Reflection;
using Analys.Domain;

namespace Analys.Measure.Swedish;

/// <summary>A measure that holds households against a Swedish definition: what it is, and how it is had of the households of a
/// register.</summary>
/// <param name="Definition">What it is.</param>
/// <param name="Of">Its figures.</param>
internal sealed record SwedishMeasure(Definition Definition, Func<SwedishQuestion, Results> Of)
{
    /// <summary>Its place in lists.</summary>
    public required int Place { get; init; }

    /// <summary>Whether it is what a call gets that names none.</summary>
    public bool IsUsual { get; init; }
}

/// <summary>What a call asks of measures by Swedish definitions: of whom, by which norm and which line.</summary>
/// <param name="norm">The choices of the norm.</param>
/// <param name="households">The persons in their households.</param>
/// <param name="line">The line of low economic standard, kronor per consumption unit; null where none was given.</param>
/// <param name="educationAges">The ages of the socioeconomic index's share with pre-secondary education; null for its own.</param>
internal sealed class SwedishQuestion(NormChoices norm, RegisterHouseholds households, double? line, AgeSpan? educationAges)
{
    private readonly Lazy<IncomeStandard> standard = new(norm.Standard);

    /// <summary>The persons in their households.</summary>
    public RegisterHouseholds Households => households;

    /// <summary>The norm and what is added to it.</summary>
    /// <exception cref="CallException">No year is given.</exception>
    public IncomeStandard Standard => standard.Value;

    /// <summary>Who is counted.</summary>
    public AgeSpan Ages => norm.Ages;

    /// <summary>The line of low economic standard.</summary>
    /// <exception cref="CallException">None was given.</exception>
    public double Line => line
        ?? throw new CallException("Give --line: 60 % of the national median, kronor per consumption unit (in analys poverty as fixed:N).");

    /// <summary>The ages of the share with pre-secondary education.</summary>
    public AgeSpan? EducationAges => educationAges;
}

/// <summary>The measures that hold households against Swedish definitions: every <see cref="SwedishMeasure"/> that stands as a static
/// property in this folder. A new one is there as soon as its file is.</summary>
internal static class SwedishMeasures
{
    /// <summary>All of them, in the order of their places.</summary>
    public static ImmutableArray<SwedishMeasure> All { get; } =
    [
        .. CatalogueTypes.Below(typeof(SwedishMeasures).Namespace!)
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(property => property.PropertyType == typeof(SwedishMeasure))
            .Select(property => (SwedishMeasure)CatalogueTypes.Value(property)!)
            .OrderBy(measure => measure.Place),
    ];

    /// <summary>The ids.</summary>
    public static IReadOnlyList<string> Ids { get; } = [.. All.Select(measure => measure.Definition.Id)];

    /// <summary>Computes measures of an extract.</summary>
    /// <param name="ids">Which, of <see cref="Ids"/>; none for the usual ones.</param>
    /// <param name="extract">The extract.</param>
    /// <param name="norm">The choices of the norm.</param>
    /// <param name="line">The line of low economic standard, kronor per consumption unit; null where none was given.</param>
    /// <param name="educationAges">The ages of the socioeconomic index's share with pre-secondary education; null for 20–64.</param>
    /// <exception cref="CallException">An id is not known, or a choice that a measure needs is missing.</exception>
    public static Results Run(IReadOnlyList<string> ids, Extract extract, NormChoices norm, double? line, AgeSpan? educationAges = null)
    {
        RequireKnown(ids);
        IEnumerable<SwedishMeasure> asked = ids.Count == 0 ? All.Where(measure => measure.IsUsual)
            : ids.Select(id => All.First(measure => measure.Definition.Id == id));
        var question = new SwedishQuestion(norm, norm.Households(extract), line, educationAges);
        return asked.Select(measure => measure.Of(question)).Aggregate((all, more) => all.Concat(more));
    }

    /// <summary>Refuses ids that are none.</summary>
    /// <exception cref="CallException">An id is not known.</exception>
    public static void RequireKnown(IReadOnlyList<string> ids)
    {
        if (ids.FirstOrDefault(id => !Ids.Contains(id)) is { } unknown)
            throw Measures.Unknown(unknown, Ids);
    }
}
