using System.Collections.Immutable;
using Analys.Load.Parameters;

namespace Analys.Measure.Synthetic;

/// <summary>
/// A made-up register of persons in households in Stockholm, whose margins by district follow public figures: population, background,
/// income support of children and of all, mean and median household income.
/// </summary>
/// <remarks>
/// For notebooks, tests and benchmarks; no person in it exists. The same persons and seed give the same register on any number of threads:
/// each small area has streams of its own. Swedish: <i>syntetiskt register</i>.
/// </remarks>
public sealed class SyntheticRegister
{
    /// <summary>The fewest persons for which the margins can be followed.</summary>
    public const int FewestPersons = 1000;

    private SyntheticRegister(SyntheticMargins margins, int persons, int years, ImmutableArray<SyntheticArea> areas, ConsumptionUnitScale scale)
    {
        Margins = margins;
        Persons = persons;
        Years = years;
        Areas = areas;
        Scale = scale;
    }

    /// <summary>The figures that it follows.</summary>
    public SyntheticMargins Margins { get; }

    /// <summary>Persons in the register's year.</summary>
    public int Persons { get; }

    /// <summary>The number of years; the last is the register's year.</summary>
    public int Years { get; }

    /// <summary>The register's year.</summary>
    public int Year => Margins.Year;

    /// <summary>The first year.</summary>
    public int FirstYear => Year - Years + 1;

    internal ImmutableArray<SyntheticArea> Areas { get; }

    internal ConsumptionUnitScale Scale { get; }

    /// <summary>Makes a register.</summary>
    /// <param name="persons">Persons in the register's year, at least 1 000.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="years">Years of panel, 1 to 7; the last is that of the public figures, and consumption units begin in 2011.</param>
    /// <param name="threads">At most this many threads; −1 for all cores.</param>
    /// <param name="cancel">Stops it.</param>
    public static SyntheticRegister Make(int persons, long seed, int years = 5, int threads = -1, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(persons, FewestPersons);
        ArgumentOutOfRangeException.ThrowIfLessThan(years, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(years, 7);
        var margins = SyntheticMargins.Stockholm;
        var scale = PolicyParameters.ConsumptionUnits.In(margins.Year).Value;
        var plan = SyntheticPlan.Make(margins, persons, seed);
        var areas = new SyntheticArea[plan.Length];
        var options = new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = threads };
        Parallel.For(0, areas.Length, options, i =>
        {
            areas[i] = HouseholdDraw.Draw(plan[i], margins, years, seed);
            SyntheticIncome.Draw(areas[i], seed);
        });
        var districts = areas.GroupBy(area => area.Plan.District).Select(group => group.ToArray()).ToArray();
        Parallel.ForEach(districts, options, district => SyntheticIncome.Calibrate(district, margins.Districts[district[0].Plan.District], seed));
        Parallel.ForEach(areas, options, area => SyntheticSupport.Draw(area, scale, seed));
        Parallel.ForEach(districts, options, district => SyntheticSupport.Calibrate(district, margins.Districts[district[0].Plan.District], scale, seed));
        return new SyntheticRegister(margins, persons, years, [.. areas], scale);
    }
}
