using System.Globalization;
using System.Text;
using Analys.Database.Sql;
using Analys.Load.Schema;
using Microsoft.Data.Sqlite;

namespace Analys.Tests.Database;

/// <summary>Made-up persons in households as a CSV file with its schema, and the same rows in SQLite.</summary>
internal sealed class RandomPeople : IDisposable
{
    public const string Schema = """
        {
          "name": "made-up-persons",
          "fields": [
            { "name": "year", "type": "year", "analys": { "role": "period" } },
            { "name": "person", "type": "integer", "analys": { "role": "person" } },
            { "name": "house hold", "type": "integer", "analys": { "role": "household" } },
            { "name": "district", "type": "string", "analys": { "role": "area" } },
            { "name": "sex", "type": "string", "analys": { "role": "sex" } },
            { "name": "age", "type": "integer", "analys": { "role": "age" } },
            { "name": "w\"eight", "type": "number", "analys": { "role": "weight" } },
            { "name": "income", "type": "number", "analys": { "role": "disposableIncome" } },
            { "name": "units", "type": "number", "analys": { "role": "consumptionUnits" } },
            { "name": "transfers", "type": "number", "analys": { "role": "transfers" } },
            { "name": "rent", "type": "number", "analys": { "role": "housingCost" } },
            { "name": "months", "type": "integer", "analys": { "role": "incomeSupportMonths" } },
            { "name": "stratum", "type": "string", "analys": { "role": "stratum" } },
            { "name": "rw1", "type": "number", "analys": { "role": "replicateWeight" } },
            { "name": "rw2", "type": "number", "analys": { "role": "replicateWeight" } },
            { "name": "rw3", "type": "number", "analys": { "role": "replicateWeight" } },
            { "name": "shard", "type": "integer" }
          ],
          "missingValues": [""],
          "analys": { "confidentiality": "confidential" }
        }
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("analys-people").FullName;

    public RandomPeople(int households, int seed, int districts = 4, int years = 1, bool plain = false, bool shuffled = false)
    {
        File.WriteAllText(SchemaPath, Schema);
        var lines = Text(households, seed, districts, years, plain).TrimEnd('\n').Split('\n');
        if (shuffled) new Random(seed).Shuffle(lines.AsSpan(1));
        File.WriteAllLines(Csv, lines, new UTF8Encoding(false));
    }

    public string Csv => Path.Combine(folder, "people.csv");

    public string SchemaPath => Path.Combine(folder, "people.schema.json");

    public TableSchema TableSchema => TableSchema.Load(SchemaPath);

    public Extract Extract() => Analys.Extract.Load(Csv, TableSchema);

    /// <summary>The rows in a new database in memory.</summary>
    public SqliteConnection Sqlite()
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        TableLoader.Load(Extract(), connection, new SqliteDialect(), "people");
        return connection;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string Text(int households, int seed, int districts, int years, bool plain)
    {
        var random = new Random(seed);
        var text =
            new StringBuilder(
                "year,person,house hold,district,sex,age,\"w\"\"eight\",income,units,transfers,rent,months,stratum,rw1,rw2,rw3,shard\n");
        for (var year = 2015; year < 2015 + years; year++)
        {
            var person = 0;
            for (var household = 0; household < households; household++)
            {
                var income = random.Next(20) == 0 ? (random.Next(3) - 1) * 10_000.0
                    : Math.Round(Math.Exp(12.3 + (0.7 * Gauss(random)))) + (plain ? 0 : random.Next(4) / 4.0);
                var members = random.Next(1, 5);
                var units = plain ? 1 : 1 + (0.5 * (members - 1)) - (0.01 * random.Next(3));
                var weight = plain ? 1 : random.Next(15) == 0 ? 0 : Math.Round(0.5 + (2 * random.NextDouble()), 3);
                var district = random.Next(30) == 0 ? "" : "D" + (char)('A' + random.Next(districts)) + (random.Next(2) == 0 ? "å" : "ö");
                var rent = 20_000 + (random.NextDouble() * 60_000);
                var known = random.Next(25) != 0;
                for (var i = 0; i < members; i++)
                {
                    string[] cells =
                    [
                        $"{year}", $"{person++}", known ? $"{1000 + household}" : "", district, random.Next(2) == 0
                        ? "woman" : "man", random.Next(40) == 0 ? "" : $"{(i < 2 ? random.Next(18, 90) : random.Next(18))}",
                        Number(weight), random.Next(50) == 0 ? "" : Number(income), Number(units),
                        Number(Math.Round(Math.Max(0, income) * random.Next(4) / 10)), Number(Math.Round(rent)),
                        $"{(random.Next(4) == 0 ? random.Next(13) : 0)}",
                        household % 11 == 0 ? "" : $"S{household % 4}", Number(weight * (household % 2)),
                        Number(Math.Round(weight * 1.5, 3)), Number(Math.Round(weight * random.NextDouble(), 3)), $"{household % 3}",
                    ];
                    text.Append(string.Join(',', cells)).Append('\n');
                }
            }
        }

        return text.ToString();
    }

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static double Gauss(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
