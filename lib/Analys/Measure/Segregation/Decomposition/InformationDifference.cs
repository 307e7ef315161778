using System.Collections.Immutable;
using Analys.Domain;
using Analys.Measure.Segregation.Tools;

namespace Analys.Measure.Segregation.Decomposition;

/// <summary>How a change of M is taken apart.</summary>
public enum DifferenceMethod
{
    /// <summary>Shapley: symmetric in time; margins and structure by converged proportional fitting (Deutsch, Flückiger &amp; Silber 2009; Elbers 2021).</summary>
    Shapley,

    /// <summary>Karmel &amp; Maclachlan 1988: the first table is given the second's margins.</summary>
    KarmelMaclachlan,

    /// <summary>Mora &amp; Ruiz-Castillo 2009: by conditional entropies of groups within units.</summary>
    MoraRuizCastillo,
}

/// <summary>The change of M between two times, in parts that add up to it.</summary>
/// <remarks>
/// additions and removals: units and groups that only one time has. group-marginal and unit-marginal: the sizes of groups and units changed.
/// structural: the association between them changed (for Mora &amp; Ruiz-Castillo: everything that is not margins). interaction: Karmel &amp; Maclachlan
/// only. Sources: Elbers 2021, Sociological Methods &amp; Research 52(1), and the papers of <see cref="DifferenceMethod"/>.
/// Swedish: <i>uppdelning av en förändring</i>.
/// </remarks>
public static class InformationDifference
{
    /// <summary>The parts as records with the ids <c>mutual-information-difference</c> and <c>mutual-information-difference-PART</c>.</summary>
    /// <param name="first">The earlier table.</param>
    /// <param name="second">The later table.</param>
    /// <param name="method">How.</param>
    /// <param name="byUnit">Shapley only: also the structural part of each unit (they add up to it).</param>
    public static Results Of(GroupCounts first, GroupCounts second, DifferenceMethod method = DifferenceMethod.Shapley, bool byUnit = false)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var name = method switch { DifferenceMethod.Shapley => "shapley", DifferenceMethod.KarmelMaclachlan => "karmel-maclachlan", _ => "mora-ruiz-castillo" };
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
