namespace Analys.Measure.Segregation;

/// <summary>The chance that two persons drawn from the whole population are of one group.</summary>
/// <remarks>λ = Σ_g P_g², drawn with replacement, from 1/K to 1. Swedish: <i>Simpsons koncentrationsindex</i>.</remarks>
internal static class SimpsonConcentration
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = new(
        new Definition(
            "simpson-concentration", "Simpson concentration", "Simpsons koncentrationsindex", "λ = Σ_g P_g²",
            Units.Index, ValueRange.Unit, "Simpson 1949, Nature 163"),
        Formula)
    {
        ComparesUnits = false,
        ComparesGroups = false,
    };

    /// <summary>The concentration of a composition.</summary>
    /// <param name="counts">Persons by group.</param>
    /// <param name="total">Their sum, above 0.</param>
    public static double Of(ReadOnlySpan<double> counts, double total)
    {
        var sum = 0.0;
        foreach (var count in counts) sum += count / total * (count / total);
        return sum;
    }

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    public static Quantity Formula(CountTable table)
    {
        return Quantity.Known(Of(table.GroupTotals, table.Total));
    }
}

/// <summary>The chance that two persons drawn from the whole population are of different groups.</summary>
/// <remarks>I = Σ_g P_g (1 − P_g) = 1 − λ, drawn with replacement, from 0 to 1 − 1/K. Swedish: <i>Simpsons interaktionsindex</i>.</remarks>
internal static class SimpsonInteraction
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = new(
        new Definition(
            "simpson-interaction", "Simpson interaction", "Simpsons interaktionsindex", "I = Σ_g P_g (1 − P_g)",
            Units.Index, ValueRange.Unit, "Simpson 1949, Nature 163; Lieberson 1969"),
        Formula)
    {
        ComparesUnits = false,
        ComparesGroups = false,
    };

    /// <summary>The interaction of a composition.</summary>
    /// <param name="counts">Persons by group.</param>
    /// <param name="total">Their sum, above 0.</param>
    public static double Of(ReadOnlySpan<double> counts, double total)
    {
        var sum = 0.0;
        foreach (var count in counts) sum += count / total * (1 - (count / total));
        return sum;
    }

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    public static Quantity Formula(CountTable table)
    {
        return Quantity.Known(Of(table.GroupTotals, table.Total));
    }
}

/// <summary>How much less interaction between groups there is in the units than in the whole, as a share of the whole's.</summary>
/// <remarks>R = Σ_i t_i (I − I_i) / (N I), I = Σ_g P_g (1 − P_g), from 0 to 1. Swedish: <i>relativ mångfald</i>.</remarks>
internal static class RelativeDiversity
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = new(
        new Definition(
            "relative-diversity", "Relative diversity index", "Relativ mångfald", "R = Σ_i t_i (I − I_i) / (N I), I = Σ_g P_g (1 − P_g)",
            Units.Index, ValueRange.Unit, "Goodman & Kruskal 1954; Reardon & Firebaugh 2002, Sociological Methodology 32"),
        Formula);

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    public static Quantity Formula(CountTable table)
    {
        var interaction = SimpsonInteraction.Of(table.GroupTotals, table.Total);
        var within = 0.0;
        for (var i = 0; i < table.Units; i++)
        {
            if (table.UnitTotals[i] > 0)
                within += table.UnitTotals[i] / table.Total * SimpsonInteraction.Of(table.Unit(i), table.UnitTotals[i]);
        }

        return Quantity.Known(Math.Max(0, 1 - (within / interaction)));
    }
}
