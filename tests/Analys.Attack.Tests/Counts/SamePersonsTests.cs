using System.Globalization;
using System.Text;
using Analys.Attack.Tests.Play;

namespace Analys.Attack.Tests.Counts;

/// <summary>A register that was saved otherwise is the same source to a ledger, and another register with the same numbers is
/// not.</summary>
/// <remarks>In the register nearly all persons have one value in each column, which is where rows are hardest to know again.</remarks>
public sealed class SamePersonsTests : IDisposable
{
    private const int Persons = 400;
    private const string Columns = "lopnr,stadsdel,typ,kon";
    private readonly string folder = Directory.CreateTempSubdirectory("analys-persons").FullName;

    public static TheoryData<string, bool> Changes => new()
    {
        { "two varied columns more", true },
        { "columns called otherwise", true },
        { "half of the rows", true },
        { "another year beside it", true },
        { "keys made anew, incomes kept", true },
        { "incomes in whole hundreds", true },
        { "no keys, incomes in whole hundreds", true },
        { "drawn numbers, all else called and coded otherwise", true },
        { "strangers with the same numbers", false },
        { "strangers with the same numbers, called otherwise", false },
        { "strangers without keys", false },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Persons_are_known_again_and_strangers_are_not(string change, bool areSame)
    {
        var isDrawn = change.StartsWith("drawn", StringComparison.Ordinal);
        var hasIncomes = change.Contains("incomes", StringComparison.Ordinal) || change == "strangers without keys";
        var hasKeys = !change.Contains("no keys", StringComparison.Ordinal) && change != "strangers without keys";
        string[] names = [.. Columns.Split(','), .. hasIncomes ? ["netto"] : Array.Empty<string>()];
        var rows = Register(isDrawn, hasIncomes, seed: 1, lone: 0.85);
        var (otherNames, other) = change switch
        {
            "two varied columns more" => ([.. names, "x", "y"], rows.Select((row, i) => (string[])[.. row, $"{i % 9}", $"{i * 7 % 5}"])),
            "columns called otherwise" => (["id", "omr", "familj", "kvinna"], rows),
            "half of the rows" => (names, rows.Take(Persons / 2)),
            "another year beside it" => (names, rows.Concat(rows.Select(row => (string[])[$"9{row[0]}", .. row[1..]]))),
            "keys made anew, incomes kept" => (names, rows.Select((row, i) => (string[])[$"{i * 7919 % 10_007}", .. row[1..]])),
            "incomes in whole hundreds" or "no keys, incomes in whole hundreds" => (names, rows.Select(row =>
                (string[])[.. row[..4], $"{100 * Math.Round(double.Parse(row[4], CultureInfo.InvariantCulture) / 100):F0}"])),
            "drawn numbers, all else called and coded otherwise" => (["id", "omr", "familj", "kvinna"],
                rows.Select(row => (string[])[row[0], .. row[1..].Select(value => value + "z")])),
            "strangers with the same numbers, called otherwise" => (["id", "omr", "familj", "kvinna"],
                Register(false, false, seed: 2, lone: 0.3).Select(row => (string[])[row[0], .. row[1..].Select(value => value + "z")])),
            _ => ((string[], IEnumerable<string[]>))(names, Register(false, hasIncomes, seed: 2, lone: 0.3)),
        };
        var ledger = Path.Combine(folder, "l.jsonl");
        await Release("a.csv", names, rows, hasKeys, ledger);
        await Release("b.csv", otherNames, other, hasKeys, ledger);
        var lines = (await File.ReadAllLinesAsync(ledger)).Where(line => line.Contains("persons\"", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, lines.Count);
        Assert.Equal(areSame, lines[1].Contains("the same persons", StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task Release(string name, string[] names, IEnumerable<string[]> rows, bool hasKeys, string ledger)
    {
        var first = hasKeys ? 0 : 1;
        var csv = new StringBuilder(string.Join(',', names[first..]) + "\n");
        foreach (var row in rows) csv.Append(string.Join(',', row[first..])).Append('\n');
        var path = Path.Combine(folder, name);
        await File.WriteAllTextAsync(path, csv.ToString());
        var run = await Command.Run("release", path, "--dimensions", names[1], "--ledger", ledger);
        Assert.True(run.Code == 0, run.Errors);
    }

    private static List<string[]> Register(bool isDrawn, bool hasIncomes, int seed, double lone)
    {
        var random = new Random(seed);
        var rows = new List<string[]>();
        for (var i = 0; i < Persons; i++)
        {
            string Value(string letter, int others) => letter + (random.NextDouble() < lone ? 0 : random.Next(1, others + 1));
            string[] row = [$"{(isDrawn ? random.Next(1, 9_000_000) : 1000 + (7 * i))}", Value("a", 4), Value("k", 2), Value("s", 1)];
            rows.Add(hasIncomes ? [.. row, $"{Math.Exp(12.4 + random.NextDouble()):F0}"] : row);
        }

        return rows;
    }
}
