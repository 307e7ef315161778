namespace Analys.Present.Svg;

/// <summary>Round numbers on an axis: 1, 2 or 5 times a power of ten.</summary>
internal static class Ticks
{
    /// <summary>Ticks from at or below <paramref name="min"/> to at or above <paramref name="max"/>, rising, evenly spaced, at least two.</summary>
    /// <param name="min">The smallest value.</param>
    /// <param name="max">The largest value.</param>
    /// <param name="about">How many are wanted; about as many come.</param>
    public static double[] Around(double min, double max, int about = 5)
    {
        if (!double.IsFinite(min) || !double.IsFinite(max) || max < min) (min, max) = (0, 1);
        if (!double.IsFinite(max - min)) return [min, 0, max];
        if (max - min <= Math.Max(Math.Abs(min), Math.Abs(max)) * 1e-9)
        {
            var room = max == 0 ? 1 : Math.Abs(max) * 0.5;
            (min, max) = (min - (min > 0 && min <= room ? min : room), max + room);
            if (max <= min) return [0, 1];
        }

        var step = Step((max - min) / Math.Max(1, about - 1));
        if (!(step > 0) || !double.IsFinite(max / step)) return [min, max];
        var first = Math.Floor((min / step) + 1e-9);
        var last = Math.Ceiling((max / step) - 1e-9);
        if (last <= first) last = first + 1;
        var ticks = new double[(int)Math.Min(last - first, 1000) + 1];
        for (var i = 0; i < ticks.Length; i++) ticks[i] = At(first + i, step);
        return ticks;
    }

    /// <summary>Round limits of as many classes as possible up to <paramref name="count"/> that hold all values.</summary>
    public static double[] Classes(double min, double max, int count)
    {
        if (!(max - min > Math.Max(Math.Abs(min), Math.Abs(max)) * 1e-9) || !double.IsFinite(max - min)) return Around(min, max, 2);
        var power = Math.Pow(10, Math.Floor(Math.Log10((max - min) / count)));
        foreach (var factor in (ReadOnlySpan<double>)[1, 2, 2.5, 5, 10, 20])
        {
            var step = factor * power;
            var first = Math.Floor((min / step) + 1e-9);
            var last = Math.Ceiling((max / step) - 1e-9);
            if (last - first <= count) return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => At(first + i, step))];
        }

        return Around(min, max, count);
    }

    /// <summary>The smallest of 1, 2 and 5 times a power of ten that is at least <paramref name="raw"/>, almost.</summary>
    private static double Step(double raw)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        return (raw / power) switch { <= 1.0001 => power, <= 2.0001 => 2 * power, <= 5.0001 => 5 * power, _ => 10 * power };
    }

    // A multiple of 0.1 is 0.3, not 0.30000000000000004.
    private static double At(double multiple, double step)
    {
        var value = multiple * step;
        return Math.Abs(value) < 1e12 && step > 1e-12 ? (double)Math.Round((decimal)value, Math.Clamp(1 - (int)Math.Floor(Math.Log10(step)), 0, 20)) : value;
    }
}
