using System.Collections.Immutable;
using Analys.Measure.Income;
using Analys.Measure.Inference;
using Analys.Measure.Study;

namespace Analys.Measure.Source;

/// <summary>Weighted persons, wherever they are: rows in memory, a stream, a SQL engine, several servers. A study asks in open phases, each
/// whole
/// and before the next: which lines, then which sums by those lines, then values, and what is wanted around them.</summary>
internal interface IPersonSource
{
    /// <summary>How the persons of a period with some income are divided among domains.</summary>
    ImmutableArray<Cut> Cuts(int period, IncomeConcept concept);

    /// <summary>The lines; NaN where nobody is there.</summary>
    IReadOnlyList<double> Lines(StudyPlan plan, IReadOnlyList<LineQuestion> asked);

    /// <summary>The sums of each domain of a cut.</summary>
    IReadOnlyList<PovertySums[]> Sums(StudyPlan plan, IReadOnlyList<SumQuestion> asked);

    /// <summary>The point values of all estimates of a plan.</summary>
    Quantity[] Values(StudyPlan plan);

    /// <summary>The values of all estimates in each replicate of a bootstrap; NaN where there is none.</summary>
    double[][] Replicates(StudyPlan plan, CancellationToken cancel);

    /// <summary>The values of all estimates under each of the replicate weights; NaN where there is none.</summary>
    double[][] ReplicateWeights(StudyPlan plan, CancellationToken cancel);

    /// <summary>The linearised variance of estimates, or of their difference from another; null where a measure has no influence
    /// function.</summary>
    Spread?[] Variances(StudyPlan plan, IReadOnlyList<(int Of, int? Minus)> asked);

    /// <summary>Whether a variance met a stratum of one cluster.</summary>
    bool HasLonely { get; }

    /// <summary>The bases of open estimates with how far one household moves each, found out when a release asks.</summary>
    IReadOnlyList<Lazy<Basis>> Reach(StudyPlan plan, IReadOnlyList<Quantity> values, int[] open, Basis[] bases);
}

/// <summary>A line that is asked for, from everyone of a period.</summary>
/// <param name="Period">The place of the period among the plan's.</param>
/// <param name="Concept">Of which incomes.</param>
/// <param name="Line">The place of the line among the study's.</param>
internal readonly record struct LineQuestion(int Period, IncomeConcept Concept, int Line);

/// <summary>Sums by a line that are asked for.</summary>
/// <param name="Period">The place of the period among the plan's.</param>
/// <param name="Concept">Of which incomes.</param>
/// <param name="Cut">The place of the cut.</param>
/// <param name="Ages">Who belongs; null for everyone.</param>
/// <param name="Line">The line; NaN where nobody is poor by it.</param>
/// <param name="Rule">Whether an income on the line is poor.</param>
internal readonly record struct SumQuestion(int Period, IncomeConcept Concept, int Cut, AgeSpan? Ages, double Line, PoorRule Rule);
