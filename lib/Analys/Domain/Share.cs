using System.Globalization;

namespace Analys.Domain;

/// <summary>A share of a whole, a fraction from 0 to 1; never a bare percentage.</summary>
/// <remarks>Swedish: <i>andel</i>.</remarks>
public readonly record struct Share : IComparable<Share>
{
    /// <summary>Makes a share of a fraction.</summary>
    /// <param name="fraction">From 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="fraction"/> is outside 0 to 1, or not a number.</exception>
    public Share(double fraction)
    {
        if (!(fraction >= 0 && fraction <= 1)) throw new ArgumentOutOfRangeException(nameof(fraction), "A share is a fraction from 0 to 1.");
        Fraction = fraction;
    }

    /// <summary>From 0 to 1.</summary>
    public double Fraction { get; }

    /// <summary>From 0 to 100.</summary>
    public double Percent => Fraction * 100;

    /// <summary>The rest of the whole.</summary>
    public Share Complement => new(1 - Fraction);

    /// <summary>A share from a percentage.</summary>
    /// <param name="percent">From 0 to 100.</param>
    public static Share FromPercent(double percent) => new(percent / 100);

    /// <inheritdoc/>
    public int CompareTo(Share other) => Fraction.CompareTo(other.Fraction);

    /// <summary>Whether the left is the smaller.</summary>
    public static bool operator <(Share left, Share right) => left.Fraction < right.Fraction;

    /// <summary>Whether the left is the larger.</summary>
    public static bool operator >(Share left, Share right) => left.Fraction > right.Fraction;

    /// <summary>Whether the left is not the larger.</summary>
    public static bool operator <=(Share left, Share right) => left.Fraction <= right.Fraction;

    /// <summary>Whether the left is not the smaller.</summary>
    public static bool operator >=(Share left, Share right) => left.Fraction >= right.Fraction;

    /// <summary>The percentage, invariant.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Percent} %");
}
