using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Analys.Measure.Inference;
using Analys.Measure.Segregation.Change;

namespace Analys.Measure.Segregation;

/// <summary>How mixed the unit is, as a share of the largest possible.</summary>
/// <remarks>E_i / ln K, K the number of groups in the whole table, from 0 to 1. Swedish: <i>lokal mångfald</i>. A unit where nobody lives
/// has no value.</remarks>
internal static class LocalDiversity
{
    /// <summary>The measure.</summary>
    public static LocalMeasure Measure { get; } = new(
        new Definition(
            "local-diversity", "Local diversity", "Lokal mångfald", "−Σ_g p_ig ln p_ig / ln K",
            Units.Index, ValueRange.Unit, "Tivadar 2019, Journal of Statistical Software 89(7)"),
        Formula)
    {
        NaturalTail = Tail.TwoSided,
        ComparesGroups = false,
    };

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    /// <param name="values">One value per unit, to be filled.</param>
    public static void Formula(CountTable table, Span<Quantity> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = table.Groups < 2 ? Quantity.Undefined("only one group")
                : Quantity.Known(table.UnitTotals[i] > 0
                    ? Math.Min(1, Diversity.Of(table.Unit(i), table.UnitTotals[i]) / PortableMath.Log(table.Groups)) : 0);
        }
    }
}

/// <summary>The unit's local score for H: how far its composition is from that of the whole, as a share of the whole's diversity.</summary>
/// <remarks>L_i / E with L_i the local mutual information; weighted by the units' shares of the population they add up to H. Swedish:
/// <i>lokalt entropiindex</i>. A unit where nobody lives has no value.</remarks>
internal static class LocalInformation
{
    /// <summary>The measure.</summary>
    public static LocalMeasure Measure { get; } = new(
        new Definition(
            "local-information", "Local information (local score for H)", "Lokalt entropiindex",
            "Σ_g p_ig ln(p_ig / P_g) / E, E = −Σ_g P_g ln P_g",
            Units.Index, ValueRange.NonNegative, "Theil 1972; Mora & Ruiz-Castillo 2011, Sociological Methodology 41"),
        Formula)
    {
        NaturalTail = Tail.TwoSided,
        ComparesUnits = false,
    };

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    /// <param name="values">One value per unit, to be filled.</param>
    public static void Formula(CountTable table, Span<Quantity> values)
    {
        var entropy = Diversity.Of(table.GroupTotals, table.Total);
        LocalMutualInformation.Formula(table, values);
        for (var i = 0; i < values.Length; i++) values[i] = values[i].Select(information => information / entropy);
    }
}

/// <summary>The unit's part of the group's isolation.</summary>
/// <remarks>(x_i / X)(x_i / t_i); the units' values add up to xPx. Swedish: <i>lokal isolering</i>. A unit where nobody lives has no
/// value.</remarks>
internal static class LocalIsolation
{
    /// <summary>The measure.</summary>
    public static LocalGroupMeasure Measure { get; } = new(
        new Definition(
            "local-isolation", "Local isolation", "Lokal isolering", "(x_i / X)(x_i / t_i)",
            Units.Index, ValueRange.Unit, "Bell 1954; Tivadar 2019, Journal of Statistical Software 89(7)"),
        Formula)
    {
        NaturalTail = Tail.TwoSided,
        ComparesUnits = false,
    };

    /// <summary>The formula.</summary>
    /// <param name="x">The group by unit; not empty.</param>
    /// <param name="t">Everyone by unit.</param>
    /// <param name="values">One value per unit, to be filled.</param>
    public static void Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> t, Span<Quantity> values)
    {
        var sum = Sums.Of(x);
        for (var i = 0; i < values.Length; i++) values[i] = Quantity.Known(t[i] > 0 ? x[i] / sum * (x[i] / t[i]) : 0);
    }
}

/// <summary>How far the unit's composition is from that of the whole.</summary>
/// <remarks>L_i = Σ_g p_ig ln(p_ig / P_g); weighted by the units' shares of the population they add up to M. Swedish: <i>lokal ömsesidig
/// information</i>. A unit where nobody lives has no value.</remarks>
internal static class LocalMutualInformation
{
    /// <summary>The measure.</summary>
    public static LocalMeasure Measure { get; } = new(
        new Definition(
            "local-mutual-information", "Local mutual information", "Lokal ömsesidig information", "L_i = Σ_g p_ig ln(p_ig / P_g)",
            Units.Nats, ValueRange.NonNegative, "Mora & Ruiz-Castillo 2011, Sociological Methodology 41; Alonso-Villar & Del Río 2010"),
        Formula)
    {
        NaturalTail = Tail.TwoSided,
        Options = [LogarithmBase.Option],
        Configure = (arguments, _) =>
        {
            var logarithm = LogarithmBase.Of(arguments);
            return Measure! with
            {
                Parameters = logarithm.Parameters,
                UnitOverride = logarithm.Unit,
                Formula = (table, values) =>
                {
                    Formula(table, values);
                    for (var i = 0; i < values.Length; i++) values[i] = values[i].Select(logarithm.FromNats);
                },
            };
        },
    };

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    /// <param name="values">One value per unit, to be filled.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Formula(CountTable table, Span<Quantity> values)
    {
        var groups = table.Groups;
        Span<double> rarity = groups <= 64 ? stackalloc double[groups] : new double[groups],
            terms = groups <= 64 ? stackalloc double[groups] : new double[groups];
        for (var g = 0; g < groups; g++) rarity[g] = table.Total / table.GroupTotals[g];
        for (var i = 0; i < values.Length; i++)
        {
            var row = table.Unit(i);
            var everyone = table.UnitTotals[i];
            var next = 0;
            // What an empty cell gives here is not added.
            for (var total = Vector256.Create(everyone); next + Vector256<double>.Count <= groups; next += Vector256<double>.Count)
            {
                var share = Vector256.Create(row[next..]) / total;
                (share * PortableMath.Log(share * Vector256.Create((ReadOnlySpan<double>)rarity[next..]))).CopyTo(terms[next..]);
            }

            for (; next < groups; next++) terms[next] = row[next] / everyone * PortableMath.Log(row[next] / everyone * rarity[next]);
            var sum = 0.0;
            for (var g = 0; g < groups; g++)
            {
                if (row[g] > 0) sum += terms[g];
            }

            values[i] = Quantity.Known(Math.Max(0, sum));
        }
    }
}

/// <summary>The chance that two persons drawn from the unit are of different groups.</summary>
/// <remarks>1 − Σ_g p_ig² (interaction), or Σ_g p_ig² (the option form=concentration). Swedish: <i>lokalt Simpsonindex</i>. A unit where
/// nobody lives has no value.</remarks>
internal static class LocalSimpson
{
    /// <summary>The measure.</summary>
    public static LocalMeasure Measure { get; } = new(
        new Definition(
            "local-simpson", "Local Simpson index", "Lokalt Simpsonindex", "1 − Σ_g p_ig²",
            Units.Index, ValueRange.Unit, "Simpson 1949; Tivadar 2019, Journal of Statistical Software 89(7)"),
        Formula)
    {
        NaturalTail = Tail.TwoSided,
        ComparesGroups = false,
        Options = [new MeasureOption("form", "interaction", "Local Simpson: interaction or concentration")],
        Parameters = ImmutableSortedDictionary<string, string>.Empty.Add("form", "interaction"),
        Configure = (arguments, _) => arguments.Word("form", "interaction", "concentration") == "interaction" ? Measure! : Measure! with
        {
            Parameters = Measure.Parameters.SetItem("form", "concentration"),
            Formula = (table, values) =>
            {
                Formula(table, values);
                for (var i = 0; i < values.Length; i++) values[i] = values[i].Select(interaction => 1 - interaction);
            },
        },
    };

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    /// <param name="values">One value per unit, to be filled.</param>
    public static void Formula(CountTable table, Span<Quantity> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Quantity.Known(table.UnitTotals[i] > 0 ? SimpsonInteraction.Of(table.Unit(i), table.UnitTotals[i]) : 0);
        }
    }
}

/// <summary>The group's share of the unit relative to its share of the whole.</summary>
/// <remarks>LQ_ig = (n_ig / t_i) / (G_g / N); 1 where the unit is like the whole. Swedish: <i>lokaliseringskvot</i>. A unit where nobody
/// lives has no value.</remarks>
internal static class LocationQuotient
{
    /// <summary>The measure.</summary>
    public static LocalGroupMeasure Measure { get; } = new(
        new Definition(
            "location-quotient", "Location quotient", "Lokaliseringskvot", "LQ = (x_i / t_i) / (X / T)",
            Units.Ratio, ValueRange.NonNegative, "Isard 1960, Methods of Regional Analysis"),
        Formula)
    {
        NaturalTail = Tail.TwoSided,
        ComparesUnits = false,
    };

    /// <summary>The formula.</summary>
    /// <param name="x">The group by unit; not empty.</param>
    /// <param name="t">Everyone by unit.</param>
    /// <param name="values">One value per unit, to be filled.</param>
    public static void Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> t, Span<Quantity> values)
    {
        var share = Sums.Of(x) / Sums.Of(t);
        for (var i = 0; i < values.Length; i++) values[i] = Quantity.Known(t[i] > 0 ? x[i] / t[i] / share : 0);
    }
}

/// <summary>A formula that gives each unit a value, from all groups at once.</summary>
/// <param name="table">Persons by unit and group.</param>
/// <param name="values">One value per unit, to be filled; those of empty units are overwritten afterwards.</param>
internal delegate void LocalFormula(CountTable table, Span<Quantity> values);

/// <summary>A formula that gives each unit a value for one group.</summary>
/// <param name="x">The group by unit; not empty.</param>
/// <param name="t">Everyone by unit.</param>
/// <param name="values">One value per unit, to be filled; those of empty units are overwritten afterwards.</param>
internal delegate void LocalGroupFormula(ReadOnlySpan<double> x, ReadOnlySpan<double> t, Span<Quantity> values);

/// <summary>A measure that gives each unit a value, from all groups at once.</summary>
/// <param name="Definition">What it is.</param>
/// <param name="Formula">How it is computed; never called without persons.</param>
internal sealed record LocalMeasure(Definition Definition, LocalFormula Formula) : SegregationMeasure(Definition)
{
    /// <summary>Whether it needs two groups that have members; false for measures that describe a composition.</summary>
    public bool ComparesGroups { get; init; } = true;

    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Figures(GroupCounts counts, bool pairs)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var figures = new Figure[counts.Units.Length];
        for (var unit = 0; unit < figures.Length; unit++) figures[unit] = new Figure(Unit: unit);
        return figures;
    }

    /// <inheritdoc/>
    public override void Evaluate(GroupCounts counts, IReadOnlyList<Figure> figures, Span<Quantity> values)
    {
        ArgumentNullException.ThrowIfNull(counts);
        if (counts.GroupsOverlap)
        {
            values.Fill(Quantity.Undefined(UndefinedReason.Overlap));
            return;
        }

        var complete = counts.Complete();
        var table = complete.HasSeparateTotals ? new CountTable(complete.Counts, complete.Groups.Length)
            : new CountTable(complete.Counts, complete.Groups.Length, complete.Totals);
        if (table.Total == 0) values.Fill(Quantity.Undefined(UndefinedReason.NoPersons));
        else if (ComparesGroups && table.GroupsWithMembers < 2) values.Fill(Quantity.Undefined(UndefinedReason.OneGroup));
        else Formula(table, values);
        for (var unit = 0; unit < values.Length; unit++)
        {
            if (table.Total > 0 && table.UnitTotals[unit] == 0) values[unit] = Quantity.Undefined(UndefinedReason.EmptyUnit);
        }
    }
}

/// <summary>A measure that gives each unit a value for each group.</summary>
/// <param name="Definition">What it is.</param>
/// <param name="Formula">How it is computed; never called with an empty group.</param>
internal sealed record LocalGroupMeasure(Definition Definition, LocalGroupFormula Formula) : SegregationMeasure(Definition)
{
    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Figures(GroupCounts counts, bool pairs)
    {
        ArgumentNullException.ThrowIfNull(counts);
        int units = counts.Units.Length, groups = counts.Groups.Length;
        var figures = new Figure[units * groups];
        for (var i = 0; i < figures.Length; i++) figures[i] = new Figure(i / units, Unit: i % units);
        return figures;
    }

    /// <inheritdoc/>
    public override void Evaluate(GroupCounts counts, IReadOnlyList<Figure> figures, Span<Quantity> values)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var units = counts.Units.Length;
        for (var group = 0; group < counts.Groups.Length; group++)
        {
            var part = values.Slice(group * units, units);
            var x = counts.Group(group);
            if (counts.Total == 0) part.Fill(Quantity.Undefined(UndefinedReason.NoPersons));
            else if (Sums.Of(x) == 0) part.Fill(Quantity.Undefined(UndefinedReason.EmptyGroup));
            else Formula(x, counts.Totals, part);
            for (var unit = 0; unit < units; unit++)
            {
                if (counts.Total > 0 && counts.Totals[unit] == 0) part[unit] = Quantity.Undefined(UndefinedReason.EmptyUnit);
            }
        }
    }
}
