namespace Analys.Present.Svg;

/// <summary>Carries values to places on the drawing, in a straight line.</summary>
/// <param name="Min">The value at <paramref name="From"/>.</param>
/// <param name="Max">The value at <paramref name="To"/>.</param>
/// <param name="From">The place of the smallest value.</param>
/// <param name="To">The place of the largest value; smaller than <paramref name="From"/> on an upright axis.</param>
internal readonly record struct LinearScale(double Min, double Max, double From, double To)
{
    /// <summary>The scale of an axis: it reaches from the first tick to the last.</summary>
    public static LinearScale Over(double[] ticks, double from, double to) => new(ticks[0], ticks[^1], from, to);

    /// <summary>The place of a value.</summary>
    /// <param name="value">The value; outside the range it is carried on along the line.</param>
    public double At(double value) => Max == Min ? From : From + ((value / 2 - Min / 2) / (Max / 2 - Min / 2) * (To - From));

    /// <summary>The place of a value, or of the end of the axis that it lies beyond.</summary>
    public double Clamped(double value) => At(Math.Clamp(value, Math.Min(Min, Max), Math.Max(Min, Max)));
}
