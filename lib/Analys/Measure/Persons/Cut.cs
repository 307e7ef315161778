using System.Collections.Immutable;

namespace Analys.Measure.Persons;

/// <summary>One way to divide a population into domains: not at all, by the values of a breakdown, or by those of several at once.</summary>
internal sealed record Cut(ReadOnlyMemory<int> DomainOf, ImmutableArray<Domain> Domains)
{
    private const int MostDomains = 200_000;

    /// <summary>The whole.</summary>
    public static Cut Whole { get; } = new(default, [new Domain(null, null)]);

    /// <summary>The whole, each value of each breakdown, and each combination of values: a figure for every margin.</summary>
    public static ImmutableArray<Cut> All(ImmutableArray<Breakdown> breakdowns)
    {
        var cuts = new List<Cut> { Whole };
        for (var set = 1; set < 1 << breakdowns.Length; set++)
        {
            ImmutableArray<int> chosen = [.. Enumerable.Range(0, breakdowns.Length).Where(i => (set & (1 << i)) != 0)];
            var some = chosen.Select(i => breakdowns[i]).ToArray();
            if (some.Aggregate(1L, (product, by) => product * by.Values.Length) <= MostDomains) cuts.Add(Of(some) with { Breakdowns = chosen });
        }

        return [.. cuts.OrderBy(cut => cut.Depth)];
    }

    /// <summary>Whether a domain that nobody is in still has a record: the values of a breakdown have, combinations have not.</summary>
    public bool KeepsEmpty => Depth < 2;

    /// <summary>The places of the breakdowns that it divides by, the first being the most significant digit of a domain's number.</summary>
    public ImmutableArray<int> Breakdowns { get; private init; } = [];

    private int Depth { get; init; }

    private static Cut Of(Breakdown[] breakdowns)
    {
        ImmutableArray<Domain> domains = [new Domain(null, null)];
        var codes = new int[breakdowns[0].Codes.Length];
        foreach (var by in breakdowns)
        {
            var column = by.Codes.Span;
            for (var row = 0; row < codes.Length; row++)
            {
                codes[row] = codes[row] < 0 || column[row] < 0 ? -1 : (codes[row] * by.Values.Length) + column[row];
            }

            domains = [.. domains.SelectMany(domain => by.Values.Select(value => domain.With(by, value)))];
        }

        return new Cut(codes, domains) { Depth = breakdowns.Length };
    }
}

/// <summary>A part of the population, as the record names it.</summary>
/// <param name="Area">The area; null for all.</param>
/// <param name="Population">The other values, such as <c>sex=woman</c>; null for everyone.</param>
internal sealed record Domain(string? Area, string? Population)
{
    public Domain With(Breakdown by, string value) => by.IsArea && Area is null
        ? this with { Area = value }
        : this with { Population = Population is null ? $"{by.Name}={value}" : $"{Population}, {by.Name}={value}" };
}
