using Analys.Domain;
using Analys.Measure.Inequality;

namespace Analys.Measure.Poverty;

/// <summary>What a plan needs to know of persons that it does not see: a database answers, or a file larger than memory.</summary>
internal interface IStudyAggregates
{
    /// <summary>A line, from everyone of a period; NaN where nobody is there.</summary>
    double Line(int period, IncomeConcept concept, int line);

    /// <summary>The sums of each domain of a cut.</summary>
    PovertySums[] Sums(int period, IncomeConcept concept, int cut, AgeSpan? ages, double line, PoorRule rule);

    /// <summary>The point values of all estimates of a plan.</summary>
    Quantity[] Values(StudyPlan plan);

    /// <summary>The values of all estimates in each replicate of a bootstrap; NaN where there is none.</summary>
    double[][] Replicates(StudyPlan plan, CancellationToken cancel);

    /// <summary>The values of all estimates under each of the replicate weights; NaN where there is none.</summary>
    double[][] ReplicateWeights(StudyPlan plan, CancellationToken cancel);

    /// <summary>The linearised variance of estimates, or of their difference from another; null where a measure has no influence function.</summary>
    double?[] Variances(StudyPlan plan, IReadOnlyList<(int Of, int? Minus)> asked);
}
