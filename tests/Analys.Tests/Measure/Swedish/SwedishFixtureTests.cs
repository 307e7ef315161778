using System.Text.Json;
using Analys.Load.Schema;
using Analys.Measure.Swedish;

namespace Analys.Tests.Measure.Swedish;

/// <summary>The exact cases beside the repository, each to the krona.</summary>
public class SwedishFixtureTests
{
    private static readonly DateOnly AllowanceDate = new(2025, 6, 1);

    private static JsonElement Fixture()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Repository.SharedAt("reference", "poverty", "swedish_fixture.json")));
        return document.RootElement.Clone();
    }

    private static int Year(string name) => int.Parse(name.AsSpan(0, 4), System.Globalization.CultureInfo.InvariantCulture);

    [SharedFact]
    public void Every_household_to_the_krona()
    {
        var scale = PolicyParameters.ConsumptionUnits.In(2020).Value;
        var cases = 0;
        foreach (var row in Fixture().GetProperty("households").EnumerateArray())
        {
            var household = new HouseholdComposition(
                row.GetProperty("adults").GetInt32(), row.GetProperty("couple").GetBoolean(),
                [.. row.GetProperty("kids").EnumerateArray().Select(age => age.GetInt32())]);
            Assert.Equal(row.GetProperty("cu").GetDouble(), ConsumptionUnits.Of(scale, household), 12);
            Assert.Equal(row.GetProperty("barnbidrag").GetDouble(), ChildAllowance.Of(household.ChildAges, AllowanceDate));
            foreach (var norm in row.EnumerateObject().Where(pair => pair.Name.StartsWith("riksnorm_", StringComparison.Ordinal)))
            {
                var table = PolicyParameters.Riksnorm.In(Year(norm.Name["riksnorm_".Length..])).Value;
                Assert.Equal(norm.Value.GetDouble(), new Riksnorm(table).Of(household));
                cases++;
            }
        }

        Assert.Equal(24, cases);
    }

    [SharedFact]
    public void Every_amount_of_every_norm_with_and_without_free_lunch()
    {
        var tables = Fixture().GetProperty("riksnorm_tables").EnumerateObject().ToList();
        Assert.Equal(7, tables.Count);
        foreach (var table in tables)
        {
            var shipped = PolicyParameters.Riksnorm.In(Year(table.Name)).Value;
            var full = new Riksnorm(shipped);
            var lunch = new Riksnorm(shipped, LunchRule.Deduction);
            foreach (var child in table.Value.GetProperty("child").EnumerateArray())
            {
                for (var age = child[0].GetInt32(); age <= child[1].GetInt32(); age++)
                {
                    Assert.Equal(child[2].GetDouble(), full.Child(age));
                    Assert.Equal(child[3].ValueKind == JsonValueKind.Null ? child[2].GetDouble() : child[3].GetDouble(), lunch.Child(age));
                }
            }

            Assert.Equal(table.Value.GetProperty("single").GetDouble(), full.Adults(1, couple: false));
            Assert.Equal(table.Value.GetProperty("couple").GetDouble(), full.Adults(2, couple: true));
            Assert.Equal(table.Value.GetProperty("common").EnumerateArray().Select(cost => cost.GetDouble()),
                Enumerable.Range(1, 7).Select(full.Common));
        }
    }

    [SharedFact]
    public void Child_allowance_by_number_of_children()
    {
        foreach (var pair in Fixture().GetProperty("barnbidrag_per_month").EnumerateObject())
        {
            var children = int.Parse(pair.Name, System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(pair.Value.GetDouble(), ChildAllowance.Of(Enumerable.Repeat(5, children), AllowanceDate));
        }
    }

    [SharedFact]
    public void The_published_limits_of_2008_lie_on_one_line_per_consumption_unit()
    {
        // Both limits are rounded to thousands; some limit per unit must round to both.
        double low = 0, high = double.PositiveInfinity;
        foreach (var limit in Fixture().GetProperty("check_2008").EnumerateObject())
        {
            var units = limit.Value.GetProperty("cu").GetDouble();
            var year = limit.Value.GetProperty("limit_year_SCB").GetDouble();
            low = Math.Max(low, (year - 500) / units);
            high = Math.Min(high, (year + 500) / units);
        }

        Assert.True(low <= high);
    }
}
