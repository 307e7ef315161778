using Analys.Measure.Inequality;

namespace Analys.Database.Contract;

/// <summary>A function of income whose weighted sum is asked for.</summary>
/// <param name="Kind">Which function.</param>
/// <param name="Power">The exponent, where it has one.</param>
/// <param name="Line">The line, where it has one.</param>
/// <param name="Rule">Whether an income on the line is poor.</param>
/// <param name="At">Where a kernel stands.</param>
public readonly record struct Term(TermKind Kind, double Power = 0, double Line = double.NaN, PoorRule Rule = PoorRule.Below, double At = double.NaN)
{
    /// <summary>Incomes are divided by this before they are raised to a power, so that no sum overflows.</summary>
    public const double Scale = 100_000;
}

/// <summary>The functions of income y that measures add up with weights.</summary>
public enum TermKind
{
    /// <summary>1.</summary>
    One,

    /// <summary>y.</summary>
    Income,

    /// <summary>[y ≤ 0], unweighted.</summary>
    NonPositiveCount,

    /// <summary>[y > 0].</summary>
    PositiveWeight,

    /// <summary>y [y > 0].</summary>
    PositiveIncome,

    /// <summary>ln y [y > 0].</summary>
    Logarithm,

    /// <summary>y ln y [y > 0].</summary>
    IncomeLogarithm,

    /// <summary>(y / scale)^power [y > 0].</summary>
    Power,

    /// <summary>(y / scale)².</summary>
    Square,

    /// <summary>ln(z / y) [y > 0 and poor].</summary>
    PoorLogarithm,

    /// <summary>((z − y) / z)^power [poor].</summary>
    GapPower,

    /// <summary>[poor].</summary>
    Below,

    /// <summary>y [poor].</summary>
    IncomeBelow,

    /// <summary>(y / scale)² [poor].</summary>
    SquareBelow,

    /// <summary>exp(−u² / 2), u = (y − at) / power the distance in bandwidths, up to six of them; of the poor only where there is a line.</summary>
    Kernel,
}
