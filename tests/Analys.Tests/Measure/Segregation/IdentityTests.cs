using Analys.Measure.Segregation;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Analys.Tests.Measure.Segregation;

/// <summary>What must hold for any table, measure by measure.</summary>
public class IdentityTests
{
    // 2 to 6 units, 2 to 4 groups, empty cells and units among them.
    private static readonly Arbitrary<double[][]> Tables = (
        from groups in Gen.Choose(2, 4)
        from units in Gen.Choose(2, 6)
        from cells in Gen.Frequency((1, Gen.Constant(0)), (4, Gen.Choose(0, 60))).ArrayOf(groups * units)
        select cells.Select(cell => (double)cell).Chunk(groups).ToArray()).ToArbitrary();

    // Corrections for small units change with scale by design, and those that draw or search are tested on their own.
    private static readonly SegregationMeasure[] Global =
        [.. SegregationMeasures.All.Where(measure => !measure.NeedsGeography && !measure.PointOnly
            && measure.Definition.Id != "density-corrected-dissimilarity"
        && measure.Figures(Cases.Table([1, 2], [2, 1]), false).All(figure => figure.Unit is null))];

    [Fact]
    public void The_order_of_units_does_not_matter() => Holds(rows => [.. rows.Reverse()], byGroup: true);

    [Fact]
    public void Merging_proportional_units_changes_nothing() =>
    Holds(rows => [[.. rows[0].Select(cell => cell * 3)], .. rows.Skip(1)], byGroup: true,
        before: rows => [rows[0], [.. rows[0].Select(cell => cell * 2)], .. rows.Skip(1)]);

    [Fact]
    public void Scaling_changes_nothing() => Holds(rows => [.. rows.Select(row => row.Select(cell => cell * 7).ToArray())], byGroup: true);

    [Fact]
    public void The_order_of_groups_does_not_matter() => Holds(rows => [.. rows.Select(row => row.Reverse().ToArray())], byGroup: false,
        skip: result => result.Measure.Id.StartsWith("ordinal", StringComparison.Ordinal)
        || result.Measure.Id.StartsWith("rank", StringComparison.Ordinal));

    [Property]
    public Property Reversing_the_order_of_brackets_changes_no_ordinal_measure() => Prop.ForAll(Tables, rows =>
    {
        GroupCounts table = Cases.Table(rows), reversed = Cases.Table([.. rows.Select(row => row.Reverse().ToArray())]);
        return Global.Where(measure => measure.Definition.Id.StartsWith("ordinal", StringComparison.Ordinal))
            .All(measure => Same(measure.Of(table)[0].Value, measure.Of(reversed)[0].Value));
    });

    [Property]
    public Property Swapping_two_groups_changes_no_symmetric_index() => Prop.ForAll(Tables, rows =>
    {
        var table = Cases.Table([.. rows.Select(row => row[..2])]);
        return new[] { "dissimilarity", "gini", "information-theory", "mutual-information", "atkinson", "hutchens", "correlation-ratio",
            "min-max" }
            .SelectMany(SegregationMeasures.Find).OfType<TwoGroupMeasure>()
            .All(measure => Same(measure.Of(table, "A", null)[0].Value, measure.Of(table, "B", null)[0].Value, anyReason: true));
    });

    [Fact]
    public void An_even_spread_is_zero_and_complete_segregation_is_one()
    {
        var even = Cases.Table([2, 8, 4], [4, 16, 8], [1, 4, 2]);
        var complete = Cases.Table([10, 0, 0], [0, 20, 0], [0, 0, 5], [3, 0, 0]);
        foreach (var measure in Global.Where(measure => measure.ComparesUnits && measure.Definition.Id != "neighbourhood-sorting"))
        {
            Assert.All(measure.Of(even), result => Assert.Equal(0, result.Value.Number, 1e-9));
            if (measure.Definition.Id is "gorard" or "mutual-information") continue;
            Assert.All(measure.Of(complete), result => Assert.Equal(1, result.Value.Number, 1e-9));
        }
    }

    [Property]
    public Property Isolation_and_exposure_to_all_others_add_up_to_one() => Prop.ForAll(Tables, rows =>
    {
        var table = Cases.Table(rows);
        return table.Groups.Where((_, g) => table.GroupTotal(g) > 0 && table.GroupTotal(g) < table.Total).All(group =>
        {
            var isolation = Isolation.Measure.Of(table, group)[0].Value.Number;
            var pairs = table.Groups.Where((other, g) => other != group && table.GroupTotal(g) > 0)
                .Sum(other => Exposure.Measure.Of(table, group, other)[0].Value.Number);
            return Math.Abs(isolation + Exposure.Measure.Of(table, group)[0].Value.Number - 1) < 1e-12
                && Math.Abs(isolation + pairs - 1) < 1e-12;
        });
    });

    [Property]
    public Property Local_scores_add_up_to_the_whole() => Prop.ForAll(Tables, rows =>
    {
        var table = Cases.Table(rows);
        return Sum("local-mutual-information", "mutual-information") && Sum("local-information", "information-theory");

        bool Sum(string local, string whole)
        {
            var total = SegregationMeasures.Find(whole).OfType<MultigroupMeasure>().Single().Of(table)[0].Value;
            if (!total.HasNumber) return true;
            var sum = SegregationMeasures.Find(local).Single().Of(table).Where(result => result.Value.HasNumber)
                .Sum(result => result.N!.Value / table.Total * result.Value.Number);
            return Math.Abs(sum - total.Number) < 1e-12;
        }
    });

    [Property]
    public Property Local_isolation_adds_up_and_the_weighted_location_quotient_is_one() => Prop.ForAll(Tables, rows =>
    {
        var table = Cases.Table(rows);
        var local = SegregationMeasures.Find("local-isolation").Single().Of(table).ToLookup(result => result.Group);
        var quotient = SegregationMeasures.Find("location-quotient").Single().Of(table).ToLookup(result => result.Group);
        return table.Groups.Where((_, g) => table.GroupTotal(g) > 0).All(group =>
            Math.Abs(local[group].Where(result => result.Value.HasNumber)
                .Sum(result => result.Value.Number) - Isolation.Measure.Of(table, group)[0].Value.Number) < 1e-12
            && Math.Abs(quotient[group].Where(result => result.Value.HasNumber)
                .Sum(result => result.N!.Value / table.Total * result.Value.Number) - 1) < 1e-12);
    });

    [Property]
    public Property The_multigroup_gini_is_the_sum_over_pairs() => Prop.ForAll(Tables, rows =>
    {
        var table = Cases.Table(rows);
        var value = MultigroupGini.Measure.Of(table)[0].Value;
        if (!value.HasNumber) return true;
        double sum = 0,
            interaction = SimpsonInteraction.Of([.. Enumerable.Range(0, table.Groups.Length).Select(table.GroupTotal)], table.Total);
        foreach (var i in rows.Where(row => row.Sum() > 0))
        {
            foreach (var j in rows.Where(row => row.Sum() > 0))
                sum += i.Sum() * j.Sum() * i.Zip(j, (a, b) => Math.Abs((a / i.Sum()) - (b / j.Sum()))).Sum();
        }

        return Math.Abs(value.Number - (sum / (2 * table.Total * table.Total * interaction))) < 1e-12;
    });

    private static void Holds(Func<double[][], double[][]> change, bool byGroup, Func<double[][], double[][]>? before = null,
        Func<Analys.Result, bool>? skip = null) => Prop.ForAll(Tables, rows =>
    {
        GroupCounts first = Cases.Table(before is null ? rows : before(rows)), second = Cases.Table(change(rows));
        // One unit has no index, two proportional ones have: only then does merging change something.
        if (second.Totals.ToArray().Count(total => total > 0) < 2) return true;
        foreach (var measure in Global)
        {
            Results left = measure.Of(first), right = measure.Of(second);
            for (var i = 0; i < left.Count; i++)
            {
                var other = byGroup || left[i].Group is null ? right[i] : right[left.Count - 1 - i];
                if (skip?.Invoke(left[i]) != true && !Same(left[i].Value, other.Value)) return false;
            }
        }

        return true;
    }).QuickCheckThrowOnFailure();

    // The polynomial of rank-order measures loses digits where limits lie close.
    private static bool Same(Quantity a, Quantity b, bool anyReason = false) =>
        a.HasNumber && b.HasNumber ? Math.Abs(a.Number - b.Number) <= 1e-9 * Math.Max(1, Math.Abs(a.Number)) : a.Status == b.Status
        && (anyReason || a.Reason == b.Reason);
}
