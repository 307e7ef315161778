using System.Collections.Immutable;
using System.Globalization;
using Analys.Domain;
using Analys.Measure.Inequality;
using Analys.Measure.Persons;

namespace Analys.Measure.Poverty;

/// <summary>Finds measures of persons by their ids, with their arguments: <c>gini</c>, <c>fgt:1.5</c>, <c>quantile-ratio:0.9:0.1</c>.</summary>
/// <param name="Alpha">α where an id gives none.</param>
/// <param name="Epsilon">ε where an id gives none.</param>
/// <param name="P">The upper quantile where an id gives none.</param>
/// <param name="Q">The lower quantile where an id gives none.</param>
public sealed record MeasureCatalogue(double Alpha = 2, double Epsilon = 0.5, double P = 0.9, double Q = 0.1)
{
    /// <summary>The definitions of all measures of one year, each id once.</summary>
    public static ImmutableArray<Definition> Definitions { get; } =
    [
        .. PovertyMeasures.All
            .Concat([Fgt.AnchoredAtRiskOfPovertyRate, PovertyMeasures.BeforeTransfers, PovertyMeasures.AfterHousingCosts, IncomeSupport.Share, IncomeSupport.LongTermShare])
            .Concat(InequalityMeasures.All).Select(measure => measure.Definition).DistinctBy(definition => definition.Id),
    ];

    /// <summary>The measure of an id, or null where there is none; several for a curve.</summary>
    /// <param name="text">The id, with its arguments after colons.</param>
    /// <exception cref="FormatException">The arguments are not numbers, or not those of the measure.</exception>
    public IReadOnlyList<IncomeMeasure>? Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(':');
        var arguments = parts.Skip(1).Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
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
                _ when arguments.Length > 0 => Plain(parts[0]) is null ? null : throw new FormatException($"{parts[0]} takes no arguments."),
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
        if (!persons.Incomes.IsEmpty) all.AddRange(PovertyMeasures.All.Select(measure => measure.Definition.Id == "fgt" ? Fgt.Of(Alpha) : measure));
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
            .Concat([Fgt.AnchoredAtRiskOfPovertyRate, PovertyMeasures.BeforeTransfers, PovertyMeasures.AfterHousingCosts, IncomeSupport.Share, IncomeSupport.LongTermShare])
            .FirstOrDefault(measure => measure.Definition.Id == id);
}
