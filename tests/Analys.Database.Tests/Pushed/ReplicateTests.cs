using Analys.Measure.Source;

namespace Analys.Database.Tests.Pushed;

/// <summary>The hash draws like Poisson(1), keys and replicates without regard to each other.</summary>
public class ReplicateTests
{
    [Fact]
    public void Draws_have_mean_and_variance_one_and_do_not_hang_together()
    {
        const int Keys = 100_000;
        var (a, b) = (new PoissonReplicate(1, 0), new PoissonReplicate(1, 1));
        double sum = 0, squares = 0, neighbours = 0, replicates = 0;
        for (var key = 0; key < Keys; key++)
        {
            double x = a.Factor(key) - 1;
            sum += x;
            squares += x * x;
            neighbours += x * (a.Factor(key + 1) - 1);
            replicates += x * (b.Factor(key) - 1);
        }

        // Four standard errors of a hundred thousand independent draws.
        Assert.InRange(sum / Keys, -0.0127, 0.0127);
        Assert.InRange(squares / Keys, 0.97, 1.03);
        Assert.InRange(neighbours / Keys, -0.0127, 0.0127);
        Assert.InRange(replicates / Keys, -0.0127, 0.0127);
    }

    [Fact]
    public void Totals_of_consecutive_keys_vary_as_independent_draws_do()
    {
        // A hash that is too regular would make totals vary too little, and intervals too narrow.
        const int Keys = 400, Replicates = 400;
        double sum = 0, squares = 0;
        for (var replicate = 0; replicate < Replicates; replicate++)
        {
            var draw = new PoissonReplicate(7, replicate);
            var total = Enumerable.Range(5_000, Keys).Sum(key => draw.Factor(key)) - (double)Keys;
            sum += total;
            squares += total * total;
        }

        var variance = (squares - (sum * sum / Replicates)) / (Replicates - 1) / Keys;
        Assert.InRange(variance, 0.72, 1.28);
    }

    [Fact]
    public void A_seed_gives_the_same_draws_and_another_seed_others()
    {
        Assert.Equal(Draws(3), Draws(3));
        Assert.NotEqual(Draws(3), Draws(4));

        static int[] Draws(long seed) => [.. Enumerable.Range(-50, 100).Select(key => new PoissonReplicate(seed, 2).Factor(key))];
    }
}
