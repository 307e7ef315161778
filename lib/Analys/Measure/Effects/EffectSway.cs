namespace Analys.Measure.Effects;

/// <summary>How far each figure of a study moves when one unit is left out: what the gate rounds it by.</summary>
/// <remarks>
/// The study is run again without one unit after the other: all of them up to <see cref="All"/>, else those that are furthest out (an
/// outcome, a
/// covariate, a weight), which move figures most; beyond <see cref="Most"/> the influence function serves, and what has none stays unknown,
/// so that it
/// is withheld. P values of draws move as far as their estimate does in its errors.
/// </remarks>
internal static class EffectSway
{
    /// <summary>Up to so many units each is left out in turn.</summary>
    public const int All = 120;

    /// <summary>Beyond so many units nothing is run again.</summary>
    public const int Most = 20_000;

    private static readonly string[] HowFound = ["inference", "fraction", "draws", "seed", "correlation"];

    /// <summary>The findings, each figure with its sway.</summary>
    /// <param name="findings">The findings.</param>
    /// <param name="units">The units to leave out.</param>
    /// <param name="without">The study without a unit, values only; null where it cannot be done then.</param>
    public static EffectFindings Of(EffectFindings findings, IReadOnlyList<int> units, Func<int, EffectFindings?> without)
    {
        var runs = new Dictionary<string, double?>?[units.Count];
        Parallel.For(0, units.Count, k => runs[k] = Values(without(units[k])));
        var sways = new Dictionary<string, double?>(StringComparer.Ordinal);
        foreach (var one in findings.Estimates.Where(one => one.Value is not null))
        {
            var key = Key(one);
            if (sways.ContainsKey(key)) continue;
            sways[key] = units.Count > 0 && runs.Any(run => run is null || run.ContainsKey(key))
                ? Beyond(runs.Max(run => Move(run, key, one.Value!.Value))) : Smooth(one);
        }

        return findings with
        {
            Estimates =
            [.. findings.Estimates.Select(one => one with { Sway = Found(one, sways, findings.Estimates) })]
        };
    }

    /// <summary>The units to leave out: all, or those that are furthest out in some column.</summary>
    /// <param name="count">The number of units.</param>
    /// <param name="columns">By unit: outcomes, covariates, weights.</param>
    public static IReadOnlyList<int> Candidates(int count, IEnumerable<double[]> columns)
    {
        if (count <= All) return [.. Enumerable.Range(0, count)];
        if (count > Most) return [];
        HashSet<int> chosen = [];
        foreach (var column in columns)
        {
            var order = Enumerable.Range(0, count).OrderBy(unit => column[unit]).ToArray();
            chosen.UnionWith(order.Take(3).Concat(order.TakeLast(3)));
        }

        return [.. chosen.Order()];
    }

    // A run without the unit that does not have the figure says that the figure hangs on that unit alone.
    private static double Move(Dictionary<string, double?>? run, string key, double value) =>
        run is null || !run.TryGetValue(key, out var other) || other is not { } known ? double.PositiveInfinity : Math.Abs(known - value);

    // What is so by construction moves by rounding alone: it tells of nobody.
    private static double Beyond(double move) => move < 1e-10 ? 0 : move;

    private static double? Smooth(Estimate one) =>
        one.Influence.Length > 1 ? 1.5 * one.Influence.Max(Math.Abs) / (one.Influence.Length - 1) : null;

    private static double? Found(Estimate one, Dictionary<string, double?> sways, IReadOnlyList<Estimate> all)
    {
        if (one.Value is null || one.Id is "plan-deviations") return one.Value is null ? null : 0;
        var own = sways.GetValueOrDefault(Key(one));
        if (own is not null && !(one.Id.EndsWith("-p", StringComparison.Ordinal)
            && one.Parameters.GetValueOrDefault("inference") is "wild" or "randomisation")) return own;
        // An interval's ends move as the estimate that it is around.
        if (one.Id.EndsWith("-interval", StringComparison.Ordinal))
            return sways.GetValueOrDefault(Key(one with { Id = one.Id[..^"-interval".Length] }));
        if (one.Id == "minimum-detectable-effect")
            return all.FirstOrDefault(other => other.Id == "att-simple") is { } simple ? 3 * sways.GetValueOrDefault(Key(simple)) : null;
        if (!one.Id.EndsWith("-p", StringComparison.Ordinal)) return own;
        var tested = all.FirstOrDefault(other => other.Id == one.Id[..^2] && Key(other) == Key(one with { Id = one.Id[..^2] }));
        if (tested?.StandardError is not > 0 || sways.GetValueOrDefault(Key(tested)) is not { } sway) return null;
        // Φ between the quantile of the p value and as many errors nearer to 0.
        double z = -Errors.NormalQuantile(Math.Clamp(one.Value.Value / 2, 1e-300, 0.5)),
            moved = Math.Max(0, z - (sway / tested.StandardError.Value));
        return 2 * (Errors.NormalCdf(-moved) - Errors.NormalCdf(-z));
    }

    private static Dictionary<string, double?>? Values(EffectFindings? findings)
    {
        if (findings is null) return null;
        var values = new Dictionary<string, double?>(StringComparer.Ordinal);
        foreach (var one in findings.Estimates) values[Key(one)] = one.Value;
        return values;
    }

    private static string Key(Estimate one)
    {
        var parameters = one.Parameters.Where(pair => !HowFound.Contains(pair.Key)).Select(pair => $"{pair.Key}={pair.Value}");
        return $"{one.Id} {string.Join(';', parameters)}";
    }
}
