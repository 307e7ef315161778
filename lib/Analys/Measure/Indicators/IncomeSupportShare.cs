using System.Globalization;
using Analys.Domain;
using Analys.Load;
using Analys.Load.Schema;
using Analys.Measure.Inference;

namespace Analys.Measure.Indicators;

/// <summary>The share of persons of an age who live in households with income support, from a table of numbers and rounded
/// percentages.</summary>
/// <remarks>
/// The tables give the number on assistance and its percentage, not the population. The population then follows only within
/// bounds, and so the interval is the hull of the Wilson intervals at both bounds. Swedish: <i>andel barn i familjer med ekonomiskt
/// bistånd</i>.
/// </remarks>
internal static class IncomeSupportShare
{
    /// <summary>What it is.</summary>
    public static Definition Definition { get; } = new(
        "income-support-share", "Share in households with income support", "Andel i familjer med ekonomiskt bistånd",
        "persons in households with income support at any time in the year / all persons of the same ages",
        Units.Share, ValueRange.Unit, "Socialtjänstlag (2001:453) 4 kap. 1 §; Stockholms stad, tabell b021; Kolada U31803")
    {
        Tells = Tells.Counts,
        Counts = "persons who had income support in the year",
        SwedishFormula = "personer i hushåll med ekonomiskt bistånd någon gång under året / alla personer i samma åldrar",
    };

    /// <summary>What the bounds of <see cref="PopulationBounds"/> are.</summary>
    public static Definition Population { get; } = new(
        "population-within-rounding", "Population that a rounded share allows", "Befolkning som den avrundade andelen tillåter",
        "whole numbers N with round(100 n / N) equal to the published percentage", Units.Persons, ValueRange.NonNegative,
        "arithmetic of rounding")
    {
        Tells = Tells.Counts,
        Counts = "inhabitants",
        SwedishFormula = "hela tal N där 100 n / N avrundas till den publicerade procentandelen",
    };

    /// <summary>By area, between what bounds the population must lie: it is not in the table, and none is invented.</summary>
    /// <param name="extract">A table with a count and a rate for the ages.</param>
    /// <param name="ages">The ages; null for everyone.</param>
    /// <param name="period">The year.</param>
    public static Results PopulationBounds(Extract extract, AgeSpan? ages, string period)
    {
        ArgumentNullException.ThrowIfNull(extract);
        var population = ages?.ToString();
        var count = extract.Find(Role.Count, period, population) as NumberColumn;
        var rate = extract.Find(Role.Rate, period, population) as NumberColumn;
        if (count is null || rate?.Field.Decimals is not { } decimals)
            throw new ColumnNotFoundException(
                $"There is no count and rounded rate for the ages {population ?? "of everyone"} and the period {period}.");
        return new Results(Of(extract, ages, period).Select((share, row) =>
        {
            (double Lower, double Upper)? bounds = count.MarkAt(row) == Mark.None && rate.MarkAt(row) == Mark.None
                ? RoundingBounds.OfDenominator(count.Values[row], rate.Values[row], decimals) : null;
            return share with
            {
                Measure = Population,
                Value = Quantity.Undefined("not in the table; it lies within the bounds"),
                Lower = bounds?.Lower,
                Upper = bounds?.Upper,
                Parameters = Published.Rounding(rate),
            };
        }), extract.Confidentiality, extract.Provenance);
    }

    /// <summary>The shares by area, with intervals where the table lets them be bounded.</summary>
    /// <param name="extract">A table with a count and a rate for the ages.</param>
    /// <param name="ages">The ages; null for everyone.</param>
    /// <param name="period">The year; null for the latest that the table has for those ages.</param>
    /// <param name="level">The coverage of the intervals.</param>
    /// <exception cref="ColumnNotFoundException">The table has no rate for these ages and this period.</exception>
    public static Results Of(Extract extract, AgeSpan? ages = null, string? period = null, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(extract);
        var population = ages?.ToString();
        period ??= extract.Columns.Where(column => column.Field.Role == Role.Rate && column.Field.Population == population)
            .Select(column => column.Field.Period).Max(PeriodOrder.InTime);
        var rate = extract.Find(Role.Rate, period, population) as NumberColumn
            ?? throw new ColumnNotFoundException(
                $"There is no rate for the ages {population ?? "of everyone"} and the period {period ?? "(none)"}.");
        var count = extract.Find(Role.Count, period, population) as NumberColumn;
        var area = (TextColumn)extract.Get(Role.Area);
        var rows = Enumerable.Range(0, extract.RowCount).Select(row => Row(extract, row, rate, count, area, level));
        return new Results(rows, extract.Confidentiality, extract.Provenance.With($"{Definition.Id} from published percentages"));
    }

    private static Result Row(Extract extract, int row, NumberColumn rate, NumberColumn? count, TextColumn area, double level)
    {
        var name = area.Codes[row] < 0 ? null : area.Categories[area.Codes[row]];
        var result = new Result
        {
            Measure = Definition,
            Area = name == Geography.Stockholm.City ? null : name,
            Period = rate.Field.Period,
            Population = rate.Field.Population,
            Value = Published.Value(rate, row, 0.01),
            Parameters = Published.Rounding(rate),
        };
        if (count is null || count.MarkAt(row) != Mark.None || !result.Value.HasNumber || rate.Field.Decimals is not { } decimals)
            return result;
        var numerator = count.Values[row];
        if (RoundingBounds.OfDenominator(numerator, rate.Values[row], decimals) is not { } bounds)
        {
            return result with
            {
                Basis = extract.Confidentiality == Confidentiality.Public ? null
                : new Basis(numerator, numerator) { Tells = Tells.Counts }
            };
        }

        return result with
        {
            Lower = Wilson.Interval(numerator, bounds.Upper, level).Lower,
            Upper = Wilson.Interval(numerator, bounds.Lower, level).Upper,
            // Parameters are options, never data: they pass the gate even where the value does not.
            Parameters = result.Parameters
                .Add("denominator", "bounded by the rounding")
                .Add("interval", string.Create(CultureInfo.InvariantCulture, $"wilson:{level}")),
            // The published share is rounded: it is one of counts though it is not equal to theirs.
            Basis = new Basis(numerator, bounds.Lower) { Tells = Tells.Counts },
        };
    }
}

/// <summary>What a published, rounded share says of the numbers that it was computed from. Nothing is invented: only bounds
/// follow.</summary>
internal static class RoundingBounds
{
    /// <summary>Between what and what a share lies that was rounded to a number of decimals of a percent.</summary>
    /// <param name="percent">The published percentage.</param>
    /// <param name="decimals">The decimals that it was rounded to.</param>
    public static (double Lower, double Upper) OfShare(double percent, int decimals)
    {
        var half = 0.5 * Math.Pow(10, -decimals);
        return (Math.Max(0, percent - half) / 100, Math.Min(100, percent + half) / 100);
    }

    /// <summary>The whole numbers that a denominator can be, given the numerator and its rounded percentage; null where they contradict
    /// each other or nothing bounds it above.</summary>
    /// <param name="numerator">The published number.</param>
    /// <param name="percent">The published percentage.</param>
    /// <param name="decimals">The decimals that it was rounded to.</param>
    public static (double Lower, double Upper)? OfDenominator(double numerator, double percent, int decimals)
    {
        var (low, high) = OfShare(percent, decimals);
        if (low <= 0 || numerator <= 0) return null;
        var smallest = Math.Max(numerator, Math.Ceiling(numerator / high));
        var largest = Math.Floor(numerator / low);
        return smallest <= largest ? (smallest, largest) : null;
    }
}
