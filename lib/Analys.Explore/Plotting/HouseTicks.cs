using ScottPlot;

namespace Analys.Explore.Plotting;

/// <summary>Round ticks with numbers as the language prints them, all with as many decimals as the finest needs.</summary>
internal sealed class HouseTicks(string unit, PlotOptions options, bool magnitudes = false) : ITickGenerator
{
    public Tick[] Ticks { get; set; } = [];

    public int MaxTickCount { get; set; } = 100;

    public void Regenerate(CoordinateRange range, Edge edge, PixelLength size, Paint paint, LabelStyle labelStyle)
    {
        double low = Math.Min(range.Min, range.Max), high = Math.Max(range.Min, range.Max);
        if (!double.IsFinite(low) || !double.IsFinite(high))
        {
            Ticks = [];
            return;
        }

        var upright = edge is Edge.Left or Edge.Right;
        var slack = (high - low) * 1e-9;
        double[] at = [];
        // Round steps can leave a single tick inside: then finer ones, as long as there is room.
        for (var about = Math.Max(2, (int)(size.Length / (upright ? 55 : 95)));
        at.Length < 3 && about <= Math.Max(4, size.Length / (upright ? 24 : 55)); about++)
        {
            at = [.. Present.Svg.Ticks.Around(low, high, about).Where(tick => tick >= low - slack && tick <= high + slack)];
        }

        var texts = Labels(at, unit, options, magnitudes);
        Ticks = [.. at.Select((tick, i) => new Tick(tick, texts[i]))];
    }

    /// <summary>The numbers of an axis.</summary>
    public static string[] Labels(double[] ticks, string unit, PlotOptions options, bool magnitudes = false)
    {
        if (ticks.Length == 0) return [];
        var numbers = NumberFormat.For(options.Language);
        if (unit == PlotOptions.Points)
            return [.. ticks.Select(tick => numbers.Points(tick, NumberFormat.DecimalsNeeded(ticks, Units.Share, 6)))];
        double[] shown = [.. ticks.Select(tick => magnitudes ? Math.Abs(tick) : tick)];
        if (unit == Units.Kronor && ticks.Max(Math.Abs) >= 10_000)
            return [.. shown.Select(tick => numbers.ThousandKronor(tick, tick % 1000 == 0 ? 0 : 1))];
        var decimals = NumberFormat.DecimalsNeeded(ticks, unit, 6);
        return [.. shown.Select(tick => unit.Length == 0 ? numbers.Number(tick, decimals) : numbers.Value(tick, unit, decimals))];
    }

    /// <summary>One value as it stands beside its mark.</summary>
    public static string Value(double value, string unit, PlotOptions options)
    {
        var numbers = NumberFormat.For(options.Language);
        if (unit == Units.Kronor && Math.Abs(value) >= 10_000) return numbers.ThousandKronor(value, Math.Abs(value) < 100_000 ? 1 : 0);
        if (unit == PlotOptions.Points) return numbers.Points(value);
        if (unit.Length > 0) return numbers.Value(value, unit);
        return numbers.Number(value, Math.Abs(value) switch { _ when value == Math.Round(value) => 0, < 10 => 2, < 1000 => 1, _ => 0 });
    }
}
