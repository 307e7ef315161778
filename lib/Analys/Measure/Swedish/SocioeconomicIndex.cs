using System.Collections.Immutable;
using System.Globalization;
using Analys.Load.Schema;

namespace Analys.Measure.Swedish;

/// <summary>SCB's socioeconomic index of an area: the mean of three shares; the higher, the greater the challenges.</summary>
/// <remarks>
/// Low economic standard (all ages); pre-secondary education (20–64, or 25–64: which of the two SCB takes could not be verified, so it is a
/// parameter of every record); income support in at least 10 months or more than 6 months
/// unemployed (20–64). Here a fraction; SCB prints it as a percentage. Swedish: <i>socioekonomiskt index</i>.
/// </remarks>
internal static class SocioeconomicIndex
{
    private const int LongTermMonths = 10;
    private const int UnemployedMonths = 6;
    private static readonly AgeSpan WorkAges = new(20, 64);

    /// <summary>The measure.</summary>
    public static Definition Definition { get; } = new(
        "socioeconomic-index", "Socioeconomic index", "Socioekonomiskt index",
        "mean of three shares: low economic standard (all ages); pre-secondary education (20-64, or as given); income support >= 10 "
            + "months or "
            + "unemployed > 6 months (20-64)",
        Units.Index, ValueRange.Unit, "SCB, Socioekonomiskt index; SCB, Områdestyper")
    {
        Tells = Tells.Counts,
        Counts = "persons who have each of the three properties",
        Options = [SwedishOptions.Line, SwedishOptions.EducationAges],
    };

    /// <summary>The measure as a call asks for it.</summary>
    public static SwedishMeasure Measure { get; } =
        new(Definition, asked => Of(asked.Households, asked.Line, asked.EducationAges)) { Place = 3 };

    /// <summary>The index by period and area.</summary>
    /// <param name="households">The persons in their households.</param>
    /// <param name="line">Low economic standard is disposable income per consumption unit below this: 60 % of the national median.</param>
    /// <param name="preSecondary">The beginnings of education levels below upper secondary, in any case.</param>
    /// <exception cref="ColumnNotFoundException">A role is missing.</exception>
    /// <param name="educationAges">The ages of the share with pre-secondary education; null for 20–64.</param>
    public static Results Of(RegisterHouseholds households, double line, AgeSpan? educationAges = null,
        params ImmutableArray<string> preSecondary)
    {
        ArgumentNullException.ThrowIfNull(households);
        if (preSecondary.IsDefaultOrEmpty) preSecondary = ["förgymnas", "folkskol", "grundskol", "pre-secondary"];
        var poor = FlagCount.Count(households, LowEconomicStandard(households, line), Ages.All);
        var little = FlagCount.Count(households, Education(households, preSecondary), educationAges ?? WorkAges);
        var without = FlagCount.Count(households, WithoutWork(households), WorkAges);
        var parameters = ImmutableSortedDictionary<string,
            string>.Empty.Add("line", $"fixed:{line.ToString("R", CultureInfo.InvariantCulture)}")
            .Add("education-ages", $"{educationAges ?? WorkAges} (unverified)");
        return new Results(
            poor.Select((cell, i) => ToResult([cell, little[i], without[i]], parameters)), households.Extract.Confidentiality,
            households.Extract.Provenance);
    }

    private static Result ToResult(FlagCount[] parts, ImmutableSortedDictionary<string, string> parameters) => new()
    {
        Measure = Definition,
        Area = parts[0].Area,
        Period = parts[0].Period,
        Parameters = parameters,
        Value = parts.Any(part => part.Weight == 0) ? Quantity.Undefined("nobody of these ages")
        : Quantity.Known(parts.Average(part => part.WeightWith / part.Weight)),
        N = parts[0].Persons,
        Basis = Weakest(parts),
    };

    // A mean of three shares discloses through the part with the fewest persons in or out of it.
    private static Basis Weakest(FlagCount[] parts)
    {
        var weakest = parts.MinBy(part => Math.Min(part.PersonsWith, part.Persons - part.PersonsWith))!;
        return new Basis(weakest.PersonsWith, weakest.Persons, weakest.Households)
        {
            Tells = Tells.Counts,
            Parts = [.. parts.SelectMany(part => (double[])[part.PersonsWith, part.Persons - part.PersonsWith])],
        };
    }

    /// <summary>Who has a disposable income per consumption unit below a line.</summary>
    /// <param name="households">The persons in their households.</param>
    /// <param name="line">The line.</param>
    /// <exception cref="ColumnNotFoundException">Income per consumption unit is missing.</exception>
    public static PersonFlags LowEconomicStandard(RegisterHouseholds households, double line)
    {
        ArgumentNullException.ThrowIfNull(households);
        var income = RegisterHouseholds.Numbers(households.Extract, Role.EquivalisedIncome)
            ?? throw new ColumnNotFoundException("The index needs a column of the role EquivalisedIncome.");
        return PersonFlags.Of(households.Rows, row => double.IsNaN(income[row]) ? null : income[row] < line);
    }

    private static PersonFlags Education(RegisterHouseholds households, ImmutableArray<string> preSecondary)
    {
        var keys = RowKeys.Of(households.Extract.Get(Role.Education), households.Rows);
        var below = keys.Names.Select(name => preSecondary.Any(start => name.StartsWith(start, StringComparison.OrdinalIgnoreCase)))
            .ToArray();
        return PersonFlags.Of(households.Rows, row => keys.Codes[row] < 0 ? null : below[keys.Codes[row]]);
    }

    private static PersonFlags WithoutWork(RegisterHouseholds households)
    {
        var unemployed = RegisterHouseholds.Numbers(households.Extract, Role.UnemploymentMonths)
            ?? throw new ColumnNotFoundException("The index needs a column of the role UnemploymentMonths.");
        return ChildPovertyIndex.Support(households, LongTermMonths)
            .Or(PersonFlags.Of(households.Rows, row => double.IsNaN(unemployed[row]) ? null : unemployed[row] > UnemployedMonths));
    }
}
