using System.Globalization;
using System.Text;
using Analys.Measure.Inference;

namespace Analys.Benchmarks.Table;

/// <summary>A file that rows share, written when a row first needs it.</summary>
/// <param name="Path">Where it stands.</param>
/// <param name="Write">Writes it.</param>
internal sealed record TableInput(string Path, Action<string> Write)
{
    /// <summary>Writes it once: under another name first, so that a run that was stopped leaves no half of it.</summary>
    public void Make()
    {
        if (File.Exists(Path)) return;
        Write(Path + ".part");
        File.Move(Path + ".part", Path);
    }
}

/// <summary>Made-up registers and cities, the same ones each time.</summary>
internal static class TableInputs
{
    /// <summary>Persons in households of one to five, eight columns.</summary>
    public static void People(string path, int persons)
    {
        var random = new RandomStream(1, 0);
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 20);
        file.Write("person;household;district;age;sex;weight;income;months\n");
        var (household, members, income, district, weight) = (0, 0, 0.0, 0L, 0.0);
        for (var person = 0; person < persons; person++)
        {
            if (members == 0)
            {
                household++;
                members = 1 + (int)random.NextLong(5);
                income = Math.Round(Math.Exp(12.4 + (0.6 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()))
                    * Math.Cos(2 * Math.PI * random.NextDouble()))));
                (district, weight) = (random.NextLong(14), 0.5 + random.NextDouble());
            }

            members--;
            file.Write(string.Create(CultureInfo.InvariantCulture, $"{person + 10_000_000};{household + 10_000_000};Stadsdelsområde {district};"));
            file.Write(string.Create(CultureInfo.InvariantCulture,
                $"{random.NextLong(95)};{(random.NextLong(2) == 0 ? "kvinna" : "man")};{weight:F4};{income};{random.NextLong(13)}\n"));
        }
    }

    /// <summary>What the columns of <see cref="People"/> mean.</summary>
    public static void Schema(string path) => File.WriteAllText(path, """
        { "name": "people", "fields": [
          { "name": "person", "type": "integer", "analys": { "role": "person" } },
          { "name": "household", "type": "integer", "analys": { "role": "household" } },
          { "name": "district", "type": "string", "analys": { "role": "area" } },
          { "name": "age", "type": "integer", "analys": { "role": "age" } },
          { "name": "sex", "type": "string", "analys": { "role": "sex" } },
          { "name": "weight", "type": "number", "analys": { "role": "weight" } },
          { "name": "income", "type": "number", "analys": { "role": "equivalisedIncome" } },
          { "name": "months", "type": "integer", "analys": { "role": "incomeSupportMonths" } } ] }
        """);

    /// <summary>Units with coordinates, counts by group.</summary>
    public static void City(string path, int units, int groups)
    {
        var random = new RandomStream(2, 0);
        using var file = new StreamWriter(path);
        file.Write($"unit;x;y;{string.Join(';', Enumerable.Range(0, groups).Select(group => $"g{group}"))}\n");
        for (var unit = 0; unit < units; unit++)
        {
            var counts = Enumerable.Range(0, groups).Select(group => random.NextLong(1 + (900 / (1 + group))));
            file.Write(string.Create(CultureInfo.InvariantCulture,
                $"u{unit};{660_000 + random.NextLong(24_000)};{6_570_000 + random.NextLong(24_000)};{string.Join(';', counts)}\n"));
        }
    }
}
