using System.Collections.Immutable;
using System.Globalization;
using Analys.Measure.Inference;

namespace Analys.Measure.Synthetic;

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
        foreach (var i in Enumerable.Range(0, parts.Length).OrderByDescending(i => exact[i] - whole[i]).ThenBy(i => i).Take(total - whole.Sum())) whole[i]++;
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
