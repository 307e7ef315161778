using Analys.Measure.Inference;

namespace Analys.Measure.Segregation.Resampling;

/// <summary>Draws tables in which unit and group are independent and both margins are those observed.</summary>
/// <remarks>
/// This is what shuffling the persons over the places gives (person permutation); it is drawn cell by cell from hypergeometric
/// distributions instead, which does not depend on the number of persons.
/// </remarks>
internal sealed class FixedMargins(GroupCounts counts)
{
    private readonly DrawOrder order = DrawOrder.Of(counts);
    private readonly double[] units = counts.Totals.ToArray();
    private readonly double[] groups = [.. Enumerable.Range(0, counts.Groups.Length).Select(counts.GroupTotal)];

    /// <summary>Fills a replicate.</summary>
    public void Draw(RandomStream random, Span<double> replicate)
    {
        Span<double> left = groups.Length <= 64 ? stackalloc double[groups.Length] : new double[groups.Length];
        groups.CopyTo(left);
        var persons = Sums.Of(left);
        foreach (var unit in order.Units)
        {
            double places = units[unit], pool = persons;
            for (var i = 0; i < left.Length; i++)
            {
                var group = order.Groups[i];
                var taken = i == left.Length - 1 ? places : Variates.Hypergeometric(random, pool, left[group], places);
                replicate[(unit * left.Length) + group] = taken;
                pool -= left[group];
                left[group] -= taken;
                places -= taken;
            }

            persons -= units[unit];
        }
    }
}
