using System.Collections.Immutable;

namespace Analys.Measure.Segregation.Activity;

/// <summary>Persons by the pair of places where they spend their days, such as home and school.</summary>
/// <param name="Counts">The counts of the pairs.</param>
/// <param name="HomeOf">For each pair the home, as an index into <paramref name="Homes"/>.</param>
/// <param name="OtherOf">For each pair the other place.</param>
/// <param name="Homes">How many homes there are.</param>
/// <param name="Others">How many other places.</param>
internal sealed record JointCounts(GroupCounts Counts, int[] HomeOf, int[] OtherOf, int Homes, int Others)
{
    /// <summary>The counts of the homes, or of the other places.</summary>
    /// <param name="counts">Counts of the same pairs.</param>
    /// <param name="home">Whether of the homes.</param>
    public CountTable By(GroupCounts counts, bool home)
    {
        var (of, places, groups) = (home ? HomeOf : OtherOf, home ? Homes : Others, counts.Groups.Length);
        var sums = new double[places * groups];
        for (var pair = 0; pair < of.Length; pair++)
            for (var group = 0; group < groups; group++) sums[(of[pair] * groups) + group] += counts[pair, group];
        return new CountTable(sums, groups);
    }
}

/// <summary>Segregation in activity spaces: at home, at school (or work) and in both at once.</summary>
/// <remarks>
/// The joint measure is M and H over pairs of places, which the chain rule takes apart: M(home, school) = M(home) + M(school | home) =
/// M(school) + M(home | school). What both say alike, M(home) + M(school) − M(home, school), is negative where the pair says more than its
/// parts. Exposure is the mean of that at home and that at the other place, weighted by the share of time at home. A register that counts
/// everyone at one home and one school is needed. Swedish: <i>aktivitetsrum</i>.
/// </remarks>
internal static class ActivitySpaces
{
    /// <summary>M over pairs of places and its parts, by the parameter <c>part</c>.</summary>
    public static Definition Information { get; } = new(
        "activity-space-information", "Mutual information of group and activity space",
            "Ömsesidig information mellan grupp och aktivitetsrum",
        "M(home, other) = M(home) + M(other | home) = M(other) + M(home | other); part = joint, home, other, home-given-other, "
            + "other-given-home, common",
        Units.Nats, ValueRange.Any,
        "Theil 1971; Mora & Ruiz-Castillo 2011, Sociological Methodology 41; Wong & Shaw 2011, Journal of Geographical Systems 13(2)")
    {
        Tells = Tells.Summary,
        Counts = "the persons of each group in each pair of places",
    };

    /// <summary>H over pairs of places and its parts.</summary>
    public static Definition InformationTheory { get; } = new(
        "activity-space-information-theory", "Theil's H of activity spaces", "Theils entropiindex för aktivitetsrum",
        "H(home, other) = M(home, other) / E, parts as of activity-space-information",
        Units.Index, ValueRange.Any,
        "Theil 1972; Mora & Ruiz-Castillo 2011, Sociological Methodology 41; Wong & Shaw 2011, Journal of Geographical Systems 13(2)")
    {
        Tells = Tells.Summary,
        Counts = "the persons of each group in each pair of places",
    };

    /// <summary>Exposure of each group to each group over the day.</summary>
    public static Definition Exposure { get; } = new(
        "activity-space-exposure", "Exposure in activity spaces", "Exponering i aktivitetsrum",
        "Σ_hs (x_hs / X)(α y_h / t_h + (1 − α) y_s / t_s), α the share of time at home",
        Units.Index, ValueRange.Unit,
        "Wong & Shaw 2011, Journal of Geographical Systems 13(2); Farber, O'Kelly, Miller & Neutens 2015, "
            + "Journal of Transport Geography 49")
    {
        Tells = Tells.Summary,
        Counts = "the persons of a group in each pair of places",
    };

    /// <summary>The measures.</summary>
    /// <param name="joint">Persons by pair of places.</param>
    /// <param name="homeTime">The share of time at home, from 0 to 1.</param>
    public static Results Of(JointCounts joint, double homeTime) => CellInfluence.Fill(joint.Counts, counts => Computed(joint, counts,
        homeTime));

    private static Results Computed(JointCounts joint, GroupCounts counts, double homeTime)
    {
        var complete = counts.Complete();
        var pairs = new CountTable(complete.Counts, complete.Groups.Length);
        CountTable home = joint.By(complete, home: true), other = joint.By(complete, home: false);
        var why = pairs.Total == 0 ? UndefinedReason.NoPersons : pairs.GroupsWithMembers < 2 ? UndefinedReason.OneGroup : null;
        var rows = new List<Result>();
        if (why is null)
        {
            double both = MultigroupMutualInformation.Formula(pairs).Number, atHome = MultigroupMutualInformation.Formula(home).Number,
                away = MultigroupMutualInformation.Formula(other).Number, entropy = Diversity.Of(pairs.GroupTotals, pairs.Total);
            (string Part, double Value)[] parts = [("joint", both), ("home", atHome), ("other", away), ("home-given-other", both - away),
                ("other-given-home", both - atHome), ("common", atHome + away - both)];
            rows.AddRange(parts.Select(part => Row(Information, part.Part, Quantity.Known(part.Value))));
            rows.AddRange(parts.Select(part => Row(InformationTheory, part.Part, Quantity.Known(part.Value / entropy))));
        }
        else
        {
            foreach (var definition in new[] { Information, InformationTheory })
                foreach (var part in new[] { "joint", "home", "other", "home-given-other", "other-given-home", "common" })
                    rows.Add(Row(definition, part, Quantity.Undefined(why)));
        }

        var time = MeasureArguments.Text(homeTime);
        for (var group = 0; group < counts.Groups.Length; group++)
        {
            for (var met = 0; met < counts.Groups.Length; met++)
            {
                var value = pairs.Total == 0 ? Quantity.Undefined(UndefinedReason.NoPersons)
                    : pairs.GroupTotals[group] == 0 ? Quantity.Undefined(UndefinedReason.EmptyGroup)
                    : Quantity.Known(Met(joint, complete, home, other, group, met, homeTime));
                rows.Add(new Result
                {
                    Measure = Exposure,
                    Group = counts.Groups[group],
                    Reference = counts.Groups[met],
                    Parameters = ImmutableSortedDictionary<string, string>.Empty.Add("home-time", time),
                    Value = value,
                    N = counts.Total,
                    Basis = new Basis(counts.GroupTotal(group), counts.Total) { Tells = Tells.Summary },
                });
            }
        }

        return new Results(rows, counts.Confidentiality, counts.Provenance);

        Result Row(Definition definition, string part, Quantity value) => new()
        {
            Measure = definition,
            Parameters = ImmutableSortedDictionary<string, string>.Empty.Add("part", part),
            Value = value,
            N = counts.Total,
            Basis = new Basis(null, counts.Total) { Tells = Tells.Summary },
        };
    }

    private static double Met(JointCounts joint, GroupCounts counts, CountTable home, CountTable other, int group, int met, double homeTime)
    {
        var members = counts.GroupTotal(group);
        var sum = 0.0;
        for (var pair = 0; pair < joint.HomeOf.Length; pair++)
        {
            var x = counts[pair, group];
            if (x <= 0) continue;
            int h = joint.HomeOf[pair], s = joint.OtherOf[pair];
            sum += x / members * ((homeTime * (home.Unit(h)[met] / home.UnitTotals[h]))
                + ((1 - homeTime) * (other.Unit(s)[met] / other.UnitTotals[s])));
        }

        return Math.Min(1, sum);
    }
}
