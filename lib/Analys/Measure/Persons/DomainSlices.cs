using Analys.Domain;

namespace Analys.Measure.Persons;

/// <summary>The persons of a cut, domain by domain, each domain sorted by income: sorted once, then only the weights change from replicate to replicate.</summary>
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

    /// <summary>The places of a domain.</summary>
    public Range this[int domain] => Starts[domain]..Starts[domain + 1];

    /// <summary>Divides sorted persons among the domains of a cut.</summary>
    /// <param name="table">The persons.</param>
    /// <param name="incomes">Their incomes.</param>
    /// <param name="order">The rows in rising order of income.</param>
    /// <param name="cut">The domains.</param>
    /// <param name="ages">Who belongs; null for everyone.</param>
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

    // Members of a household have one income: they are one entry with their weights added, which every replicate then reads once. Replicate weights
    // that came with the data belong to rows, so then each row keeps its entry.
    private static DomainSlices Fill(PersonTable table, ReadOnlySpan<double> incomes, int[] rows, int[] starts)
    {
        var clusters = table.ClustersInForce.Span;
        var merge = !clusters.IsEmpty && table.ReplicateWeights.IsEmpty;
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
                var weight = table.Weights.IsEmpty ? 1 : table.Weights.Span[row];
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
        return new DomainSlices(values[..next], weights[..next], persons[..next], rows[..next], clusters.IsEmpty ? [] : owners[..next], starts);
    }

    private static bool Belongs(int row, ReadOnlySpan<int> domains, ReadOnlySpan<double> age, AgeSpan? ages, out int domain)
    {
        domain = domains.IsEmpty ? 0 : domains[row];
        return domain >= 0 && (ages is not { } span || span.Contains(age[row]));
    }
}
