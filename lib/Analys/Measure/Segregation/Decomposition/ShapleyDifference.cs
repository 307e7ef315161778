using Analys.Measure.Segregation.Tools;

namespace Analys.Measure.Segregation.Decomposition;

/// <summary>The Shapley parts of a change of M: eight tables, with the group margins, unit margins and structure of either time.</summary>
internal static class ShapleyDifference
{
    /// <summary>The parts; null where proportional fitting does not converge.</summary>
    public static (string Part, double Value)[]? Parts(CommonTables tables)
    {
        double[] unitsA = tables.UnitShares(tables.A), unitsB = tables.UnitShares(tables.B);
        double[] groupsA = tables.GroupShares(tables.A), groupsB = tables.GroupShares(tables.B);
        // Named groups-units-structure: ABA has the first's groups, the second's units, the first's structure.
        if (Fit(tables.A, unitsB, groupsB) is not { } bba || Fit(tables.A, unitsB, groupsA) is not { } aba || Fit(tables.A, unitsA, groupsB) is not { } baa
            || Fit(tables.B, unitsA, groupsA) is not { } aab || Fit(tables.B, unitsA, groupsB) is not { } bab || Fit(tables.B, unitsB, groupsA) is not { } abb)
        {
            return null;
        }

        double aaa = tables.Information(tables.A), bbb = tables.Information(tables.B);
        return
        [
            ("group-marginal", 0.25 * (baa - aaa + (bba - aba) + (bbb - abb) + (bab - aab))),
            ("unit-marginal", 0.25 * (aba - aaa + (bba - baa) + (bbb - bab) + (abb - aab))),
            ("structural", 0.5 * (aab - aaa + (bbb - bba))),
        ];

        double? Fit(double[] structure, double[] units, double[] groups) =>
            ProportionalFitting.Fit(structure, units, groups) is { } fitted ? tables.Information(fitted) : null;
    }

    /// <summary>The structural part of each unit: the change of its local score with the margins held, weighted by its share; null where fitting does not converge.</summary>
    public static double[]? StructuralByUnit(CommonTables tables)
    {
        double[] unitsA = tables.UnitShares(tables.A), unitsB = tables.UnitShares(tables.B);
        if (ProportionalFitting.Fit(tables.A, unitsB, tables.GroupShares(tables.B)) is not { } bba) return null;
        if (ProportionalFitting.Fit(tables.B, unitsA, tables.GroupShares(tables.A)) is not { } aab) return null;
        double[] scoreAaa = Weighted(tables.A), scoreAab = Weighted(aab), scoreBba = Weighted(bba), scoreBbb = Weighted(tables.B);
        return [.. unitsA.Select((_, i) => 0.5 * (scoreAab[i] - scoreAaa[i] + (scoreBbb[i] - scoreBba[i])))];

        // p_i L_i: with equal unit margins the differences are p_i times the change of the score.
        double[] Weighted(double[] cells)
        {
            var table = new CountTable(cells, tables.Groups.Count);
            var scores = new Domain.Quantity[table.Units];
            Local.LocalMutualInformation.Formula(table, scores);
            var weighted = new double[scores.Length];
            for (var i = 0; i < scores.Length; i++) weighted[i] = table.UnitTotals[i] / table.Total * scores[i].Number;
            return weighted;
        }
    }
}

/// <summary>Karmel &amp; Maclachlan's parts: what changes when the first table gets the second's margins, and the rest.</summary>
internal static class KarmelMaclachlan
{
    /// <summary>The parts; null where proportional fitting does not converge.</summary>
    public static (string Part, double Value)[]? Parts(CommonTables tables)
    {
        double[] units = tables.UnitShares(tables.B), groups = tables.GroupShares(tables.B);
        if (ProportionalFitting.Fit(tables.A, units, groups) is not { } both) return null;
        var width = groups.Length;
        double[] unitsA = tables.UnitShares(tables.A), groupsA = tables.GroupShares(tables.A);
        double first = tables.Information(tables.A), mixed = tables.Information(both);
        var byGroup = tables.Information([.. tables.A.Select((cell, i) => cell * groups[i % width] / groupsA[i % width])]) - first;
        var byUnit = tables.Information([.. tables.A.Select((cell, i) => cell * units[i / width] / unitsA[i / width])]) - first;
        return
        [
            ("group-marginal", byGroup),
            ("unit-marginal", byUnit),
            ("interaction", mixed - first - byGroup - byUnit),
            ("structural", tables.Information(tables.B) - mixed),
        ];
    }
}

/// <summary>Mora &amp; Ruiz-Castillo's parts: M = E(groups) − Σ p_i E(groups in i), each factor changed in turn.</summary>
internal static class MoraRuizCastillo
{
    /// <summary>The parts.</summary>
    public static (string Part, double Value)[] Parts(CommonTables tables)
    {
        CountTable a = new(tables.A, tables.Groups.Count), b = new(tables.B, tables.Groups.Count);
        double units = 0, structure = 0;
        for (var i = 0; i < a.Units; i++)
        {
            double entropyA = Diversity.Of(a.Unit(i), a.UnitTotals[i]), entropyB = Diversity.Of(b.Unit(i), b.UnitTotals[i]);
            units -= (b.UnitTotals[i] - a.UnitTotals[i]) * (entropyA + entropyB) / 2;
            structure -= (entropyB - entropyA) * (a.UnitTotals[i] + b.UnitTotals[i]) / 2;
        }

        return
        [
            ("group-marginal", Diversity.Of(b.GroupTotals, b.Total) - Diversity.Of(a.GroupTotals, a.Total)),
            ("unit-marginal", units),
            ("structural", structure),
        ];
    }
}
