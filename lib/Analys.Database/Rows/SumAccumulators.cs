using System.Runtime.InteropServices;
using Analys.Measure;
using Analys.Measure.Segregation;
using Analys.Measure.Source;

namespace Analys.Database.Rows;

/// <summary>Sums of poverty. Households and clusters that do not stand together are remembered, in several passes where they are too many
/// at once.</summary>
internal sealed class SumAccumulator(SourceFrame frame, SumQuery query) : ScopeAccumulator(frame, query)
{
    private readonly CompensatedRows rows = new(frame.Domains(query.Scope), _ => SumColumns.Width);
    private readonly Dictionary<(int Domain, long Key), byte> households = [];
    private readonly Dictionary<(int Domain, long Key), double> clusters = [];
    private readonly bool together = KeysTogether(frame, query.Scope);
    // The household and the cluster whose rows are met now, in the few domains that they are in.
    private readonly byte[] seenOf = new byte[frame.Domains(query.Scope)];
    private readonly double[] weightOf = new double[frame.Domains(query.Scope)];
    private readonly List<int> householdIn = [];
    private readonly List<int> clusterIn = [];
    private long household = RowChunk.NoKey;
    private long cluster = RowChunk.NoKey;
    private int pass;
    private int passes = 1;

    public override long Entries(long count) =>
        together ? 0 : (Frame.Layout.Household is null ? 0 : count) + (Frame.Layout.Cluster is null ? 0 : count);

    public override void Begin(int pass, int passes) => (this.pass, this.passes) = (pass, passes);

    protected override void Add(RowChunk chunk, double[] incomes, double[] weights, int[] domains)
    {
        var (line, loose) = (query.Line, query.Rule == PoorRule.AtOrBelow);
        for (var i = 0; i < chunk.Count; i++)
        {
            var domain = domains[i];
            if (domain < 0) continue;
            var row = rows[domain];
            var (income, weight) = (incomes[i], weights[i]);
            var poor = income < line || (loose && income == line);
            Household(row, chunk.Households[i], domain, poor);
            Cluster(chunk.Clusters[i], domain, weight);
            if (pass > 0) continue;
            CompensatedRows.Count(row, SumColumns.Count);
            CompensatedRows.Add(row, SumColumns.Weight, weight);
            if (!poor) continue;
            var gap = (line - income) / line;
            CompensatedRows.Count(row, SumColumns.PoorCount);
            CompensatedRows.Add(row, SumColumns.PoorWeight, weight);
            CompensatedRows.Add(row, SumColumns.Gaps, weight * gap);
            CompensatedRows.Add(row, SumColumns.SquaredGaps, weight * gap * gap);
        }
    }

    public override void End()
    {
        EndClusters();
        households.Clear();
    }

    public override double[]?[] Answer() => rows.Answer();

    private void Household(double[] row, long key, int domain, bool poor)
    {
        if (Frame.Layout.Household is null) return;
        var place = poor ? SumColumns.PoorHouseholds : SumColumns.OtherHouseholds;
        if (key == RowChunk.NoKey)
        {
            if (pass == 0) CompensatedRows.Count(row, place);
            return;
        }

        if (!Own(key)) return;
        var bit = (byte)(poor ? 1 : 2);
        if (!together)
        {
            Meet(ref CollectionsMarshal.GetValueRefOrAddDefault(households, (domain, key), out _));
            return;
        }

        if (key != household)
        {
            household = key;
            foreach (var known in householdIn) seenOf[known] = 0;
            householdIn.Clear();
        }

        if (seenOf[domain] == 0) householdIn.Add(domain);
        Meet(ref seenOf[domain]);

        void Meet(ref byte seen)
        {
            if ((seen & bit) == 0) CompensatedRows.Count(row, place);
            seen |= bit;
        }
    }

    private void Cluster(long key, int domain, double weight)
    {
        if (key == RowChunk.NoKey)
        {
            if (pass == 0) rows.Add(domain, SumColumns.SquaredClusterWeights, weight * weight);
            return;
        }

        if (!Own(key)) return;
        if (!together)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(clusters, (domain, key), out _) += weight;
            return;
        }

        if (key != cluster) EndCluster();
        cluster = key;
        if (weightOf[domain] == 0) clusterIn.Add(domain);
        weightOf[domain] += weight;
    }

    private void EndCluster()
    {
        foreach (var domain in clusterIn)
        {
            rows.Add(domain, SumColumns.SquaredClusterWeights, weightOf[domain] * weightOf[domain]);
            weightOf[domain] = 0;
        }

        clusterIn.Clear();
    }

    private void EndClusters()
    {
        EndCluster();
        foreach (var ((domain, _), weight) in clusters) rows.Add(domain, SumColumns.SquaredClusterWeights, weight * weight);
        clusters.Clear();
    }

    private bool Own(long key) => KeyPart.Of(key, passes) == pass;
}

/// <summary>
/// Sums over persons who are followed. A person's years may stand anywhere in the file: what is known of each is kept until all rows were
/// read. A part of the persons and a part of the households are kept in one pass, all pairs of parts one after the other.
/// </summary>
internal sealed class PanelAccumulator(SourceFrame frame, PanelQuery query) : Accumulator(frame)
{
    private const ulong Own = 1UL << 63;
    private readonly double[]?[] rows = new double[]?[frame.Domains(query.Scope)];
    private readonly Dictionary<long, Followed> persons = [];
    private readonly Dictionary<(int Domain, long Key), byte> households = [];
    private readonly Dictionary<(int Domain, long Key), double> clusters = [];
    private int personPart;
    private int householdPart;
    private int parts = 1;

    public override long Entries(long count) => 2 * count;

    public override void Begin(int pass, int passes) => (parts, householdPart, personPart) = (passes, pass / passes, pass % passes);

    public override void Add(RowChunk chunk)
    {
        var (incomes, weights, domains) = chunk.Of(Frame, query.Scope);
        for (var row = 0; row < chunk.Count; row++)
        {
            if (double.IsNaN(incomes[row])) continue;
            var key = chunk.Persons[row];
            if (key == RowChunk.NoKey)
            {
                // Nobody knows where this person was in other years.
                if (personPart == 0 && domains[row] >= 0) Close(At(chunk, row, domains[row], weights[row], incomes[row], default));
                continue;
            }

            if (KeyPart.Of(key, parts) != personPart) continue;
            if (chunk.Periods[row] == query.Scope.Period)
            {
                ref var person = ref CollectionsMarshal.GetValueRefOrAddDefault(persons, key, out _);
                Once(person.Observed, Own);
                person = At(chunk, row, domains[row], weights[row], incomes[row], person);
            }

            for (var i = 0; i < query.Others.Length; i++)
            {
                if (chunk.Periods[row] != query.Others[i].Period) continue;
                ref var person = ref CollectionsMarshal.GetValueRefOrAddDefault(persons, key, out _);
                Once(person.Observed, 1UL << i);
                person.Observed |= 1UL << i;
                if (Poor(incomes[row], query.Others[i].Line)) person.Poor |= 1UL << i;
            }
        }
    }

    public override void End()
    {
        foreach (var person in persons.Values)
        {
            if ((person.Observed & Own) != 0 && person.Domain >= 0) Close(person);
        }

        persons.Clear();
        if (personPart < parts - 1) return;
        foreach (var ((domain, _), seen) in households)
        {
            if ((seen & 1) != 0) rows[domain]![SumColumns.PoorHouseholds]++;
            if ((seen & 2) != 0) rows[domain]![SumColumns.OtherHouseholds]++;
        }

        foreach (var ((domain, _), weight) in clusters) rows[domain]![SumColumns.SquaredClusterWeights] += weight * weight;
        households.Clear();
        clusters.Clear();
    }

    public override double[]?[] Answer() => rows;

    private Followed At(RowChunk chunk, int row, int domain, double weight, double income, Followed known) => known with
    {
        Observed = known.Observed | Own,
        Poor = known.Poor | (Poor(income, query.Line) ? Own : 0),
        Domain = domain,
        Weight = weight,
        Household = chunk.Households[row],
        Cluster = chunk.Clusters[row],
    };

    private void Close(Followed person)
    {
        var (counts, has) = query.Step.Of((person.Poor & Own) != 0, query.Others.Length, person.Observed & ~Own, person.Poor & ~Own);
        if (!counts) return;
        var row = rows[person.Domain] ??= new double[SumColumns.Width];
        Household(row, person, has);
        Cluster(row, person);
        if (householdPart > 0) return;
        row[SumColumns.Count]++;
        row[SumColumns.Weight] += person.Weight;
        if (!has) return;
        row[SumColumns.PoorCount]++;
        row[SumColumns.PoorWeight] += person.Weight;
    }

    private void Household(double[] row, Followed person, bool has)
    {
        if (Frame.Layout.Household is null) return;
        if (person.Household == RowChunk.NoKey)
        {
            if (householdPart == 0) row[has ? SumColumns.PoorHouseholds : SumColumns.OtherHouseholds]++;
        }
        else if (KeyPart.Of(person.Household, parts) == householdPart)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(households, (person.Domain, person.Household), out _) |= (byte)(has ? 1 : 2);
        }
    }

    private void Cluster(double[] row, Followed person)
    {
        if (person.Cluster == RowChunk.NoKey)
        {
            if (householdPart == 0) row[SumColumns.SquaredClusterWeights] += person.Weight * person.Weight;
        }
        else if (KeyPart.Of(person.Cluster, parts) == householdPart)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(clusters, (person.Domain, person.Cluster), out _) += person.Weight;
        }
    }

    private bool Poor(double income, double line) => income < line || (query.Rule == PoorRule.AtOrBelow && income == line);

    private static void Once(ulong observed, ulong bit)
    {
        if ((observed & bit) != 0) throw new CountException("A person stands twice in one period.");
    }

    // What is known of a person: bits of the other periods, the highest of the scope's own.
    private record struct Followed(ulong Observed, ulong Poor, int Domain, double Weight, long Household, long Cluster);
}
