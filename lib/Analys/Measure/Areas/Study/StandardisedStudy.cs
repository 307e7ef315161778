using System.Globalization;
using Analys.Domain;

namespace Analys.Measure.Areas.Study;

/// <summary>The columns of a table of events by area and age group, the same in the area table and in the standard.</summary>
/// <param name="Area">The column of areas; of the standard it is not used.</param>
/// <param name="Age">The column of age groups (or of any groups).</param>
/// <param name="Events">The column of events.</param>
/// <param name="Count">The column of persons or person-years.</param>
internal sealed record StandardisedTerms(string Area, string Age, string Events, string Count)
{
    /// <summary>The coverage of intervals.</summary>
    public double Level { get; init; } = 0.95;
}

/// <summary>Standardised rates and ratios of areas as records, with the limits of their funnel.</summary>
internal static class StandardisedStudy
{
    /// <summary>The rate.</summary>
    public static Definition Rate { get; } = new(
        "directly-standardised-rate", "Directly standardised rate", "Direkt standardiserad andel",
        "Σ_g w_g · events_g / persons_g, w_g the standard's shares", Units.Share, ValueRange.NonNegative,
        "Fay & Feuer 1997, Statistics in Medicine 16(7)")
    {
        Tells = Tells.Summary,
        SwedishFormula = "Σ_g w_g · händelser_g / personer_g, w_g standardens andelar",
        Options = [AreaOptions.Level],
    };

    /// <summary>The ratio.</summary>
    public static Definition Ratio { get; } = new(
        "standardised-mortality-ratio", "Standardised ratio (SMR)", "Standardiserad kvot (SMR)",
        "events / events expected at the standard's rates", Units.Ratio, ValueRange.NonNegative, "Breslow & Day 1987, IARC 82")
    {
        Tells = Tells.Summary,
        SwedishFormula = "händelser / väntade händelser med standardens andelar",
        Options = [AreaOptions.Level],
    };

    /// <summary>The events expected.</summary>
    public static Definition Expected { get; } = new(
        "expected-events", "Expected events", "Väntade händelser", "Σ_g persons_g · the standard's rate of g", Units.Count,
        ValueRange.NonNegative, "Breslow & Day 1987, IARC 82")
    {
        Tells = Tells.Summary,
        SwedishFormula = "Σ_g personer_g · standardens andel i g",
    };

    /// <summary>How much more than by chance areas differ.</summary>
    public static Definition Dispersion { get; } = new(
        "funnel-dispersion", "Overdispersion of the funnel", "Trattens överspridning", "mean of winsorised z²", Units.Index,
        ValueRange.NonNegative, "Spiegelhalter 2005, Statistics in Medicine 24(8)")
    {
        Tells = Tells.Summary,
    };

    /// <summary>The limits of a ratio, when nothing but chance and what all areas share is at work.</summary>
    public static Definition Limit { get; } = new(
        "funnel-limit", "Funnel limit", "Trattgräns", "lower and upper limit of the ratio at the area's expected events; value 1",
        Units.Ratio, ValueRange.NonNegative, "Spiegelhalter 2005, Statistics in Medicine 24(8)")
    {
        Tells = Tells.Summary,
        SwedishFormula = "nedre och övre gräns för kvoten vid områdets väntade händelser; värdet är 1",
        Options = [AreaOptions.Level],
    };

    /// <summary>The rates and ratios of all periods of a table.</summary>
    /// <param name="extract">Events and persons by area and group.</param>
    /// <param name="standard">The standard: the same columns; its persons give the weights, its events the rates of the ratio.</param>
    /// <param name="terms">The columns.</param>
    public static Results Of(Extract extract, Extract standard, StandardisedTerms terms)
    {
        var groups = Standard(standard, terms);
        var results = AreaInputs.Periods(extract, terms.Area, terms.Age, terms.Events, terms.Count)
            .SelectMany(period => Of(period, groups, terms)).ToList();
        // The result is as confidential as the stricter of both files.
        var strictest = (Confidentiality)Math.Min((int)extract.Confidentiality, (int)standard.Confidentiality);
        return new Results(results, strictest, extract.Provenance.Merge(standard.Provenance).With("standardised by group"));
    }

    private static IEnumerable<Result> Of(AreaInputs table, Dictionary<string, (double Events, double Count)> standard,
        StandardisedTerms terms)
    {
        string?[] areas = table.Texts(terms.Area), ages = table.Texts(terms.Age);
        double[] events = table.Counts(terms.Events), counts = table.Counts(terms.Count);
        if (areas.Any(area => area is null)) throw new AreaModelException("a row has no area");
        if (ages.Any(age => age is null
            || !standard.ContainsKey(age))) throw new AreaModelException("a row's group is not in the standard");
        string[] groups = [.. standard.Keys.Order(StringComparer.Ordinal)];
        double[] weights = [.. groups.Select(group => standard[group].Count)],
            happened = [.. groups.Select(group => standard[group].Events)];
        var number = groups.Select((group, g) => (group, g)).ToDictionary(pair => pair.group, pair => pair.g, StringComparer.Ordinal);
        var found = new List<(string Area, double Observed, double? Expected, double Persons, Estimated Direct, double Move)>();
        var most = groups.Select((_, g) => weights[g] > 0 ? happened[g] / weights[g] : 0).DefaultIfEmpty(0).Max();
        foreach (var area in Enumerable.Range(0, table.Count).GroupBy(i => areas[i]!, StringComparer.Ordinal)
            .OrderBy(group => group.Key, SwedishOrder.Comparer))
        {
            double[] own = new double[groups.Length], persons = new double[groups.Length];
            foreach (var i in area)
            {
                own[number[ages[i]!]] += events[i];
                persons[number[ages[i]!]] += counts[i];
            }

            found.Add((area.Key, own.Sum(), Standardised.Expected(persons, happened, weights), persons.Sum(),
                Standardised.Direct(own, persons, weights, terms.Level),
                groups.Select((_, g) => persons[g] > 0 ? weights[g] / weights.Sum() / persons[g] : 0).Max()));
        }

        var known = found.Where(area => area.Expected > 0).ToList();
        double[] observedIn = [.. known.Select(area => area.Observed)], expectedIn = [.. known.Select(area => area.Expected!.Value)];
        var funnel = Funnel.Of(observedIn, expectedIn);
        // The limits widen with how much areas differ: one who has it in any area moves those of all.
        Funnel[] others = [.. Enumerable.Range(0, known.Count).SelectMany(a => new[] { 1, -1 }
            .Where(by => observedIn[a] + by >= 0)
            .Select(by => Funnel.Of([.. observedIn.Select((o, b) => b == a ? o + by : o)], expectedIn)))];
        foreach (var (area, observed, expected, persons, direct, move) in found)
        {
            Basis basis = new(observed, persons);
            Result Record(Definition measure, Estimated value, double influence) =>
                AreaRecords.Of(measure, value, AreaRecords.None, area, table.Period)
                    with
                { N = persons, Basis = AreaRecords.Summary(basis, influence) };
            yield return Record(Rate, direct, move);
            if (expected is not { } e)
            {
                yield return Record(Ratio, new(Quantity.Undefined("the standard has nobody in a group that the area counts")), 0);
                continue;
            }

            yield return Record(Ratio, Standardised.Ratio(observed, e, terms.Level), e > 0 ? (1 + (observed / e * most)) / e : 0);
            yield return Record(Expected, new(Quantity.Known(e)), most);
            if (e == 0) continue;
            foreach (var level in new[] { 0.95, 0.998 })
            {
                var (lower, upper) = funnel.Limits(e, level);
                // The limits follow the expected events, too; their value is 1 whoever is counted.
                var moved = others.Select(other => other.Limits(e, level)).Append(funnel.Limits(e + most, level))
                    .Max(one => Math.Max(Math.Abs(one.Lower - lower), Math.Abs(one.Upper - upper)));
                var limit = Record(Limit, new(Quantity.Known(1), null, lower, upper), moved);
                yield return limit with { Parameters = AreaRecords.None.Add("level", level.ToString("R", CultureInfo.InvariantCulture)) };
            }
        }

        var smallest = found.MinBy(area => Math.Min(area.Observed, area.Persons - area.Observed));
        yield return AreaRecords.Of(Dispersion, new(Quantity.Known(funnel.Dispersion)), AreaRecords.None, null, table.Period)
            with
        {
            N = found.Sum(area => area.Persons),
            Basis = AreaRecords.Summary(new Basis(smallest.Observed, smallest.Persons)
            {
                Parts = [.. found.SelectMany(area => (double[])[area.Observed, area.Persons - area.Observed])],
            }, known.Count == 0 ? null : known.Max(area =>
                Math.Abs(Square(area.Observed + 1, area.Expected!.Value) - Square(area.Observed, area.Expected.Value))) / known.Count),
        };

        static double Square(double observed, double expected) => 4 * Math.Pow(Math.Sqrt(observed) - Math.Sqrt(expected), 2);
    }

    private static Dictionary<string, (double Events, double Count)> Standard(Extract standard, StandardisedTerms terms)
    {
        if (AreaInputs.Periods(standard, terms.Age, terms.Events, terms.Count) is not [var table])
            throw new AreaModelException("the standard has several periods: choose one");
        string?[] ages = table.Texts(terms.Age);
        double[] events = table.Counts(terms.Events), counts = table.Counts(terms.Count);
        var groups = new Dictionary<string, (double Events, double Count)>(StringComparer.Ordinal);
        for (var i = 0; i < ages.Length; i++)
        {
            if (ages[i] is not { } age) throw new AreaModelException("a row of the standard has no group");
            var (sum, all) = groups.GetValueOrDefault(age);
            groups[age] = (sum + events[i], all + counts[i]);
        }

        return groups;
    }
}
