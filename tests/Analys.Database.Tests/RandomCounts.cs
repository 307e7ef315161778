using System.Globalization;
using System.Text;
using Analys.Database.Sql;
using Analys.Load.Schema;
using Analys.Measure.Segregation;
using Microsoft.Data.Sqlite;

namespace Analys.Tests.Database;

/// <summary>Made-up counts by unit and group, long and wide, as CSV files with their schemas: awkward names, zeros, dashes, repeated rows,
/// sometimes a unit that is missing.</summary>
internal sealed class RandomCounts : IDisposable
{
    public static readonly string[] Groups = ["Norden \"utom\" Sverige", "Afrika", "Åland; drop table counts", "ö'vriga @p0"];
    private static readonly string[] Units =
        ["Södra 'Ängby'", "rad \"ett\"", "ÅÄÖ; --", "plain", "a b  c", "Zakynthos", "åsa", "$1 {0} ?", "ÿ%_", "1", "-1", "\\"];
    private readonly string folder = Directory.CreateTempSubdirectory("analys-counts").FullName;

    public RandomCounts(int seed, int units, bool missing = false, bool withCategories = true)
    {
        var random = new Random(seed);
        string[] order = [.. Groups];
        random.Shuffle(order);
        File.WriteAllText(Path.Combine(folder, "long.schema.json"), Schema("long", "\"group 'of\"", withCategories ? order : []));
        File.WriteAllText(Path.Combine(folder, "wide.schema.json"), Schema("wide", null, []));
        var tall = new List<string> { "city,de so,group 'of,n,shard" };
        var wide = new List<string> { $"city,de so,{string.Join(',', Groups.Select(Quoted))},all,shard" };
        for (var unit = 0; unit < units; unit++)
        {
            string city = random.Next(3) == 0 ? "Väst" : "Öst", name = missing && unit == units / 2
                ? "" : Quoted(Units[unit % Units.Length] + (unit < Units.Length ? "" : " " + unit.ToString(CultureInfo.InvariantCulture)));
            var cells = Groups.Select(_ => random.Next(4) == 0 ? 0 : random.Next(random.Next(2) == 0 ? 8 : 400)).ToArray();
            for (var group = 0; group < cells.Length; group++)
            {
                var (label, count, part) = (Quoted(Groups[group]), cells[group], random.Next(cells[group] + 1));
                if (count == 0 && random.Next(2) == 0) continue;
                if (count == 0 && random.Next(2) == 0) tall.Add($"{city},{name},{label},-,{random.Next(3)}");
                else if (random.Next(3) == 0)
                    tall.AddRange([$"{city},{name},{label},{part},{random.Next(3)}",
                        $"{city},{name},{label},{count - part},{random.Next(3)}"]);
                else tall.Add($"{city},{name},{label},{count},{random.Next(3)}");
            }

            wide.Add(
                $"{city},{name},{string.Join(',', cells.Select(cell => cell == 0 ? "-" : $"{cell}"))},{cells.Sum() + random.Next(30)},"
                    + $"{random.Next(3)}");
        }

        tall.Add($"Öst,Hela staden,{Quoted(Groups[0])},123456,0");
        wide.Add($"Öst,Hela staden,{string.Join(',', Groups.Select(_ => "999"))},123456,0");
        File.WriteAllText(Csv("long"), string.Join('\n', tall), new UTF8Encoding(false));
        File.WriteAllText(Csv("wide"), string.Join('\n', wide), new UTF8Encoding(false));
    }

    public static (string[] Keys, string[] Sums) Columns(string form) => form == "long"
        ? (["city", "de so", "group 'of"], ["n"])
        : (["city", "de so"], [.. Groups, "all"]);

    public string Csv(string form) => Path.Combine(folder, form + ".csv");

    public TableSchema TableSchema(string form) => Analys.Load.Schema.TableSchema.Load(Path.Combine(folder, form + ".schema.json"));

    public Extract Extract(string form) => Analys.Extract.Load(Csv(form), TableSchema(form));

    /// <summary>The counts by unit and group of an extract, from whichever source it came.</summary>
    public static NestedCounts Counts(string form, Extract extract) => form == "long"
        ? GroupCountsReader.Long(extract, "de so", "group 'of", "n", ["city"])
        : GroupCountsReader.Wide(extract, "de so", Groups, "all", ["city"]);

    /// <summary>The rows in a new database in memory.</summary>
    public SqliteConnection Sqlite(string form)
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        TableLoader.Load(Extract(form), connection, new SqliteDialect(), "my counts");
        return connection;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Json(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private static string Schema(string name, string? group, string[] categories)
    {
        var fields = group is null
            ? string.Join(", ",
                Groups.Select(column => $$"""{ "name": {{Json(column)}}, "type": "integer", "analys": { "role": "group" } }""")
                .Append("""{ "name": "all", "type": "integer", "analys": { "role": "total" } }"""))
            : $$"""{ "name": "group 'of", "type": "string"{{(categories.Length == 0 ? "" : $", \"categories\": "
                + $"[{string.Join(", ", categories.Select(Json))}]")}}, "analys": { "role": "group" } }, """
                + """{ "name": "n", "type": "integer", "analys": { "role": "count" } }""";
        return $$"""
            { "name": "{{name}}", "fields": [ { "name": "city", "type": "string" }, { "name": "de so", "type": "string",
              "analys": { "role": "area" } }, {{fields}}, { "name": "shard", "type": "integer" } ],
              "missingValues": [{ "value": "", "label": "missing" }, { "value": "-", "label": "nil" }],
              "analys": { "confidentiality": "confidential", "totals": ["Hela staden"] } }
            """;
    }
}
