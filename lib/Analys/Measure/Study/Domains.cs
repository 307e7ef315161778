using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using Analys.Domain;
using Analys.Load;
using Analys.Load.Schema;
using Analys.Measure.Segregation;
using Analys.Measure.Source;

namespace Analys.Measure.Study;

/// <summary>A column that persons are divided by.</summary>
/// <param name="Name">The name that the record shows.</param>
/// <param name="IsArea">Whether its values are areas, which have a place of their own in the record.</param>
/// <param name="Codes">For each row the index of its value; −1 where it is missing: such a person belongs to the whole only.</param>
/// <param name="Values">The values, sorted.</param>
internal sealed record Breakdown(string Name, bool IsArea, ReadOnlyMemory<int> Codes, ImmutableArray<string> Values);

/// <summary>Reads the columns to break down by.</summary>
internal static class BreakdownReader
{
    private const int MostNumbers = 20_000;

    /// <summary>The breakdown of a column, its values sorted as a Swedish reader expects.</summary>
    public static Breakdown Of(Column column, string name, bool isArea)
    {
        var (codes, values) = column is TextColumn text ? Texts(text) : Numbers((NumberColumn)column);
        return new Breakdown(name, isArea, codes, values);
    }

    /// <summary>The breakdown by age groups.</summary>
    public static Breakdown AgeGroups(ReadOnlySpan<double> ages, ImmutableArray<AgeSpan> groups, string name)
    {
        var codes = new int[ages.Length];
        for (var row = 0; row < codes.Length; row++)
        {
            codes[row] = -1;
            for (var i = 0; i < groups.Length && codes[row] < 0; i++)
            {
                if (groups[i].Contains(ages[row])) codes[row] = i;
            }
        }

        return new Breakdown(name, false, codes, [.. groups.Select(group => group.ToString())]);
    }

    private static (ReadOnlyMemory<int>, ImmutableArray<string>) Texts(TextColumn text)
    {
        var order = Enumerable.Range(0, text.Categories.Count).OrderBy(i => text.Categories[i], SwedishOrder.Comparer)
            .ThenBy(i => text.Categories[i], StringComparer.Ordinal).ToArray();
        var place = new int[order.Length];
        for (var i = 0; i < order.Length; i++) place[order[i]] = i;
        var codes = new int[text.Count];
        for (var row = 0; row < codes.Length; row++) codes[row] = text.Codes[row] < 0 ? -1 : place[text.Codes[row]];
        return (codes, [.. order.Select(i => text.Categories[i])]);
    }

    private static (ReadOnlyMemory<int>, ImmutableArray<string>) Numbers(NumberColumn column)
    {
        var values = column.Values;
        var known = new Dictionary<double, int>();
        var codes = new int[values.Length];
        for (var row = 0; row < codes.Length; row++)
        {
            if (double.IsNaN(values[row])) codes[row] = -1;
            else if (row > 0 && values[row] == values[row - 1]) codes[row] = codes[row - 1];
            else if (!known.TryGetValue(values[row], out codes[row])) known[values[row]] = codes[row] = known.Count;
            if (known.Count > MostNumbers) throw new CountException($"The column {column.Name} has too many values to break down by.");
        }

        var sorted = known.OrderBy(pair => pair.Key).ToArray();
        var place = new int[sorted.Length];
        for (var i = 0; i < sorted.Length; i++) place[sorted[i].Value] = i;
        for (var row = 0; row < codes.Length; row++) codes[row] = codes[row] < 0 ? -1 : place[codes[row]];
        return (codes,
            [.. sorted.Select(pair => column.Field.Type == FieldType.Boolean ? (pair.Key != 0 ? "true" : "false")
                : pair.Key.ToString(CultureInfo.InvariantCulture))]);
    }
}

/// <summary>One way to divide a population into domains: not at all, by the values of a breakdown, or by those of several at
/// once.</summary>
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
            if (some.Aggregate(1L, (product, by) => product * by.Values.Length) <= MostDomains)
                cuts.Add(Of(some) with { Breakdowns = chosen });
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
        foreach (var by in breakdowns) domains = [.. domains.SelectMany(domain => by.Values.Select(value => domain.With(by, value)))];
        // The values of one breakdown are its domains.
        if (breakdowns.Length == 1) return new Cut(breakdowns[0].Codes, domains) { Depth = 1 };
        var codes = new int[breakdowns[0].Codes.Length];
        foreach (var by in breakdowns)
        {
            var column = by.Codes.Span;
            for (var row = 0; row < codes.Length; row++)
            {
                codes[row] = codes[row] < 0 || column[row] < 0 ? -1 : (codes[row] * by.Values.Length) + column[row];
            }
        }

        return new Cut(codes, domains) { Depth = breakdowns.Length };
    }
}

/// <summary>A part of the population, as the record names it.</summary>
/// <param name="Area">The area; null for all.</param>
/// <param name="Population">The other values, such as <c>sex=woman</c>; null for everyone.</param>
internal sealed record Domain(string? Area, Population? Population)
{
    public Domain With(Breakdown by, string value) => by.IsArea && Area is null
        ? this with { Area = value }
        : this with { Population = (Population ?? Population.Everyone).With(by.Name, value) };
}

/// <summary>The persons of a cut, domain by domain, each domain sorted by income: sorted once, then only the weights change from replicate
/// to replicate.</summary>
internal sealed class DomainSlices
{
    private DomainSlices(double[] incomes, double[] weights, int[] persons, int[] rows, int[] clusters, int[] starts)
    {
        Incomes = incomes;
        Weights = weights;
        Persons = persons;
        Rows = rows;
        Clusters = clusters;
        Starts = starts;
    }

    /// <summary>The incomes of all domains, one domain after the other.</summary>
    public double[] Incomes { get; }

    /// <summary>Their weights.</summary>
    public double[] Weights { get; }

    /// <summary>How many persons each entry stands for.</summary>
    public int[] Persons { get; }

    /// <summary>Their rows in the table; the first of them where several became one entry.</summary>
    public int[] Rows { get; }

    /// <summary>Their clusters; empty where these are not needed.</summary>
    public int[] Clusters { get; }

    /// <summary>Where each domain starts, and the end.</summary>
    public int[] Starts { get; }

    /// <summary>A column of the table in the order of the entries.</summary>
    /// <param name="table">The persons that the rows are of.</param>
    /// <param name="place">The place of the column among <see cref="PersonTable.Besides"/>.</param>
    public double[] Beside(PersonTable table, int place) => besides.GetOrAdd(place, at =>
    {
        var values = table.Besides[at].Values.Span;
        var sorted = new double[Rows.Length];
        for (var i = 0; i < sorted.Length; i++) sorted[i] = values[Rows[i]];
        return sorted;
    });

    private readonly System.Collections.Concurrent.ConcurrentDictionary<int, double[]> besides = [];

    /// <summary>The places of a domain.</summary>
    public Range this[int domain] => Starts[domain]..Starts[domain + 1];

    /// <summary>Divides sorted persons among the domains of a cut.</summary>
    /// <param name="table">The persons.</param>
    /// <param name="incomes">Their incomes.</param>
    /// <param name="order">The rows in rising order of income.</param>
    /// <param name="cut">The domains.</param>
    /// <param name="ages">Who belongs; null for everyone.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static DomainSlices Of(PersonTable table, ReadOnlySpan<double> incomes, int[] order, Cut cut, AgeSpan? ages)
    {
        var domains = cut.DomainOf.Span;
        var age = table.Ages.Span;
        var starts = new int[cut.Domains.Length + 1];
        for (var row = 0; row < table.Count; row++)
        {
            if (Belongs(row, domains, age, ages, out var domain)) starts[domain + 1]++;
        }

        for (var i = 1; i < starts.Length; i++) starts[i] += starts[i - 1];
        var places = starts.ToArray();
        var rows = new int[starts[^1]];
        foreach (var row in order)
        {
            if (Belongs(row, domains, age, ages, out var domain)) rows[places[domain]++] = row;
        }

        return Fill(table, incomes, rows, starts);
    }

    // Members of a household have one income: they are one entry with their weights added, which every replicate then reads once. Replicate
    // weights that came with the data belong to rows, so then each row keeps its entry.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static DomainSlices Fill(PersonTable table, ReadOnlySpan<double> incomes, int[] rows, int[] starts)
    {
        var clusters = table.ClustersInForce.Span;
        var given = table.Weights.Span;
        var merge = !clusters.IsEmpty && table.ReplicateWeights.IsEmpty && table.Besides.IsEmpty;
        double[] values = new double[rows.Length], weights = new double[rows.Length];
        var persons = new int[rows.Length];
        var owners = clusters.IsEmpty ? [] : new int[rows.Length];
        var next = 0;
        for (var domain = 0; domain + 1 < starts.Length; domain++)
        {
            var (from, to, first) = (starts[domain], starts[domain + 1], next);
            starts[domain] = first;
            for (var i = from; i < to; i++)
            {
                var row = rows[i];
                var weight = given.IsEmpty ? 1 : given[row];
                if (merge && next > first && values[next - 1] == incomes[row] && owners[next - 1] == clusters[row])
                {
                    weights[next - 1] += weight;
                    persons[next - 1]++;
                    continue;
                }

                (values[next], weights[next], persons[next], rows[next]) = (incomes[row], weight, 1, row);
                if (!clusters.IsEmpty) owners[next] = clusters[row];
                next++;
            }
        }

        starts[^1] = next;
        return new DomainSlices(values[..next], weights[..next], persons[..next], rows[..next], clusters.IsEmpty
            ? [] : owners[..next], starts);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Belongs(int row, ReadOnlySpan<int> domains, ReadOnlySpan<double> age, AgeSpan? ages, out int domain)
    {
        domain = domains.IsEmpty ? 0 : domains[row];
        return domain >= 0 && (ages is not { } span || span.Contains(age[row]));
    }
}
