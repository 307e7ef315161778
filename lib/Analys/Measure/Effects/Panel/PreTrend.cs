using Analys.Measure.Effects.Fits;
using MathNet.Numerics;

namespace Analys.Measure.Effects.Panel;

/// <summary>Whether cohorts and comparison moved alike before the start.</summary>
internal static class PreTrend
{
    /// <summary>
    /// pretrend-test: the p value of the Wald test that every ATT(g, t) with t &lt; g is 0: n·a'V⁻¹a, V = ψ'ψ/n (clusters summed), χ² with
    /// as many degrees as cells.
    /// </summary>
    /// <remarks>The χ² holds for many units only: with few the test rejects far too often. Its enumerated p stands beside it.</remarks>
    public static Estimate Test(GroupTime effects, int[]? clusters)
    {
        const string id = "pretrend-test";
        var cells = effects.Known.Where(cell => !effects.IsAfter(cell)).ToArray();
        if (cells.Length == 0)
            return Estimate.Undefined(id, "no period before the first start but its base: nothing to test; a longer window would help");
        var influence = Array.ConvertAll(cells, cell => clusters is null ? cell.Influence : Errors.Sums(cell.Influence, clusters));
        var n = effects.Panel.Units;
        var size = cells.Length;
        var scale = Array.ConvertAll(influence, column => Math.Sqrt(Compensated.Dot(column, column) / n));
        // Correlations are factored, not covariances: cells in kronor and in shares are then judged by the same rule.
        var matrix = new double[size, size];
        for (var j = 0; j < size; j++)
        {
            for (var k = 0; k <= j; k++) matrix[j, k] = matrix[k, j] = Compensated.Dot(influence[j], influence[k]) / n
                / (scale[j] * scale[k]);
        }

        if (scale.Any(value => !(value > 0)) || Symmetric.Factor(matrix, 1e-10) is not { } factor)
        {
            return Estimate.Undefined(id,
                "more cells before the start than the units can tell apart: the test does not exist; its enumerated p does");
        }

        var standard = cells.Select((cell, k) => cell.Value!.Value / scale[k]).ToArray();
        var wald = n * Compensated.Dot(standard, factor.Solve(standard));
        return new(id)
        {
            Value = SpecialFunctions.GammaUpperRegularized(size / 2.0, wald / 2),
            Treated = effects.Panel.Treated,
            Comparison = cells.Max(cell => cell.Comparison),
        };
    }
}
