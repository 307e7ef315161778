using System.Collections.Immutable;

namespace Analys.Measure.Segregation.Change;

/// <summary>How a change of M is taken apart.</summary>
internal enum DifferenceMethod
{
    /// <summary>Shapley: symmetric in time; margins and structure by converged proportional fitting (Deutsch, Flückiger &amp; Silber 2009;
    /// Elbers 2021).</summary>
    Shapley,

    /// <summary>Karmel &amp; Maclachlan 1988: the first table is given the second's margins.</summary>
    KarmelMaclachlan,

    /// <summary>Mora &amp; Ruiz-Castillo 2009: by conditional entropies of groups within units.</summary>
    MoraRuizCastillo,
}

/// <summary>The change of M between two times, in parts that add up to it.</summary>
/// <remarks>
/// additions and removals: units and groups that only one time has. group-marginal and unit-marginal: the sizes of groups and units
/// changed. structural: the association between them changed (for Mora &amp; Ruiz-Castillo: everything that is not margins). interaction:
/// Karmel &amp; Maclachlan only. Sources: Elbers 2021, Sociological Methods &amp; Research 52(1), and the papers of
/// <see cref="DifferenceMethod"/>. Swedish: <i>uppdelning av en förändring</i>.
/// </remarks>
internal static class InformationDifference
{
    /// <summary>The parts as records with the ids <c>mutual-information-difference</c> and
    /// <c>mutual-information-difference-PART</c>.</summary>
    /// <param name="first">The earlier table.</param>
    /// <param name="second">The later table.</param>
    /// <param name="method">How.</param>
    /// <param name="byUnit">Shapley only: also the structural part of each unit (they add up to it).</param>
    public static Results Of(GroupCounts first, GroupCounts second, DifferenceMethod method = DifferenceMethod.Shapley, bool byUnit = false)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return CellInfluence.Fill(first, second, (before, after) => Parts(before, after, method, byUnit));
    }

    private static Results Parts(GroupCounts first, GroupCounts second, DifferenceMethod method, bool byUnit)
    {
        var name = method switch
        {
            DifferenceMethod.Shapley => "shapley",
            DifferenceMethod.KarmelMaclachlan => "karmel-maclachlan",
            _ =>
            "mora-ruiz-castillo"
        };
        var n = Math.Min(first.Total, second.Total);
        var rows = new List<Result>();
        if (first.Total == 0 || second.Total == 0 || first.GroupsOverlap || second.GroupsOverlap)
        {
            Add("", Quantity.Undefined(first.GroupsOverlap || second.GroupsOverlap ? UndefinedReason.Overlap : UndefinedReason.NoPersons));
        }
        else
        {
            var tables = new CommonTables(first, second);
            Add("", Quantity.Known(tables.Second - tables.First));
            if (tables.A.Length == 0) Add("-structural", Quantity.Undefined("no unit and group is in both tables"));
            else
            {
                var (commonA, commonB) = (tables.Information(tables.A), tables.Information(tables.B));
                Add("-additions", Quantity.Known(tables.Second - commonB));
                Add("-removals", Quantity.Known(commonA - tables.First));
                var parts = method switch
                {
                    DifferenceMethod.Shapley => ShapleyDifference.Parts(tables),
                    DifferenceMethod.KarmelMaclachlan => KarmelMaclachlan.Parts(tables),
                    _ => MoraRuizCastillo.Parts(tables),
                };
                if (parts is null) Add("-structural", Quantity.Undefined(ProportionalFitting.NotConverged));
                else foreach (var (part, value) in parts) Add("-" + part, Quantity.Known(value));
                if (byUnit && method == DifferenceMethod.Shapley && ShapleyDifference.StructuralByUnit(tables) is { } units)
                {
                    for (var i = 0; i < units.Length; i++) Add("-structural", Quantity.Known(units[i]), tables.Units[i]);
                }
            }
        }

        var confidentiality = (Confidentiality)Math.Min((int)first.Confidentiality, (int)second.Confidentiality);
        return new Results(rows, confidentiality, first.Provenance.Merge(second.Provenance).With($"difference of M by {name}"));

        void Add(string part, Quantity value, string? unit = null)
        {
            var measure = MultigroupMutualInformation.Measure.Definition;
            var unitTotal = unit is null ? n : Math.Min(first.Totals[first.Units.IndexOf(unit)], second.Totals[second.Units.IndexOf(unit)]);
            rows.Add(new Result
            {
                Measure = measure with
                {
                    Id = "mutual-information-difference" + part,
                    Name = measure.Name + ": difference" + part.Replace('-', ' '),
                    Swedish = measure.Swedish + ": skillnad" + part.Replace('-', ' '),
                    Formula = part.Length == 0 ? "second − first" : "a part of second − first",
                    Range = ValueRange.Any,
                    Citation = "Elbers 2021, Sociological Methods & Research 52(1)",
                },
                Area = unit,
                Parameters = ImmutableSortedDictionary<string, string>.Empty.Add("method", name),
                Value = value,
                N = unitTotal,
                Basis = new Basis(null, unitTotal),
            });
        }
    }
}

/// <summary>The Shapley parts of a change of M: eight tables, with the group margins, unit margins and structure of either time.</summary>
internal static class ShapleyDifference
{
    /// <summary>The parts; null where proportional fitting does not converge.</summary>
    public static (string Part, double Value)[]? Parts(CommonTables tables)
    {
        double[] unitsA = tables.UnitShares(tables.A), unitsB = tables.UnitShares(tables.B);
        double[] groupsA = tables.GroupShares(tables.A), groupsB = tables.GroupShares(tables.B);
        // Named groups-units-structure: ABA has the first's groups, the second's units, the first's structure.
        if (Fit(tables.A, unitsB, groupsB) is not { } bba || Fit(tables.A, unitsB, groupsA) is not { } aba
            || Fit(tables.A, unitsA, groupsB) is not { } baa
            || Fit(tables.B, unitsA, groupsA) is not { } aab || Fit(tables.B, unitsA, groupsB) is not { } bab
            || Fit(tables.B, unitsB, groupsA) is not { } abb)
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

    /// <summary>The structural part of each unit: the change of its local score with the margins held, weighted by its share; null where
    /// fitting does not converge.</summary>
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
            var scores = new Quantity[table.Units];
            LocalMutualInformation.Formula(table, scores);
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

/// <summary>Two tables with the same units and groups: what both times have, as shares of each time's persons.</summary>
internal sealed class CommonTables
{
    /// <summary>Keeps units and groups that have members at both times.</summary>
    public CommonTables(GroupCounts first, GroupCounts second)
    {
        first = first.Complete();
        second = second.Complete();
        First = MultigroupMutualInformation.Formula(new CountTable(first.Counts, first.Groups.Length)).Number;
        Second = MultigroupMutualInformation.Formula(new CountTable(second.Counts, second.Groups.Length)).Number;
        var groups = first.Groups.Where(second.Groups.Contains).ToList();
        var units = first.Units.Where(second.Units.ToHashSet(StringComparer.Ordinal).Contains).ToList();
        double[] a = [], b = [];
        // Leaving out a group may empty a unit and the other way round.
        for (var before = -1; before != groups.Count + units.Count;)
        {
            before = groups.Count + units.Count;
            (a, b) = (Cells(first, units, groups), Cells(second, units, groups));
            var (keepUnit, keepGroup) =
                (Inhabited(a, b, units.Count, groups.Count, rows: true), Inhabited(a, b, units.Count, groups.Count, rows: false));
            units = [.. units.Where((_, i) => keepUnit[i])];
            groups = [.. groups.Where((_, i) => keepGroup[i])];
        }

        (Units, Groups, A, B) = (units, groups, Shares(a), Shares(b));
    }

    /// <summary>M of the whole first table.</summary>
    public double First { get; }

    /// <summary>M of the whole second table.</summary>
    public double Second { get; }

    /// <summary>The units of both.</summary>
    public IReadOnlyList<string> Units { get; }

    /// <summary>The groups of both.</summary>
    public IReadOnlyList<string> Groups { get; }

    /// <summary>The first table, as shares of its persons.</summary>
    public double[] A { get; }

    /// <summary>The second table, as shares of its persons.</summary>
    public double[] B { get; }

    /// <summary>M of a table of these units and groups.</summary>
    public double Information(double[] cells) => MultigroupMutualInformation.Formula(new CountTable(cells, Groups.Count)).Number;

    /// <summary>The shares of the units.</summary>
    public double[] UnitShares(double[] cells) => new CountTable(cells, Groups.Count).UnitTotals.ToArray();

    /// <summary>The shares of the groups.</summary>
    public double[] GroupShares(double[] cells) => new CountTable(cells, Groups.Count).GroupTotals.ToArray();

    private static double[] Cells(GroupCounts counts, List<string> units, List<string> groups)
    {
        var unitIndex = counts.Units.Select((unit, i) => (unit, i)).ToDictionary(pair => pair.unit, pair => pair.i, StringComparer.Ordinal);
        var columns = groups.Select(counts.IndexOf).ToArray();
        return [.. units.SelectMany(unit => columns.Select(column => counts[unitIndex[unit], column]))];
    }

    private static bool[] Inhabited(double[] a, double[] b, int units, int groups, bool rows)
    {
        CountTable first = new(a, Math.Max(1, groups)), second = new(b, Math.Max(1, groups));
        var keep = new bool[rows ? units : groups];
        for (var i = 0; i < keep.Length && a.Length > 0; i++)
        {
            keep[i] = rows ? first.UnitTotals[i] > 0 && second.UnitTotals[i] > 0 : first.GroupTotals[i] > 0 && second.GroupTotals[i] > 0;
        }

        return keep;
    }

    private static double[] Shares(double[] cells)
    {
        var total = Sums.Of(cells);
        return [.. cells.Select(cell => cell / total)];
    }
}
