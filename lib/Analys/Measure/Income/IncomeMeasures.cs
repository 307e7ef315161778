using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using Analys.Measure.Source;

namespace Analys.Measure.Income;

/// <summary>The catalogue of measures of persons in one year: every measure that stands as a static property in the folders of poverty and
/// inequality. A new one is there as soon as its file is.</summary>
internal static class IncomeMeasures
{
    /// <summary>The measures of poverty, in the order of their places.</summary>
    public static ImmutableArray<IncomeMeasure> Poverty { get; } = In("Analys.Measure.Income.Poverty");

    /// <summary>The measures of inequality, in the order of their places.</summary>
    public static ImmutableArray<IncomeMeasure> Inequality { get; } = In("Analys.Measure.Income.Inequality");

    /// <summary>All of them.</summary>
    public static IEnumerable<IncomeMeasure> All => Poverty.Concat(Inequality);

    /// <summary>The definitions of all, each id once.</summary>
    public static ImmutableArray<Definition> Definitions { get; } = [.. All.Select(measure => measure.Definition)];

    /// <summary>Every option of a measure, each name once.</summary>
    public static ImmutableArray<MeasureOption> Options { get; } =
        [.. All.SelectMany(measure => measure.Options).DistinctBy(option => option.Name)];

    private static ImmutableArray<IncomeMeasure> In(string place) =>
    [
        .. CatalogueTypes.Below(place)
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(property => property.PropertyType == typeof(IncomeMeasure))
            .Select(property => (IncomeMeasure)CatalogueTypes.Value(property)!)
            .OrderBy(measure => measure.Place).ThenBy(measure => measure.Definition.Id, StringComparer.Ordinal),
    ];
}

/// <summary>The numbers that the formula of a measure takes, such as α: options of a call, or arguments after colons behind the id
/// (<c>fgt:1.5</c>).</summary>
/// <param name="Options">The numbers in order, with what holds where a call gives none; empty where any number of arguments is
/// taken.</param>
/// <param name="Of">The measures of such numbers; several for a curve.</param>
internal sealed record FormulaNumbers(ImmutableArray<MeasureOption> Options, Func<IReadOnlyList<double>, IReadOnlyList<IncomeMeasure>> Of);

/// <summary>The options of studies of persons on which measures depend; each measure's record says which of them it does.</summary>
internal static class IncomeOptions
{
    /// <summary>The poverty line.</summary>
    public static MeasureOption Line { get; } = new("line", "median:60",
        "median:60, mean:50 or fixed:N; several separated by commas; always of the whole population");

    /// <summary>Whether a person on the line is poor.</summary>
    public static MeasureOption Poor { get; } =
        new("poor", "below", "Whether an income on the line is poor") { Words = ["below", "at-or-below"] };

    /// <summary>The rule of weighted quantiles.</summary>
    public static MeasureOption Quantiles { get; } =
        new("quantiles", "average", "Weighted quantile where F meets p exactly") { Words = ["average", "inverse", "above"] };

    /// <summary>What logarithms do with incomes of zero and below.</summary>
    public static MeasureOption NonPositive { get; } = new("nonpositive", "exclude",
        "What logarithms and powers (Theil, mean log deviation, entropy of every α, Atkinson, Rényi, Watts) do with persons whose income "
            + "is zero or "
            + "below: left out, kept in the population with a term of zero, or the figure is undefined")
    {
        Words = ["exclude", "denominator", "undefined"],
    };

    /// <summary>What is done with incomes below zero.</summary>
    public static MeasureOption Negative { get; } =
        new("negative", "keep", "What is done with incomes below zero") { Words = ["keep", "zero", "exclude"] };

    /// <summary>The line of poverty after housing costs.</summary>
    public static MeasureOption HousingLine { get; } =
        new("housing-line", "after", "The line of poverty after housing costs: of incomes after them, or before")
        {
            Words = ["after",
            "before"]
        };

    /// <summary>The base year.</summary>
    public static MeasureOption Anchor { get; } = new("anchor", null, "The base year of the anchored rate");

    /// <summary>The prices since then.</summary>
    public static MeasureOption Prices { get; } =
        new("prices", null, "The price index by year of the anchored rate: 2018=100,2019=101.8");

    /// <summary>Those that a measure depends on.</summary>
    public static ImmutableArray<MeasureOption> Of(IncomeMeasure measure)
    {
        var options = ImmutableArray.CreateBuilder<MeasureOption>();
        if (measure.Choices.HasFlag(Choices.Line)) options.Add(Line);
        if (measure.Choices.HasFlag(Choices.Poor)) options.Add(Poor);
        if (measure.Choices.HasFlag(Choices.Quantiles) || measure.Choices.HasFlag(Choices.Line)) options.Add(Quantiles);
        if (measure.Choices.HasFlag(Choices.NonPositive)) options.Add(NonPositive);
        if (measure.Concept == IncomeConcept.AfterHousing) options.Add(HousingLine);
        if (measure.IsAnchored) options.AddRange(Anchor, Prices);
        if (measure.Concept != IncomeConcept.SupportMonths) options.Add(Negative);
        return options.ToImmutable();
    }
}

/// <summary>Finds measures of persons by their ids, with their arguments: <c>gini</c>, <c>fgt:1.5</c>,
/// <c>quantile-ratio:0.9:0.1</c>.</summary>
/// <param name="Numbers">The numbers of formulas by the names of their options, where an id gives none; null for those of the
/// measures.</param>
internal sealed record MeasureCatalogue(IReadOnlyDictionary<string, double>? Numbers = null)
{
    /// <summary>The measure of an id, or null where there is none; several for a curve.</summary>
    /// <param name="text">The id, with its arguments after colons.</param>
    /// <exception cref="FormatException">The arguments are not numbers, or not those of the measure.</exception>
    public IReadOnlyList<IncomeMeasure>? Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(':');
        var arguments = parts.Skip(1)
            .Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number)
            ? number
            : throw new FormatException($"The arguments of {parts[0]} are numbers.")).ToArray();
        if (IncomeMeasures.All.FirstOrDefault(measure => measure.Definition.Id == parts[0]) is not { } found) return null;
        if (found.Numbers is not { } numbers)
            return arguments.Length == 0 ? [found] : throw new FormatException($"{parts[0]} takes no arguments.");
        if (!numbers.Options.IsEmpty && arguments.Length > numbers.Options.Length)
            throw new FormatException($"{parts[0]} takes no more than {numbers.Options.Length} arguments.");
        try
        {
            return numbers.Of(numbers.Options.IsEmpty ? arguments : [.. numbers.Options.Select((option, i) =>
                i < arguments.Length ? arguments[i] : Number(option))]);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new FormatException($"An argument of {parts[0]} is outside its range.");
        }
    }

    /// <summary>The poverty measures that the data can give.</summary>
    /// <param name="persons">The persons.</param>
    /// <param name="anchored">Whether a base year is given.</param>
    public IReadOnlyList<IncomeMeasure> PovertyOf(PersonTable persons, bool anchored)
    {
        ArgumentNullException.ThrowIfNull(persons);
        return [.. IncomeMeasures.Poverty.Where(measure => measure.IsAnchored ? anchored : measure.Concept switch
        {
            IncomeConcept.BeforeTransfers => persons.Has(PersonParts.Transfers),
            IncomeConcept.AfterHousing => persons.Has(PersonParts.HousingCost),
            IncomeConcept.SupportMonths => persons.Has(PersonParts.SupportMonths),
            _ => persons.Has(PersonParts.Income),
        }).Where(measure => !measure.OnRequest).SelectMany(InForce)];
    }

    /// <summary>The inequality measures.</summary>
    public IReadOnlyList<IncomeMeasure> Inequality() => [.. IncomeMeasures.Inequality.Where(measure => !measure.OnRequest)
        .SelectMany(InForce)];

    private IReadOnlyList<IncomeMeasure> InForce(IncomeMeasure measure) =>
        measure.Numbers is null ? [measure] : Find(measure.Definition.Id)!;

    private double Number(MeasureOption option) => Numbers is not null && Numbers.TryGetValue(option.Name, out var given) ? given
        : double.Parse(option.Default!, CultureInfo.InvariantCulture);
}
