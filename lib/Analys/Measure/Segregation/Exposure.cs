using Analys.Measure.Segregation.Change;

namespace Analys.Measure.Segregation;

/// <summary>xPy: the chance that someone drawn from the unit of a member of the group is of the other group.</summary>
/// <remarks>
/// xPy = Σ (x_i / X)(y_i / t_i), t_i everyone in the unit, so that a group's exposures to all groups and its isolation add up to 1.
/// Swedish: <i>exponeringsindex</i>.
/// </remarks>
internal static class Exposure
{
    /// <summary>The measure.</summary>
    public static ExposureMeasure Measure { get; } = new(
        new Definition(
            "exposure", "Exposure index", "Exponeringsindex", "xPy = Σ (x_i / X)(y_i / t_i)",
            Units.Index, ValueRange.Unit, "Bell 1954, Social Forces 32(4); Lieberson 1981"),
        Formula)
    { ComparesUnits = false, NaturalTail = Tail.Less };

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit.</param>
    /// <param name="t">Everyone by unit.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> t)
    {
        double sumX = Sums.Of(x), sum = 0;
        for (var i = 0; i < x.Length; i++)
        {
            if (x[i] > 0) sum += x[i] / sumX * (y[i] / t[i]);
        }

        return Quantity.Known(sum);
    }
}

/// <summary>xPx: the chance that someone else drawn from the unit of a member of the group is of the group too.</summary>
/// <remarks>xPx = Σ (x_i / X)(x_i / t_i). With one group against the rest isolation + exposure = 1. Swedish:
/// <i>isoleringsindex</i>.</remarks>
internal static class Isolation
{
    /// <summary>The measure.</summary>
    public static ExposureMeasure Measure { get; } = new(
        new Definition(
            "isolation", "Isolation index", "Isoleringsindex", "xPx = Σ (x_i / X)(x_i / t_i)",
            Units.Index, ValueRange.Unit, "Bell 1954, Social Forces 32(4); Lieberson 1981"),
        Exposure.Formula)
    { OwnGroup = true, ComparesUnits = false };
}

/// <summary>η²: isolation freed from the group's size, the part of the variance of membership that lies between units.</summary>
/// <remarks>η² = (xPx − P) / (1 − P), P the group's share of all. Swedish: <i>korrelationskvot</i>.</remarks>
internal static class CorrelationRatio
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = new(
        new Definition(
            "correlation-ratio", "Correlation ratio (η², V)", "Korrelationskvot η²", "η² = (xPx − P) / (1 − P)",
            Units.Index, ValueRange.Unit, "James & Taeuber 1985, Sociological Methodology 15"),
        Formula);

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sumX = Sums.Of(x), share = sumX / (sumX + Sums.Of(y)), isolation = 0;
        for (var i = 0; i < x.Length; i++)
        {
            if (x[i] > 0) isolation += x[i] / sumX * (x[i] / (x[i] + y[i]));
        }

        return Quantity.Known(Math.Max(0, (isolation - share) / (1 - share)));
    }
}

/// <summary>How much each group is cut off from the others, freed from its size.</summary>
/// <remarks>P = Σ_g Σ_i t_i (p_ig − P_g)² / (N (1 − P_g)), from 0 to 1. Swedish: <i>normaliserad exponering</i>.</remarks>
internal static class NormalisedExposure
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = new(
        new Definition(
            "normalised-exposure", "Normalised exposure index", "Normaliserad exponering", "P = Σ_g Σ_i t_i (p_ig − P_g)² / (N (1 − P_g))",
            Units.Index, ValueRange.Unit, "James 1986; Reardon & Firebaugh 2002, Sociological Methodology 32"),
        Formula);

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    public static Quantity Formula(CountTable table)
    {
        var sum = 0.0;
        for (var i = 0; i < table.Units; i++)
        {
            var t = table.UnitTotals[i];
            if (t == 0) continue;
            var row = table.Unit(i);
            for (var g = 0; g < row.Length; g++)
            {
                var whole = table.GroupTotals[g] / table.Total;
                sum += t / table.Total * ((row[g] / t) - whole) * ((row[g] / t) - whole) / (1 - whole);
            }
        }

        return Quantity.Known(sum);
    }
}

/// <summary>The variance of the groups' shares between units, each relative to the group's own share.</summary>
/// <remarks>C = Σ_g Σ_i t_i (p_ig − P_g)² / (N (K − 1) P_g), K the number of groups with members, from 0 to 1. Swedish: <i>kvadrerad
/// variationskoefficient</i>.</remarks>
internal static class SquaredCoefficientOfVariation
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = new(
        new Definition(
            "squared-coefficient-of-variation", "Squared coefficient of variation", "Kvadrerad variationskoefficient",
            "C = Σ_g Σ_i t_i (p_ig − P_g)² / (N (K − 1) P_g)",
            Units.Index, ValueRange.Unit, "Reardon & Firebaugh 2002, Sociological Methodology 32"),
        Formula);

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    public static Quantity Formula(CountTable table)
    {
        var sum = 0.0;
        for (var i = 0; i < table.Units; i++)
        {
            var t = table.UnitTotals[i];
            if (t == 0) continue;
            var row = table.Unit(i);
            for (var g = 0; g < row.Length; g++)
            {
                var whole = table.GroupTotals[g] / table.Total;
                if (whole > 0) sum += t / table.Total * ((row[g] / t) - whole) * ((row[g] / t) - whole) / whole;
            }
        }

        return Quantity.Known(sum / (table.GroupsWithMembers - 1));
    }
}

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
