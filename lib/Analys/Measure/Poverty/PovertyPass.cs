using Analys.Domain;
using Analys.Measure.Inequality;
using Analys.Measure.Persons;

namespace Analys.Measure.Poverty;

/// <summary>Adds up the sums of all domains of a cut in one pass over the rows, on all cores.</summary>
internal static class PovertyPass
{
    /// <summary>The sums of each domain.</summary>
    /// <param name="table">The persons; rows of one cluster and household side by side.</param>
    /// <param name="incomes">The incomes; empty for counts only.</param>
    /// <param name="cut">The domains.</param>
    /// <param name="ages">Who belongs; null for everyone.</param>
    /// <param name="line">The line; NaN where nobody is poor by it.</param>
    /// <param name="rule">Whether an income on the line is poor.</param>
    public static PovertySums[] Of(PersonTable table, ReadOnlyMemory<double> incomes, Cut cut, AgeSpan? ages, double line, PoorRule rule)
    {
        var clusters = table.ClustersInForce;
        var parts = RowBlocks.Map(table.Count, (from, to) =>
            new Block(table, incomes, cut, ages, line, rule).Run(Start(clusters.Span, from), Start(clusters.Span, to)));
        var sums = parts[0];
        foreach (var part in parts.AsSpan(1))
        {
            for (var i = 0; i < sums.Length; i++) sums[i] = sums[i].Plus(part[i]);
        }

        if (table.HouseholdsScattered) Recount(table, incomes.Span, cut, ages, line, rule, sums);
        return sums;
    }

    private static void Recount(PersonTable table, ReadOnlySpan<double> incomes, Cut cut, AgeSpan? ages, double line, PoorRule rule, PovertySums[] sums)
    {
        var households = new HouseholdCount();
        for (var i = 0; i < sums.Length; i++) (sums[i].PoorHouseholds, sums[i].OtherHouseholds) = (0, 0);
        for (var row = 0; row < table.Count; row++)
        {
            if (ages is { } span && !span.Contains(table.Ages.Span[row])) continue;
            var domain = cut.DomainOf.IsEmpty ? 0 : cut.DomainOf.Span[row];
            if (domain < 0) continue;
            var income = incomes.IsEmpty ? double.NaN : incomes[row];
            households.Add(ref sums[domain], domain, table.Households.Span[row], income < line || (rule == PoorRule.AtOrBelow && income == line));
        }
    }

    // A block starts where a cluster starts, so that no cluster is counted twice.
    private static int Start(ReadOnlySpan<int> clusters, int row)
    {
        while (row > 0 && row < clusters.Length && clusters[row] == clusters[row - 1]) row++;
        return row;
    }

    private sealed class Block(PersonTable table, ReadOnlyMemory<double> incomeColumn, Cut cut, AgeSpan? ages, double line, PoorRule rule)
    {
        public PovertySums[] Run(int from, int to)
        {
            ReadOnlySpan<double> incomes = incomeColumn.Span, weights = table.Weights.Span, age = table.Ages.Span;
            ReadOnlySpan<int> households = table.Households.Span, clusters = table.ClustersInForce.Span, domains = cut.DomainOf.Span;
            var sums = new PovertySums[cut.Domains.Length];
            var open = new Open[sums.Length];
            open.AsSpan().Fill(new Open { Cluster = -1, Poor = -1, Other = -1 });
            double youngest = ages?.From ?? 0, oldest = ages?.To is { } last ? last + 1.0 : double.PositiveInfinity;
            var (some, loose) = (ages is not null, rule == PoorRule.AtOrBelow);
            for (var row = from; row < to; row++)
            {
                if (some && !(age[row] >= youngest && age[row] < oldest)) continue;
                var domain = domains.IsEmpty ? 0 : domains[row];
                if (domain < 0) continue;
                ref var sum = ref sums[domain];
                ref var now = ref open[domain];
                var weight = weights.IsEmpty ? 1.0 : weights[row];
                sum.Count++;
                sum.Weight += weight;

                var cluster = clusters.IsEmpty ? row : clusters[row];
                if (cluster != now.Cluster)
                {
                    sum.SquaredClusterWeights += now.Weight * now.Weight;
                    now.Cluster = cluster;
                    now.Weight = 0;
                }

                now.Weight += weight;
                var income = incomes.IsEmpty ? double.NaN : incomes[row];
                if (income < line || (loose && income == line))
                {
                    sum.PoorCount++;
                    sum.PoorWeight += weight;
                    var gap = (line - income) / line;
                    sum.Gaps += weight * gap;
                    sum.SquaredGaps += weight * gap * gap;
                    if (!households.IsEmpty && households[row] != now.Poor)
                    {
                        now.Poor = households[row];
                        sum.PoorHouseholds++;
                    }
                }
                else if (!households.IsEmpty && households[row] != now.Other)
                {
                    now.Other = households[row];
                    sum.OtherHouseholds++;
                }
            }

            for (var i = 0; i < sums.Length; i++) sums[i].SquaredClusterWeights += open[i].Weight * open[i].Weight;
            return sums;
        }
    }

    // What a domain's pass remembers of the cluster and the households that it is in.
    private struct Open
    {
        public int Cluster;
        public int Poor;
        public int Other;
        public double Weight;
    }
}
