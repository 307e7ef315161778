using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Analys.Domain;
using Analys.Load.Schema;
using Analys.Measure.Inference;

namespace Analys.Measure.Synthetic;

/// <summary>
/// A made-up register of persons in households in Stockholm, whose margins by district follow public figures: population, background,
/// income support of children and of all, mean and median household income.
/// </summary>
/// <remarks>
/// For notebooks, tests and benchmarks; no person in it exists. The same persons and seed give the same register on any number of threads:
/// each small area has streams of its own. Swedish: <i>syntetiskt register</i>.
/// </remarks>
internal sealed class SyntheticRegister
{
    /// <summary>The fewest persons for which the margins can be followed.</summary>
    public const int FewestPersons = 1000;

    private SyntheticRegister(SyntheticMargins margins, int persons, int years, ImmutableArray<SyntheticArea> areas,
        ConsumptionUnitScale scale)
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
        var work = Work.Of("drawing households by area", areas.Length);
        Parallel.For(0, areas.Length, options, i =>
        {
            areas[i] = HouseholdDraw.Draw(plan[i], margins, years, seed);
            SyntheticIncome.Draw(areas[i], seed);
            work.Step();
        });
        Work.Say("fitting incomes and income support");
        var districts = areas.GroupBy(area => area.Plan.District).Select(group => group.ToArray()).ToArray();
        Parallel.ForEach(districts, options, district =>
            SyntheticIncome.Calibrate(district, margins.Districts[district[0].Plan.District], seed));
        Parallel.ForEach(areas, options, area => SyntheticSupport.Draw(area, scale, seed));
        Parallel.ForEach(districts, options, district =>
            SyntheticSupport.Calibrate(district, margins.Districts[district[0].Plan.District], scale, seed));
        return new SyntheticRegister(margins, persons, years, [.. areas], scale);
    }
}

/// <summary>A made-up small area: how many persons, and how it differs from its district.</summary>
/// <param name="Index">Its number in the city.</param>
/// <param name="District">The number of its district.</param>
/// <param name="Name">Such as <c>SYN01-001</c>, like no real code.</param>
/// <param name="Persons">Persons in the register's year.</param>
/// <param name="Position">Its position on a scale of disadvantage, standard normal.</param>
/// <param name="ForeignShare">The share of foreign background; over the district's areas it averages to the district's.</param>
internal sealed record AreaPlan(int Index, int District, string Name, int Persons, double Position, double ForeignShare);

/// <summary>Who is to live where: persons by district in proportion to the population, small areas within districts.</summary>
internal static class SyntheticPlan
{
    private const int PersonsPerArea = 1500;
    private const double Spread = 0.8;

    /// <summary>The small areas of the city, district after district.</summary>
    public static ImmutableArray<AreaPlan> Make(SyntheticMargins margins, int persons, long seed)
    {
        var byDistrict = Apportion([.. margins.Districts.Select(district => district.Population)], persons);
        var areas = ImmutableArray.CreateBuilder<AreaPlan>();
        for (var district = 0; district < byDistrict.Length; district++)
        {
            // Streams below zero are the districts'; the areas have theirs from zero on.
            var stream = new RandomStream(seed, -1 - district);
            var count = Math.Max(1, byDistrict[district] / PersonsPerArea);
            var sizes = Apportion([.. Enumerable.Range(0, count).Select(_ => 0.75 + (0.5 * stream.NextDouble()))], byDistrict[district]);
            var positions = new double[count];
            for (var i = 0; i < count; i++) positions[i] = Normal.Draw(stream);
            var shares = Shares(positions, sizes, margins.Districts[district].ForeignShare);
            for (var i = 0; i < count; i++)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"SYN{district + 1:00}-{i + 1:000}");
                areas.Add(new AreaPlan(areas.Count, district, name, sizes[i], positions[i], shares[i]));
            }
        }

        return areas.ToImmutable();
    }

    /// <summary>Whole numbers in proportion to the parts, by largest remainders.</summary>
    internal static int[] Apportion(double[] parts, int total)
    {
        var sum = parts.Sum();
        var exact = parts.Select(part => total * part / sum).ToArray();
        var whole = exact.Select(value => (int)Math.Floor(value)).ToArray();
        foreach (var i in Enumerable.Range(0, parts.Length).OrderByDescending(i => exact[i] - whole[i]).ThenBy(i => i)
            .Take(total - whole.Sum())) whole[i]++;
        return whole;
    }

    // Logits spread about a centre that makes the areas' mean the district's share; the centre by bisection.
    private static double[] Shares(double[] positions, int[] sizes, double share)
    {
        double low = -20, high = 20;
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            double mean = 0, total = 0;
            for (var area = 0; area < positions.Length; area++)
            {
                mean += sizes[area] * Logistic(middle + (Spread * positions[area]));
                total += sizes[area];
            }

            if (mean < share * total) low = middle;
            else high = middle;
        }

        return [.. positions.Select(position => Logistic(low + (Spread * position)))];
    }

    internal static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
}

/// <summary>Writes a table whose blocks of rows are made on all cores, in the order of the blocks.</summary>
internal static class BlockTable
{
    private const int BlocksAtOnce = 32;

    /// <summary>Writes the header and all blocks.</summary>
    /// <returns>The SHA-256 of what was written and its size.</returns>
    public static (string Sha256, long Bytes) Write(Stream stream, string header, int blocks, Action<int, RowBuffer> rows,
        CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long size = 0;
        Put(Encoding.UTF8.GetBytes(header + "\n"));
        // Two sets of buffers: one is written while the other is filled.
        var sets = new[] { NewSet(), NewSet() };
        var writing = Task.CompletedTask;
        for (var from = 0; from < blocks; from += BlocksAtOnce)
        {
            var set = sets[from / BlocksAtOnce % 2];
            var first = from;
            var count = Math.Min(BlocksAtOnce, blocks - from);
            Parallel.For(0, count, new ParallelOptions { CancellationToken = cancel }, i =>
            {
                set[i].Clear();
                rows(first + i, set[i]);
            });
            writing.GetAwaiter().GetResult();
            writing = Task.Run(
                () =>
                {
                    for (var i = 0; i < count; i++) Put(set[i].Span);
                },
                cancel);
        }

        writing.GetAwaiter().GetResult();
        return (Convert.ToHexStringLower(hash.GetHashAndReset()), size);

        void Put(ReadOnlySpan<byte> bytes)
        {
            stream.Write(bytes);
            hash.AppendData(bytes);
            size += bytes.Length;
        }
    }

    private static RowBuffer[] NewSet() => [.. Enumerable.Range(0, BlocksAtOnce).Select(_ => new RowBuffer())];
}
