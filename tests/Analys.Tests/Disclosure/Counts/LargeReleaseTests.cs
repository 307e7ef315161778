using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;
using static Analys.Tests.Disclosure.Counts.Figures;

namespace Analys.Tests.Disclosure.Counts;

/// <summary>Thousands of small areas are protected sum by sum, and in seconds.</summary>
public class LargeReleaseTests(ITestOutputHelper output)
{
    private static Results Units(int units, int groups, int seed, bool small)
    {
        var random = new Random(seed);
        var rows = new List<Result>();
        var totals = new double[groups + 1];
        for (var unit = 0; unit < units; unit++)
        {
            var counts = Enumerable.Range(0, groups).Select(_ => (double)(small ? random.Next(0, 60) : random.Next(20, 90))).ToArray();
            for (var g = 0; g < groups; g++)
            {
                rows.Add(Of(PoorShare, string.Create(CultureInfo.InvariantCulture, $"0180C{unit:D4}"),
                    counts[g] / Math.Max(1, counts.Sum()), counts[g], counts.Sum()) with
                { Group = $"g{g}" });
                totals[g] += counts[g];
            }

            totals[groups] += counts.Sum();
        }

        for (var g = 0; g < groups; g++)
            rows.Add(Of(PoorShare, null, totals[g] / totals[groups], totals[g], totals[groups]) with { Group = $"g{g}" });
        return Confidential(rows);
    }

    [Theory]
    [InlineData(6000, 3, false)]
    [InlineData(6000, 3, true)]
    [InlineData(150, 3, true)]
    public void Thousands_of_units_take_no_minutes(int units, int groups, bool small)
    {
        var results = Units(units, groups, 5, small);
        var watch = Stopwatch.StartNew();
        var released = results.Release(Policy.Stockholm);
        output.WriteLine(
            $"{units} units × {groups} groups: {watch.ElapsedMilliseconds} ms, {released.SuppressedCount} of {released.Count} withheld");
        Assert.Equal(small, released.SuppressedCount > 0);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30));
        if (units < 1000) return;
        // In every unit and in every group, a withheld figure has company.
        foreach (var unit in released.Where(row => row.IsWithheld()).GroupBy(row => row.Area)) Assert.True(unit.Count() > 1, "a unit");
        foreach (var group in released.Where(row => row.IsWithheld()).GroupBy(row => row.Group)) Assert.True(group.Count() > 1, "a group");
    }

    [Fact]
    public void Fourteen_districts_take_no_time()
    {
        var random = new Random(3);
        var districts = Geography.Stockholm.Division("sdo14").Areas;
        Results Make() => Confidential(((string[])["median:50", "median:60"]).SelectMany(line =>
        {
            var counts = districts.Select(district => (district.Name, Poor: (double)random.Next(2, 60), All: 400.0)).ToArray();
            return counts.Select(c => Poor(c.Name, c.Poor, c.All, "0-17", line))
                .Append(Poor(null, counts.Sum(c => c.Poor), counts.Sum(c => c.All), "0-17", line))
                .SelectMany(row => (Result[])[row, row with { Measure = Headcount, Value = Quantity.Known(row.Basis!.Numerator!.Value) },
                    row with { Measure = Median, Basis = row.Basis with { Numerator = null } }]);
        }));
        _ = Make().Release(Policy.Stockholm);
        var times = new List<double>();
        for (var i = 0; i < 20; i++)
        {
            var results = Make();
            var watch = Stopwatch.StartNew();
            _ = results.Release(Policy.Stockholm);
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        output.WriteLine(FormattableString.Invariant($"14 districts × 6 series: median {times[10]:F1} ms, longest {times[^1]:F1} ms"));
        // The promise is 100 ms on a machine of one's own; a test shares its machine.
        Assert.True(times[10] < 500);
    }
}
