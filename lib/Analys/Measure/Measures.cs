using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using Analys.Domain;
using Analys.Measure;
using Analys.Measure.Income;
using Analys.Measure.Income.Inequality;
using Analys.Measure.Income.Poverty;
using Analys.Measure.Segregation;
using Analys.Measure.Study;
using Atkinson = Analys.Measure.Income.Inequality.Atkinson;
using Gini = Analys.Measure.Income.Inequality.Gini;

namespace Analys;

/// <summary>A measure of the catalogue.</summary>
/// <param name="Family">The family: the folder of its file.</param>
/// <param name="Definition">What it is: names, formula, unit, range, source.</param>
public sealed record MeasureEntry(string Family, Definition Definition)
{
    /// <summary>What its value tells of the persons behind it; unstated where that depends on the figures that it is made of.</summary>
    public Tells Tells { get; init; }

    /// <summary>The options it takes; each is an option of the command too.</summary>
    public ImmutableArray<MeasureOption> Options { get; init; } = [];
}

/// <summary>The catalogue of all measures, gathered from the measures themselves, so that no list of them can go stale.</summary>
public static class Measures
{
    /// <summary>Every measure once, by family and id.</summary>
    public static IReadOnlyList<MeasureEntry> All { get; } =
    [
        .. typeof(Measures).Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith("Analys.Measure.", StringComparison.Ordinal) == true)
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
            Options = [.. income.Parameters.Select(pair =>
                new MeasureOption(pair.Key, pair.Value, "a number of the formula; also after a colon behind the id, as in fgt:1.5"))],
        },
        SegregationMeasure segregation => new(family, segregation.Definition) { Tells = segregation.Tells, Options = segregation.Options },
        Definition definition => new(family, definition),
        _ => new(family, (Definition)found.GetType().GetProperty(nameof(MeasureEntry.Definition))!.GetValue(found)!),
    };

    private static IEnumerable<object> Of(Type type) => type.ContainsGenericParameters
        ? []
        : type.GetProperties(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(property => property.GetIndexParameters().Length == 0 && Holds(property.PropertyType))
            .SelectMany(property => Measured(property.GetValue(null)));

    private static bool Holds(Type type) =>
        type == typeof(Definition) || type.GetProperty(nameof(MeasureEntry.Definition))?.PropertyType == typeof(Definition)
        || (type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type) && type.GetGenericArguments().Any(Holds));

    private static IEnumerable<object> Measured(object? value) => value switch
    {
        Definition definition => [definition],
        IEnumerable many => many.Cast<object?>().SelectMany(Measured),
        null => [],
        _ => value.GetType().GetProperty(nameof(MeasureEntry.Definition))?.GetValue(value) is Definition ? [value] : [],
    };
}

/// <summary>The catalogue of poverty measures of one year.</summary>
internal static class PovertyMeasures
{
    /// <summary>The poor by income without social transfers, the line being that of disposable income.</summary>
    public static IncomeMeasure BeforeTransfers { get; } = Fgt.On(IncomeConcept.BeforeTransfers, new Definition(
        "poverty-before-transfers", "Poverty before social transfers", "Fattigdom före transfereringar",
        "Σ w [y − transfers < z] / Σ w, z the line of disposable income", Units.Share, ValueRange.Unit, "Eurostat, ilc_li10"));

    /// <summary>The poor by income after the cost of the dwelling.</summary>
    public static IncomeMeasure AfterHousingCosts { get; } = Fgt.On(IncomeConcept.AfterHousing, new Definition(
        "poverty-after-housing-costs", "Poverty after housing costs", "Fattigdom efter boendekostnad",
        "Σ w [y − h < z] / Σ w, h the cost of the dwelling", Units.Share, ValueRange.Unit,
        "Department for Work and Pensions, Households Below Average Income: quality and methodology"));

    /// <summary>The measures that need incomes only, with the arguments that are used when none are given.</summary>
    public static ImmutableArray<IncomeMeasure> All { get; } =
    [
        AtRiskOfPovertyThreshold.Measure, Fgt.AtRiskOfPovertyRate, Fgt.LowEconomicStandard, RelativeMedianPovertyGap.Measure,
        Fgt.Headcount, Fgt.Gap, Fgt.Severity, Fgt.Of(2), Watts.Measure, Sen.Measure, SenShorrocksThon.Measure,
    ];
}

/// <summary>The catalogue of inequality measures.</summary>
internal static class InequalityMeasures
{
    /// <summary>The measures with the arguments that are used when none are given.</summary>
    public static ImmutableArray<IncomeMeasure> All { get; } =
    [
        Mean.Measure, Median.Measure, Gini.Measure, IncomeQuintileShareRatio.Measure, QuantileRatio.Of(0.9, 0.1), Palma.Measure,
        Hoover.Measure,
        GeneralisedEntropy.MeanLogDeviation, GeneralisedEntropy.Theil, GeneralisedEntropy.Of(2), Atkinson.Of(0.5), .. Lorenz.Deciles,
    ];
}

/// <summary>Finds measures of persons by their ids, with their arguments: <c>gini</c>, <c>fgt:1.5</c>,
/// <c>quantile-ratio:0.9:0.1</c>.</summary>
/// <param name="Alpha">α where an id gives none.</param>
/// <param name="Epsilon">ε where an id gives none.</param>
/// <param name="P">The upper quantile where an id gives none.</param>
/// <param name="Q">The lower quantile where an id gives none.</param>
internal sealed record MeasureCatalogue(double Alpha = 2, double Epsilon = 0.5, double P = 0.9, double Q = 0.1)
{
    /// <summary>The definitions of all measures of one year, each id once.</summary>
    public static ImmutableArray<Definition> Definitions { get; } =
    [
        .. PovertyMeasures.All
            .Concat([Fgt.AnchoredAtRiskOfPovertyRate, PovertyMeasures.BeforeTransfers, PovertyMeasures.AfterHousingCosts,
                IncomeSupport.Share, IncomeSupport.LongTermShare])
            .Concat(InequalityMeasures.All).Select(measure => measure.Definition).DistinctBy(definition => definition.Id),
    ];

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
        try
        {
            return parts[0] switch
            {
                "fgt" => [Fgt.Of(Argument(0, Alpha))],
                "generalised-entropy" => [GeneralisedEntropy.Of(Argument(0, Alpha))],
                "atkinson" => [Atkinson.Of(Argument(0, Epsilon))],
                "quantile-ratio" => [QuantileRatio.Of(Argument(0, P), Argument(1, Q))],
                "lorenz" => arguments.Length == 0 ? Lorenz.Deciles : [.. arguments.Select(Lorenz.At)],
                _ when arguments.Length > 0 => Plain(parts[0]) is null
                    ? null : throw new FormatException($"{parts[0]} takes no arguments."),
                _ => Plain(parts[0]) is { } plain ? [plain] : null,
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new FormatException($"An argument of {parts[0]} is outside its range.");
        }

        double Argument(int i, double otherwise) => i < arguments.Length ? arguments[i] : otherwise;
    }

    /// <summary>The poverty measures that the data can give.</summary>
    /// <param name="persons">The persons.</param>
    /// <param name="anchored">Whether a base year is given.</param>
    public IReadOnlyList<IncomeMeasure> PovertyOf(PersonTable persons, bool anchored)
    {
        ArgumentNullException.ThrowIfNull(persons);
        var all = new List<IncomeMeasure>();
        if (!persons.Incomes.IsEmpty)
            all.AddRange(PovertyMeasures.All.Select(measure => measure.Definition.Id == "fgt" ? Find("fgt")![0] : measure));
        if (anchored) all.Add(Fgt.AnchoredAtRiskOfPovertyRate);
        if (!persons.Transfers.IsEmpty) all.Add(PovertyMeasures.BeforeTransfers);
        if (!persons.HousingCosts.IsEmpty) all.Add(PovertyMeasures.AfterHousingCosts);
        if (!persons.SupportMonths.IsEmpty) all.AddRange([IncomeSupport.Share, IncomeSupport.LongTermShare]);
        return all;
    }

    /// <summary>The inequality measures.</summary>
    public IReadOnlyList<IncomeMeasure> Inequality() =>
        [.. InequalityMeasures.All.Select(measure => measure.Definition.Id).Distinct().SelectMany(id => Find(id)!)];

    private static IncomeMeasure? Plain(string id) =>
        PovertyMeasures.All.Concat(InequalityMeasures.All)
            .Concat([Fgt.AnchoredAtRiskOfPovertyRate, PovertyMeasures.BeforeTransfers, PovertyMeasures.AfterHousingCosts,
                IncomeSupport.Share, IncomeSupport.LongTermShare])
            .FirstOrDefault(measure => measure.Definition.Id == id);
}
