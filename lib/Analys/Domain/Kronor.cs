using System.Globalization;

namespace Analys.Domain;

/// <summary>An amount in Swedish kronor of a stated year's prices; amounts of different price years do not add up.</summary>
/// <param name="Amount">The amount.</param>
/// <param name="PriceYear">The year whose prices it is in.</param>
public readonly record struct Kronor(decimal Amount, int PriceYear)
{
    /// <summary>The sum.</summary>
    /// <exception cref="PriceYearException">The price years differ.</exception>
    public static Kronor operator +(Kronor left, Kronor right) => left with { Amount = left.Amount + right.In(left.PriceYear) };

    /// <summary>The difference.</summary>
    /// <exception cref="PriceYearException">The price years differ.</exception>
    public static Kronor operator -(Kronor left, Kronor right) => left with { Amount = left.Amount - right.In(left.PriceYear) };

    /// <summary>The sum.</summary>
    public static Kronor Add(Kronor left, Kronor right) => left + right;

    /// <summary>The difference.</summary>
    public static Kronor Subtract(Kronor left, Kronor right) => left - right;

    /// <summary>The amount with its price year, invariant.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Amount} kr ({PriceYear} prices)");

    private decimal In(int year) => PriceYear == year ? Amount : throw new PriceYearException(year, PriceYear);
}

/// <summary>Amounts of two price years were put together without a price index between them.</summary>
/// <param name="left">The price year of the one.</param>
/// <param name="right">The price year of the other.</param>
public sealed class PriceYearException(int left, int right)
    : InvalidOperationException($"Kronor in {left} prices and kronor in {right} prices do not add up; convert with a price index first.");
