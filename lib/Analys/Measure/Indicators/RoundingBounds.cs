namespace Analys.Measure.Indicators;

/// <summary>What a published, rounded share says of the numbers that it was computed from. Nothing is invented: only bounds follow.</summary>
public static class RoundingBounds
{
    /// <summary>Between what and what a share lies that was rounded to a number of decimals of a percent.</summary>
    /// <param name="percent">The published percentage.</param>
    /// <param name="decimals">The decimals that it was rounded to.</param>
    public static (double Lower, double Upper) OfShare(double percent, int decimals)
    {
        var half = 0.5 * Math.Pow(10, -decimals);
        return (Math.Max(0, percent - half) / 100, Math.Min(100, percent + half) / 100);
    }

    /// <summary>The whole numbers that a denominator can be, given the numerator and its rounded percentage; null where they contradict each other or nothing bounds it above.</summary>
    /// <param name="numerator">The published number.</param>
    /// <param name="percent">The published percentage.</param>
    /// <param name="decimals">The decimals that it was rounded to.</param>
    public static (double Lower, double Upper)? OfDenominator(double numerator, double percent, int decimals)
    {
        var (low, high) = OfShare(percent, decimals);
        if (low <= 0 || numerator <= 0) return null;
        var smallest = Math.Max(numerator, Math.Ceiling(numerator / high));
        var largest = Math.Floor(numerator / low);
        return smallest <= largest ? (smallest, largest) : null;
    }
}
