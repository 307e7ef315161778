using Analys.Database.Contract;
using Analys.Measure.Inequality;

namespace Analys.Database.Rows;

/// <summary>Some rows as aggregates need them: numbers and codes, a row without an income marked as out.</summary>
internal sealed class RowChunk
{
    /// <summary>The key of a row that has none: it is a household or cluster of its own.</summary>
    public const long NoKey = long.MinValue;

    public required int Count { get; init; }

    /// <summary>The number of the first row in the source.</summary>
    public required long FirstRow { get; init; }

    public required double[] Weights { get; init; }

    public required double[] Ages { get; init; }

    public required int[] Periods { get; init; }

    public required int[][] Codes { get; init; }

    public required long[] Households { get; init; }

    public required long[] Clusters { get; init; }

    public required long[] Persons { get; init; }

    public double[][] ReplicateWeights { get; init; } = [];

    public required double[] Disposable { get; init; }

    public double[] Transfers { get; init; } = [];

    public double[] HousingCosts { get; init; } = [];

    public double[] Months { get; init; } = [];

    /// <summary>The incomes of a concept; NaN for who does not belong.</summary>
    public double[] Incomes(IncomeConcept concept) => concept switch
    {
        IncomeConcept.BeforeTransfers => Each(row => Disposable[row] - Transfers[row]),
        IncomeConcept.AfterHousing => Each(row => Disposable[row] - HousingCosts[row]),
        IncomeConcept.SupportMonths => Each(row => double.IsNaN(Disposable[row]) ? double.NaN : -Months[row]),
        _ => Disposable,
    };

    /// <summary>For each row the number of its domain; −1 for who does not belong.</summary>
    public int[] Domains(SourceFrame frame, Scope scope, double[] incomes)
    {
        var domains = new int[Count];
        for (var row = 0; row < Count; row++)
        {
            if (double.IsNaN(incomes[row]) || (scope.Period >= 0 && Periods[row] != scope.Period) || (scope.Ages is { } ages && !ages.Contains(Ages[row])))
            {
                domains[row] = -1;
                continue;
            }

            var domain = 0;
            foreach (var by in scope.By)
            {
                var code = Codes[by][row];
                domain = domain < 0 || code < 0 ? -1 : (domain * frame.Values[by].Length) + code;
            }

            domains[row] = domain;
        }

        return domains;
    }

    /// <summary>The weights, those of a replicate where one is given.</summary>
    public double[] WeightsOf(Scope scope)
    {
        if (scope.WeightColumn is { } column) return ReplicateWeights[column];
        if (scope.Replicate is not { } replicate) return Weights;
        var weights = new double[Count];
        for (var row = 0; row < Count; row++)
        {
            // Who has no key cannot be drawn and keeps the weight.
            weights[row] = Clusters[row] == NoKey ? Weights[row] : Weights[row] * replicate.Factor(Clusters[row]);
        }

        return weights;
    }

    private double[] Each(Func<int, double> of)
    {
        var values = new double[Count];
        for (var row = 0; row < Count; row++) values[row] = of(row);
        return values;
    }
}
