using System.Collections.Immutable;
using Analys.Measure.Inference;
using Analys.Measure.Segregation.Resampling;

namespace Analys.Measure.Segregation.SmallUnits;

/// <summary>How many tables a correction draws, and from what seed.</summary>
internal sealed record Simulations(int Number, long Seed)
{
    /// <summary>As in the papers' applications: 500 tables.</summary>
    public static Simulations Default { get; } = new(500, 1);

    /// <summary>The option for the number.</summary>
    public static MeasureOption Option { get; } = new("simulations", "500", "Corrections for small units: the number of simulated tables");

    /// <summary>The option for the seed; the command hands its own seed on.</summary>
    public static MeasureOption SeedOption { get; } = new("simulation-seed", "1", "Corrections for small units: the seed of the simulated tables");

    /// <summary>What a call asks for.</summary>
    public static Simulations Of(MeasureArguments arguments)
    {
        double number = arguments.Number("simulations", Default.Number), seed = arguments.Number("simulation-seed", Default.Seed);
        if (number is not (>= 1 and <= 1_000_000) || number != Math.Floor(number)) throw new MeasureOptionException("The option simulations must be a whole number from 1 to 1000000.");
        return seed == Math.Floor(seed) && Math.Abs(seed) < 1L << 53
            ? new Simulations((int)number, (long)seed)
            : throw new MeasureOptionException("The option simulation-seed must be a whole number.");
    }

    /// <summary>What the record says of it.</summary>
    public ImmutableSortedDictionary<string, string> Parameters => ImmutableSortedDictionary<string, string>.Empty
        .Add("simulations", MeasureArguments.Text(Number)).Add("simulation-seed", MeasureArguments.Text(Seed));

    /// <summary>The mean of a formula over tables under independence with fixed margins.</summary>
    public double MeanUnderIndependence(ReadOnlySpan<double> x, ReadOnlySpan<double> y, TwoGroupFormula formula)
    {
        // The formula does not know units apart: in rising order the draws do not depend on the order of rows.
        var units = Chance.Totals(x, y);
        Array.Sort(units);
        double sumX = Sums.Of(x), total = sumX + Sums.Of(y);
        return Mean(units.Length, formula, (random, a, b) =>
        {
            double kind = sumX, left = total;
            for (var i = 0; i < units.Length; i++)
            {
                a[i] = Variates.Hypergeometric(random, left, kind, units[i]);
                b[i] = units[i] - a[i];
                kind -= a[i];
                left -= units[i];
            }
        });
    }

    /// <summary>The mean of a formula over tables in which each group is drawn anew from its own spread.</summary>
    public double MeanOfRedrawnGroups(ReadOnlySpan<double> x, ReadOnlySpan<double> y, TwoGroupFormula formula)
    {
        var units = new (double X, double Y)[x.Length];
        for (var i = 0; i < units.Length; i++) units[i] = (x[i], y[i]);
        Array.Sort(units);
        double[] sortedX = [.. units.Select(unit => unit.X)], sortedY = [.. units.Select(unit => unit.Y)];
        CellBootstrap drawX = new(sortedX), drawY = new(sortedY);
        return Mean(x.Length, formula, (random, a, b) =>
        {
            drawX.Draw(random, a);
            drawY.Draw(random, b);
        });
    }

    private double Mean(int units, TwoGroupFormula formula, Action<RandomStream, double[], double[]> draw) =>
        Replicates.Run(Number, Seed, () => (A: new double[units], B: new double[units]), (random, scratch) =>
        {
            draw(random, scratch.A, scratch.B);
            return formula(scratch.A, scratch.B).Number;
        }).Average();
}
