using Analys.Domain;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Analys.Measure.Segregation.Ordinal;

/// <summary>Rank-order segregation from brackets: binary segregation at each limit, a polynomial through it, its weighted mean.</summary>
internal static class RankOrder
{
    /// <summary>The order of the polynomial in Reardon &amp; Bischoff 2011.</summary>
    public const int DefaultOrder = 4;

    /// <summary>The option.</summary>
    public static MeasureOption OrderOption { get; } = new("polynomial-order", "4", "Rank-order measures: the order of the polynomial, 0 to 8; at most the number of bracket limits less one is used");

    /// <summary>The order that a call asks for.</summary>
    public static int Order(MeasureArguments arguments)
    {
        var order = arguments.Number("polynomial-order", DefaultOrder);
        return order is >= 0 and <= 8 && order == Math.Floor(order) ? (int)order : throw new MeasureOptionException("The option polynomial-order must be a whole number from 0 to 8.");
    }

    /// <summary>The index: Σ_m β_m δ_m, β the fitted polynomial, δ_m the mean of p^m under the weights.</summary>
    public static Quantity Index(CountTable table, Func<double, double> variation, Func<int, double> mean, int order)
    {
        var limits = new List<(double P, double Segregation)>();
        double below = 0;
        for (var k = 0; k < table.Groups - 1; k++)
        {
            below += table.GroupTotals[k];
            // The limit of an empty bracket is the limit before it; limits at 0 and 1 divide nobody.
            if (table.GroupTotals[k] == 0 || below / table.Total >= 1) continue;
            limits.Add((below / table.Total, Binary(table, k, below / table.Total, variation)));
        }

        if (limits.Count == 0) return Quantity.Undefined(UndefinedReason.OneGroup);
        order = Math.Min(order, limits.Count - 1);
        var matrix = Matrix<double>.Build.Dense(limits.Count, order + 1, (row, m) => variation(limits[row].P) * Math.Pow(limits[row].P, m));
        var right = Vector<double>.Build.Dense(limits.Count, row => variation(limits[row].P) * limits[row].Segregation);
        var beta = matrix.QR(QRMethod.Thin).Solve(right);
        var index = 0.0;
        for (var m = 0; m <= order; m++) index += beta[m] * mean(m);
        return double.IsFinite(index) ? Quantity.Known(index) : Quantity.Undefined("the bracket limits are too close for the polynomial");
    }

    // Segregation of those up to a limit from those above it.
    private static double Binary(CountTable table, int limit, double p, Func<double, double> variation)
    {
        var within = 0.0;
        for (var i = 0; i < table.Units; i++)
        {
            if (table.UnitTotals[i] == 0) continue;
            var share = Sums.Of(table.Unit(i)[..(limit + 1)]) / table.UnitTotals[i];
            within += table.UnitTotals[i] / table.Total * variation(Math.Min(1, share));
        }

        return 1 - (within / variation(p));
    }
}
