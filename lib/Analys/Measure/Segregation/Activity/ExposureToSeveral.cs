using System.Collections.Immutable;
using Analys.Measure.Segregation.Change;

namespace Analys.Measure.Segregation.Activity;

/// <summary>The chance that someone drawn from the unit of a member of the group is of any of several groups.</summary>
/// <remarks>
/// xPS = Σ_i (x_i / X)(Σ_{s ∈ S} n_is / t_i): the sum of the exposures to the groups of S, isolation where the group itself is one of them.
/// S is the option <c>met</c>, names with + between; the exposures to groups that are everyone together add up to 1. Swedish:
/// <i>exponering för flera grupper</i>.
/// </remarks>
internal static class ExposureToSeveral
{
    private static readonly MeasureOption Met =
        new("met", null, "Exposure to several groups: the groups that are met, with + between, as in Africa+Asia");

    /// <summary>The measure.</summary>
    public static ExposureToSeveralMeasure Measure { get; } = new(
        new Definition(
            "exposure-to-several", "Exposure to several groups", "Exponering för flera grupper",
                "xPS = Σ_i (x_i / X)(Σ_{s ∈ S} n_is / t_i)",
            Units.Index, ValueRange.Unit,
            "Lieberson 1981, in Peach, Robinson & Smith (eds.), Ethnic Segregation in Cities; Bell 1954, Social Forces 32(4)"),
        [])
    {
        ComparesUnits = false,
        NaturalTail = Tail.Less,
        Options = [Met],
        Configure = (arguments, counts) =>
        {
            if (!arguments.Options.TryGetValue(Met.Name, out var text)) return Measure!;
            // A group whose own name has a + in it is itself.
            string[] names = counts.Groups.Contains(text) ? [text] : text.Split('+', StringSplitOptions.TrimEntries);
            if (names.FirstOrDefault(name => !counts.Groups.Contains(name)) is { } unknown)
            {
                throw new MeasureOptionException(
                    $"The option met: there is no group {unknown}. The groups are {string.Join(", ", counts.Groups)}.");
            }

            return Measure! with
            {
                Met = [.. names.Distinct().Select(counts.IndexOf)],
                Parameters = ImmutableSortedDictionary<string, string>.Empty.Add(Met.Name, string.Join('+', names.Distinct())),
            };
        },
    };

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="met">The members of the groups that are met, by unit.</param>
    /// <param name="t">Everyone by unit.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> met, ReadOnlySpan<double> t) => Exposure.Formula(x, met, t);
}

/// <summary>Each group's exposure to the same several groups.</summary>
/// <param name="Definition">What it is.</param>
/// <param name="Met">The indices of the groups that are met; none before the measure is made ready.</param>
internal sealed record ExposureToSeveralMeasure(Definition Definition, ImmutableArray<int> Met) : SegregationMeasure(Definition)
{
    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Figures(GroupCounts counts, bool pairs) =>
        [.. Enumerable.Range(0, counts.Groups.Length).Select(group => new Figure(group))];

    /// <inheritdoc/>
    public override void Evaluate(GroupCounts counts, IReadOnlyList<Figure> figures, Span<Quantity> values)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(figures);
        var met = new double[counts.Units.Length];
        foreach (var group in Met)
            for (var unit = 0; unit < met.Length; unit++) met[unit] += counts[unit, group];
        for (var i = 0; i < figures.Count; i++)
        {
            var x = counts.Group(figures[i].Group!.Value);
            values[i] = Met.IsEmpty ? Quantity.Undefined("the option met is not given")
                : counts.Total == 0 ? Quantity.Undefined(UndefinedReason.NoPersons)
                : Sums.Of(x) == 0 ? Quantity.Undefined(UndefinedReason.EmptyGroup)
                : counts.GroupsOverlap ? Quantity.Undefined(UndefinedReason.Overlap)
                : ExposureToSeveral.Formula(x, met, counts.Totals).Select(value => Math.Min(1, value));
        }
    }
}
