using Analys.Domain;
using Analys.Measure.Spatial;

namespace Analys.Measure.Segregation.Spatial;

/// <summary>Segregation among each unit's k nearest people, for several k.</summary>
/// <remarks>
/// The unit's own people come first, then by distance, the last unit in proportion (EquiPop); a k above the population is everyone. Swedish:
/// <i>närmaste grannar-profil</i>.
/// </remarks>
public static class NearestPeopleProfile
{
    private static readonly MeasureOption People = new("k", "200,400,...,51200", "Nearest people profile: numbers of people, with commas between; by default doublings from 200, up to 51200 and below the population");

    /// <summary>The measure.</summary>
    public static ProfileMeasure Measure { get; } = new(
        new Definition(
            "nearest-people-profile", "Segregation by number of nearest people", "Närmaste grannar-profil", "H̃, D̃, R̃ and isolation with environments of the k nearest people",
            Units.Index, ValueRange.Any, "Östh, Malmberg & Andersson 2014; Östh, Clark & Malmberg 2015, Geographical Analysis 47(1)"),
        "k")
    {
        NeedsGeography = true,
        Options = [People, SpatialOptions.Ties],
        Configure = (arguments, counts) =>
        {
            var call = new SpatialCall("nearest-people-profile", arguments, counts);
            var people = call.Numbers(People.Name) ?? Doublings(counts.Total);
            if (people.Length == 0 || people.Any(k => !(k > 0))) throw new MeasureOptionException("The option k must be numbers of people above 0, with commas between.");
            people = [.. people.Distinct().Order()];
            var ready = Measure! with { Scales = [.. people.Select(MeasureArguments.Text)] };
            var (around, lack) = call.Surroundings(Kernel.Nearest(people[0]), SelfDistance.Zero);
            return around is null
                ? ready with { Lack = lack, Parameters = call.Parameters }
                : ready with { Around = (rows, groups) => around.NearestSums(rows, groups, people), Parameters = call.Parameters };
        },
    };

    private static double[] Doublings(double total) =>
        [.. Enumerable.Range(0, 9).Select(step => 200.0 * (1 << step)).Where((k, step) => step == 0 || k < total)];
}
