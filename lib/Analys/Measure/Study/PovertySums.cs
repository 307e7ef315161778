using Analys.Measure.Income;
using Analys.Measure.Source;

namespace Analys.Measure.Study;

/// <summary>
/// The sums of one domain from which headcount, gap and severity follow, and the counts that disclosure control checks. It is an aggregate:
/// it may come from rows in one pass, from <c>select area, sum(weight), sum(weight * gap) ... group by area</c>, or from a stream.
/// </summary>
internal struct PovertySums
{
    /// <summary>Persons.</summary>
    public long Count { get; set; }

    /// <summary>Poor persons.</summary>
    public long PoorCount { get; set; }

    /// <summary>The sum of the weights.</summary>
    public double Weight { get; set; }

    /// <summary>The sum of the weights of the poor.</summary>
    public double PoorWeight { get; set; }

    /// <summary>Σ w (z − y) / z over the poor.</summary>
    public double Gaps { get; set; }

    /// <summary>Σ w ((z − y) / z)² over the poor.</summary>
    public double SquaredGaps { get; set; }

    /// <summary>Households with a poor person of the domain.</summary>
    public long PoorHouseholds { get; set; }

    /// <summary>Households with a person of the domain who is not poor.</summary>
    public long OtherHouseholds { get; set; }

    /// <summary>The sum over clusters of the square of their weight, from which the effective number of observations follows.</summary>
    public double SquaredClusterWeights { get; set; }

    /// <summary>The sum of the persons' random numbers.</summary>
    public ulong Key { get; set; }

    /// <summary>The sum of those of the poor.</summary>
    public ulong PoorKey { get; set; }

    /// <summary>The effective number of observations: (Σ W_c)² / Σ W_c² over clusters (Kish 1965).</summary>
    public readonly double EffectiveCount => SquaredClusterWeights > 0 ? Weight * Weight / SquaredClusterWeights : 0;

    /// <summary>The FGT index of α = 0, 1 or 2.</summary>
    /// <param name="power">α.</param>
    public readonly Quantity Fgt(int power) => Quantity.Ratio(
        power switch { 0 => Math.Min(PoorWeight, Weight), 1 => Gaps, _ => SquaredGaps }, Weight, IncomeMeasure.Nobody);

    /// <summary>The counts behind a figure of this domain.</summary>
    /// <param name="withPoor">Whether the figure shows something of the poor.</param>
    /// <param name="withHouseholds">Whether households are known.</param>
    public readonly Basis Basis(bool withPoor, bool withHouseholds)
    {
        double? households = !withHouseholds ? null : withPoor ? Fewest(PoorHouseholds, OtherHouseholds) : PoorHouseholds + OtherHouseholds;
        return new Basis(withPoor ? PoorCount : null, Count, households)
        {
            Keys = Key == 0 ? null : new CellKeys(unchecked((uint)PoorKey), unchecked((uint)Key)),
        };
    }

    /// <summary>The sums of two parts of a domain that share no household.</summary>
    /// <param name="other">The other part.</param>
    public readonly PovertySums Plus(PovertySums other) => new()
    {
        Count = Count + other.Count,
        PoorCount = PoorCount + other.PoorCount,
        Weight = Weight + other.Weight,
        PoorWeight = PoorWeight + other.PoorWeight,
        Gaps = Gaps + other.Gaps,
        SquaredGaps = SquaredGaps + other.SquaredGaps,
        PoorHouseholds = PoorHouseholds + other.PoorHouseholds,
        OtherHouseholds = OtherHouseholds + other.OtherHouseholds,
        SquaredClusterWeights = SquaredClusterWeights + other.SquaredClusterWeights,
        Key = Key + other.Key,
        PoorKey = PoorKey + other.PoorKey,
    };

    /// <summary>The counts without those who were left out because of their incomes; of their families those that are left for
    /// certain.</summary>
    /// <param name="left">The sums of the same persons in which those who were left out are the poor.</param>
    public readonly PovertySums Without(PovertySums left) => this with
    {
        Count = Count - left.PoorCount,
        Weight = Weight - left.PoorWeight,
        PoorCount = Math.Max(0, PoorCount - left.PoorCount),
        PoorWeight = Math.Max(0, PoorWeight - left.PoorWeight),
        PoorHouseholds = Math.Max(0, PoorHouseholds - left.PoorHouseholds),
        OtherHouseholds = Math.Min(OtherHouseholds, left.OtherHouseholds),
        Key = Key - left.PoorKey,
        PoorKey = PoorCount > left.PoorCount ? PoorKey - left.PoorKey : 0,
    };

    /// <summary>The sums with those above the line in the place of the poor; their gaps are not known.</summary>
    public readonly PovertySums Turned() => this with
    {
        PoorCount = Count - PoorCount,
        PoorWeight = Math.Max(0, Weight - PoorWeight),
        Gaps = double.NaN,
        SquaredGaps = double.NaN,
        PoorHouseholds = OtherHouseholds,
        OtherHouseholds = PoorHouseholds,
        PoorKey = Key - PoorKey,
    };

    // Five poor children of one family are one family: the side with fewer households counts. A side with none is judged by its persons.
    private static double Fewest(long poor, long others) => poor == 0 ? others : others == 0 ? poor : Math.Min(poor, others);
}

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

    private static void Recount(PersonTable table, ReadOnlySpan<double> incomes, Cut cut, AgeSpan? ages, double line, PoorRule rule,
        PovertySums[] sums)
    {
        var households = new HouseholdCount();
        for (var i = 0; i < sums.Length; i++) (sums[i].PoorHouseholds, sums[i].OtherHouseholds) = (0, 0);
        var years = table.Ages.Span;
        var domains = cut.DomainOf.Span;
        var members = table.Households.Span;
        for (var row = 0; row < table.Count; row++)
        {
            if (ages is { } span && !span.Contains(years[row])) continue;
            var domain = domains.IsEmpty ? 0 : domains[row];
            if (domain < 0) continue;
            var income = incomes.IsEmpty ? double.NaN : incomes[row];
            households.Add(ref sums[domain], domain, members[row], income < line
                || (rule == PoorRule.AtOrBelow && income == line));
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
            var keys = table.CellKeys.Span;
            ReadOnlySpan<int> households = table.Households.Span, clusters = table.ClustersInForce.Span, domains = cut.DomainOf.Span;
            var sums = new PovertySums[cut.Domains.Length];
            var lost = new Lost[sums.Length];
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
                sum.Weight = Add(sum.Weight, ref lost[domain].Weight, weight);
                if (!keys.IsEmpty) sum.Key += keys[row];

                var cluster = clusters.IsEmpty ? row : clusters[row];
                if (cluster != now.Cluster)
                {
                    sum.SquaredClusterWeights = Add(sum.SquaredClusterWeights, ref lost[domain].SquaredClusterWeights,
                        now.Weight * now.Weight);
                    now.Cluster = cluster;
                    now.Weight = 0;
                }

                now.Weight += weight;
                var income = incomes.IsEmpty ? double.NaN : incomes[row];
                if (income < line || (loose && income == line))
                {
                    sum.PoorCount++;
                    if (!keys.IsEmpty) sum.PoorKey += keys[row];
                    var gap = (line - income) / line;
                    ref var less = ref lost[domain];
                    sum.PoorWeight = Add(sum.PoorWeight, ref less.PoorWeight, weight);
                    sum.Gaps = Add(sum.Gaps, ref less.Gaps, weight * gap);
                    sum.SquaredGaps = Add(sum.SquaredGaps, ref less.SquaredGaps, weight * gap * gap);
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

            for (var i = 0; i < sums.Length; i++)
            {
                sums[i].Weight += lost[i].Weight;
                sums[i].PoorWeight += lost[i].PoorWeight;
                sums[i].Gaps += lost[i].Gaps;
                sums[i].SquaredGaps += lost[i].SquaredGaps;
                sums[i].SquaredClusterWeights += (open[i].Weight * open[i].Weight) + lost[i].SquaredClusterWeights;
            }

            return sums;
        }

        private static double Add(double sum, ref double lost, double term)
        {
            Compensated.Add(ref sum, ref lost, term);
            return sum;
        }
    }

    // What rounding took from the sums of a domain.
    private struct Lost
    {
        public double Weight, PoorWeight, Gaps, SquaredGaps, SquaredClusterWeights;
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

/// <summary>Counts households whose members stand apart: each once on either side of a domain, or disclosure control would be told of more
/// families than there are.</summary>
internal sealed class HouseholdCount
{
    private readonly HashSet<(int Domain, int Household, bool Poor)> seen = [];

    /// <summary>Adds a person's household to the sums of a domain.</summary>
    public void Add(ref PovertySums sum, int domain, int household, bool poor)
    {
        if (!seen.Add((domain, household, poor))) return;
        if (poor) sum.PoorHouseholds++;
        else sum.OtherHouseholds++;
    }
}

/// <summary>Work on blocks of rows on all cores. The blocks depend on the number of rows alone, so that sums over them are the same on
/// every machine.</summary>
internal static class RowBlocks
{
    private const int Least = 100_000;
    private const int Most = 8;

    /// <summary>The outcome of each block, in the order of the rows.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="block">The work on the rows from, to below.</param>
    public static T[] Map<T>(int rows, Func<int, int, T> block)
    {
        var count = Math.Clamp(rows / Least, 1, Most);
        var outcomes = new T[count];
        if (count == 1) outcomes[0] = block(0, rows);
        else Parallel.For(0, count, i => outcomes[i] = block((int)((long)rows * i / count), (int)((long)rows * (i + 1) / count)));
        return outcomes;
    }
}
