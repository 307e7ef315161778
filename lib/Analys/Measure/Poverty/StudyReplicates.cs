using Analys.Load;
using Analys.Measure.Inference;
using Analys.Measure.Persons;

namespace Analys.Measure.Poverty;

/// <summary>The figures of a plan in each replicate, the line estimated anew.</summary>
internal static class StudyReplicates
{
    /// <summary>What is said where replicate weights are wanting.</summary>
    public const string TooFew = "Replicate weights are asked for, but fewer than two columns have the role ReplicateWeight: name them with --replicate-weights.";

    /// <summary>Clusters drawn again within strata, the same clusters in every period.</summary>
    public static double[][] Bootstrap(StudyPlan plan, CancellationToken cancel)
    {
        if (plan.Study.Aggregates is { } aggregates) return aggregates.Replicates(plan, cancel);
        var clusters = plan.Study.Persons.Clusters.Span;
        var design = new ClusterDesign(clusters, plan.Study.Persons.Strata.Span, KeyIndex.Size(clusters));
        return Replicates.Run(
            plan.Study.Uncertainty.Replicates,
            plan.Study.Uncertainty.Seed,
            () => (Run: new StudyRun(plan), Factors: new double[design.ClusterCount]),
            (random, state) =>
            {
                design.Draw(random, state.Factors);
                return Numbers(state.Run, (_, slices, weights) =>
                {
                    var (own, cluster, factors) = (slices.Weights, slices.Clusters, state.Factors);
                    for (var i = 0; i < weights.Length; i++) weights[i] = own[i] * factors[cluster[i]];
                });
            },
            cancel);
    }

    /// <summary>The replicate weights that came with the data.</summary>
    public static double[][] Weights(StudyPlan plan, CancellationToken cancel)
    {
        if (plan.Study.Aggregates is { } aggregates) return aggregates.ReplicateWeights(plan, cancel);
        var count = plan.Study.Persons.ReplicateWeights.Length;
        if (count < 2) throw new ColumnNotFoundException(TooFew);
        var all = new double[count][];
        Parallel.For(0, count, new ParallelOptions { CancellationToken = cancel }, () => new StudyRun(plan), (replicate, _, run) =>
        {
            all[replicate] = Numbers(run, (table, slices, weights) =>
            {
                var column = table.ReplicateWeights[replicate].Span;
                for (var i = 0; i < weights.Length; i++) weights[i] = column[slices.Rows[i]];
            });
            return run;
        }, _ => { });
        return all;
    }

    private static double[] Numbers(StudyRun run, Weigh weigh)
    {
        var quantities = run.Evaluate(weigh);
        var numbers = new double[quantities.Length];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = quantities[i].HasNumber ? quantities[i].Number : double.NaN;
        return numbers;
    }
}
