using System.Collections.Immutable;
using System.Text.Json;
using Analys.Measure.Source;
using Analys.Measure.Study;

namespace Analys.Tests.Measure.Study;

/// <summary>Tables of persons for tests: the hand-computed fixture, and made-up populations.</summary>
internal static class People
{
    public static JsonDocument Fixture() =>
        JsonDocument.Parse(File.ReadAllText(Repository.SharedAt("reference", "poverty", "fixture_small.json")));

    /// <summary>The twenty persons of the fixture, by district.</summary>
    public static PersonTable Twenty(JsonDocument fixture)
    {
        var rows = fixture.RootElement.GetProperty("rows").EnumerateArray().Select(row => row.EnumerateArray().ToArray()).ToArray();
        return Make(
            [.. rows.Select(row => row[5].GetDouble())],
            [.. rows.Select(row => row[4].GetDouble())],
            [.. rows.Select(row => row[2].GetDouble())],
            [.. rows.Select(row => row[1].GetInt32())],
            [.. rows.Select(row => row[3].GetString()!)]);
    }

    public static PersonTable Make(double[] incomes, double[]? weights = null, double[]? ages = null, int[]? households = null,
        string[]? areas = null, int[]? strata = null)
    {
        var values = (areas ?? []).Distinct().Order(StringComparer.Ordinal).ToImmutableArray();
        return new PersonTable
        {
            Count = incomes.Length,
            Incomes = incomes,
            Weights = weights ?? [],
            Ages = ages ?? [],
            Households = households ?? [],
            Strata = strata ?? [],
            Breakdowns = areas is null ? [] : [new Breakdown("area", true, areas.Select(area => values.IndexOf(area)).ToArray(), values)],
        }.Ordered();
    }

    /// <summary>A made-up city: households of one to five who share an income, in strata and areas.</summary>
    public static PersonTable City(int households, int seed, int areas = 4)
    {
        var random = new Random(seed);
        var (incomes, weights, ages, ids, where, strata) =
            (new List<double>(), new List<double>(), new List<double>(), new List<int>(), new List<string>(), new List<int>());
        for (var household = 0; household < households; household++)
        {
            var income = Math.Round(Math.Exp(12.2 + (0.6 * Gauss(random))));
            var weight = 0.5 + random.NextDouble();
            var area = random.Next(areas);
            var members = random.Next(1, 6);
            for (var i = 0; i < members; i++)
            {
                incomes.Add(income);
                weights.Add(weight);
                ages.Add(i < 2 ? random.Next(20, 90) : random.Next(0, 20));
                ids.Add(household);
                where.Add($"{(char)('A' + area)}");
                strata.Add(area % 2);
            }
        }

        return Make([.. incomes], [.. weights], [.. ages], [.. ids], [.. where], [.. strata]);
    }

    public static double Gauss(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
