using System.Runtime.CompilerServices;
using Analys.Measure.Inference;

namespace Analys.Measure.Segregation;

/// <summary>Theil's H: how much less diverse the units are than the whole, as a share of the whole's diversity.</summary>
/// <remarks>H = Σ t_i (E − E_i) / (T E), E the entropy −Σ p ln p. Swedish: <i>Theils entropiindex</i>.</remarks>
internal static class InformationTheory
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = new(
        new Definition(
            "information-theory", "Information theory index (Theil's H)", "Theils entropiindex H",
            "H = Σ t_i (E − E_i) / (T E), E = −Σ p_g ln p_g",
            Units.Index, ValueRange.Unit,
            "Theil 1972, Statistical Decomposition Analysis; Reardon & Firebaugh 2002, Sociological Methodology 32"),
        Formula);

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sumX = Sums.Of(x), share = sumX / (sumX + Sums.Of(y));
        var entropy = -(Sums.PLogP(share) + Sums.PLogP(1 - share));
        return MutualInformation.Formula(x, y).Select(information => Math.Min(1, information / entropy));
    }
}

/// <summary>M: how much the unit says about whether someone is of the group, and the other way round.</summary>
/// <remarks>M = Σ_i Σ_g (n_ig / N) ln(n_ig N / (t_i G_g)) over the group and the others; at most ln 2 in nats. Also called divergence index
/// (Roberto 2015). Swedish: <i>ömsesidig information</i>.</remarks>
internal static class MutualInformation
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = new(
        new Definition(
            "mutual-information", "Mutual information index M (two groups)", "Ömsesidig information M",
            "M = Σ_i Σ_g (n_ig / N) ln(n_ig N / (t_i G_g))",
            Units.Nats, new ValueRange(0, PortableMath.Log(2)),
            "Theil 1971; Mora & Ruiz-Castillo 2011, Sociological Methodology 41; Frankel & Volij 2011; Roberto 2015"),
        Formula)
    {
        Options = [LogarithmBase.Option],
        Configure = (arguments, _) =>
        {
            var logarithm = LogarithmBase.Of(arguments);
            return Measure! with
            {
                Formula = (x, y) => Formula(x, y).Select(logarithm.FromNats),
                Parameters = logarithm.Parameters,
                UnitOverride = logarithm.Unit,
            };
        },
    };

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sumX = Sums.Of(x), sumY = Sums.Of(y), total = sumX + sumY, sum = 0;
        // As for several groups: n ln n of whole counts comes from a table.
        double rarityX = PortableMath.Log(total / sumX), rarityY = PortableMath.Log(total / sumY);
        for (var i = 0; i < x.Length; i++)
        {
            sum += (Sums.NLogN(x[i]) + Sums.NLogN(y[i]) - Sums.NLogN(x[i] + y[i]) + (x[i] * rarityX) + (y[i] * rarityY)) / total;
        }

        return Quantity.Known(Math.Max(0, sum));
    }
}

/// <summary>Theil's H for all groups: how much less diverse the units are than the whole, as a share of the whole's diversity.</summary>
/// <remarks>H = Σ_i t_i (E − E_i) / (N E) = M / E, from 0 to 1. Swedish: <i>Theils entropiindex</i>.</remarks>
internal static class MultigroupInformationTheory
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = new(
        new Definition(
            "information-theory", "Information theory index (Theil's H), multigroup", "Theils entropiindex H för flera grupper",
            "H = Σ_i t_i (E − E_i) / (N E), E = −Σ_g P_g ln P_g",
            Units.Index, ValueRange.Unit,
            "Theil 1972, Statistical Decomposition Analysis; Reardon & Firebaugh 2002, Sociological Methodology 32"),
        Formula);

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    public static Quantity Formula(CountTable table)
    {
        var entropy = Diversity.Of(table.GroupTotals, table.Total);
        return MultigroupMutualInformation.Formula(table).Select(information => Math.Min(1, information / entropy));
    }
}

/// <summary>M for all groups: how much the unit says about a person's group, and the group about the unit.</summary>
/// <remarks>M = Σ_i Σ_g (n_ig / N) ln(n_ig N / (t_i G_g)), from 0 to the smaller of the entropies of groups and units. Symmetric in units
/// and groups; decomposable both ways. Swedish: <i>ömsesidig information</i>.</remarks>
internal static class MultigroupMutualInformation
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = new(
        new Definition(
            "mutual-information", "Mutual information index M, multigroup", "Ömsesidig information M för flera grupper",
            "M = Σ_i Σ_g (n_ig / N) ln(n_ig N / (t_i G_g))",
            Units.Nats, ValueRange.NonNegative,
            "Theil 1971; Mora & Ruiz-Castillo 2011, Sociological Methodology 41; Frankel & Volij 2011; Roberto 2015"),
        Formula)
    {
        Options = [LogarithmBase.Option],
        Configure = (arguments, _) =>
        {
            var logarithm = LogarithmBase.Of(arguments);
            return Measure! with
            {
                Formula = table => Formula(table).Select(logarithm.FromNats),
                Parameters = logarithm.Parameters,
                UnitOverride = logarithm.Unit,
            };
        },
    };

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Quantity Formula(CountTable table)
    {
        // Row by row Σ_g n ln n − t ln t + Σ_g n ln(N / G): no cancellation beyond the row's own size.
        Span<double> rarity = table.Groups <= 64 ? stackalloc double[table.Groups] : new double[table.Groups];
        for (var g = 0; g < rarity.Length; g++) rarity[g] = table.GroupTotals[g] > 0 ? PortableMath.Log(table.Total / table.GroupTotals[g])
            : 0;
        var sum = 0.0;
        for (var i = 0; i < table.Units; i++)
        {
            var row = table.Unit(i);
            var part = -Sums.NLogN(table.UnitTotals[i]);
            for (var g = 0; g < row.Length; g++) part += Sums.NLogN(row[g]) + (row[g] * rarity[g]);
            sum += part / table.Total;
        }

        return Quantity.Known(Math.Max(0, sum));
    }
}

/// <summary>Shannon's entropy of the population's composition.</summary>
/// <remarks>E = −Σ_g P_g ln P_g, from 0 (one group) to ln K (K groups of one size). Swedish: <i>Shannons mångfaldsindex</i>.</remarks>
internal static class Diversity
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = new(
        new Definition(
            "diversity", "Shannon diversity (entropy)", "Shannons mångfaldsindex", "E = −Σ_g P_g ln P_g",
            Units.Nats, ValueRange.NonNegative, "Shannon 1948, Bell System Technical Journal 27"),
        Formula)
    {
        ComparesUnits = false,
        ComparesGroups = false,
        Options = [LogarithmBase.Option],
        Configure = (arguments, _) =>
        {
            var logarithm = LogarithmBase.Of(arguments);
            return Measure! with
            {
                Formula = table => Formula(table).Select(logarithm.FromNats),
                Parameters = logarithm.Parameters,
                UnitOverride = logarithm.Unit,
            };
        },
    };

    /// <summary>The entropy of a composition, in nats.</summary>
    /// <param name="counts">Persons by group.</param>
    /// <param name="total">Their sum, above 0.</param>
    public static double Of(ReadOnlySpan<double> counts, double total)
    {
        var sum = 0.0;
        foreach (var count in counts) sum -= Sums.PLogP(count / total);
        return Math.Max(0, sum);
    }

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    public static Quantity Formula(CountTable table)
    {
        return Quantity.Known(Of(table.GroupTotals, table.Total));
    }
}

/// <summary>Shannon's entropy as a share of the largest possible for the number of groups.</summary>
/// <remarks>E / ln K, K the number of groups in the table, from 0 to 1. Swedish: <i>normaliserad mångfald</i>.</remarks>
internal static class NormalisedDiversity
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = new(
        new Definition(
            "normalised-diversity", "Normalised diversity (Pielou's evenness)", "Normaliserad mångfald", "E / ln K",
            Units.Index, ValueRange.Unit, "Shannon 1948; Pielou 1966"),
        Formula)
    {
        ComparesUnits = false,
        ComparesGroups = false,
    };

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    public static Quantity Formula(CountTable table)
    {
        return table.Groups < 2
            ? Quantity.Undefined("only one group")
            : Quantity.Known(Math.Min(1, Diversity.Of(table.GroupTotals, table.Total) / PortableMath.Log(table.Groups)));
    }
}
