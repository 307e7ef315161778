using System.Globalization;
using System.Text;
using Analys.Attack.Tests.Play;

namespace Analys.Attack.Tests.Counts;

/// <summary>Two releases of one register under a ledger, the second from a file that was saved anew: other order, other separator, another
/// column, another year beside it.</summary>
/// <remarks>The first is by district and kind, the second by sex too: each has its own pattern of withheld cells, and what one withholds
/// the other may print. Columns that are cut otherwise: <see cref="RecodeAttacker"/>.</remarks>
internal sealed class LedgerAttacker : Adversary
{
    public override string Name => "changed files with a ledger";

    public override async Task<IReadOnlyList<Claim>?> Play(Game game)
    {
        if (game.Rounding != CountRounding.None || Policy.Load(game.Policy).CellKey is not null) return [];
        var random = game.Random;
        var (areas, kinds) = (random.Next(3, 5), random.Next(2, 4));
        var persons = new List<(int Number, int Area, int Kind, int Sex)>();
        for (var area = 0; area < areas; area++)
        {
            for (var kind = 0; kind < kinds; kind++)
            {
                var all = random.Next(3) == 0 ? random.Next(0, 5) : random.Next(5, 40);
                var women = random.Next(3) == 0 ? random.Next(0, 5) : all / 2;
                for (var i = 0; i < all; i++) persons.Add((1000 + persons.Count, area, kind, i < women ? 0 : 1));
            }
        }

        var first = game.Write("a.csv", Csv(persons, ',', extra: false));
        var shuffled = persons.OrderBy(_ => random.Next()).ToList();
        var second = game.Write("b.csv", random.Next(4) switch
        {
            0 => Csv(shuffled, ',', extra: false),
            1 => Csv(persons, ';', extra: false),
            2 => Csv(persons, ',', extra: true),
            _ => Csv(shuffled, ';', extra: true),
        });
        string[] both = ["--ledger", game.PathOf("liggare.jsonl"), .. random.Next(2) == 0 ? ["--contributors", "lopnr"]
            : Array.Empty<string>()];
        var order = random.Next(2) == 0 ? "stadsdel,typ,kon" : "kon,typ,stadsdel";
        var coarseFirst = random.Next(2) == 0;
        var questions = coarseFirst ? (string[])["stadsdel,typ", order] : [order, "stadsdel,typ"];
        if (await game.Table([first, "--dimensions", questions[0], .. both]) is not { } one) return null;
        if (await game.Table([second, "--dimensions", questions[1], .. both]) is not { } two) return [];
        var zerosAreShown = Policy.Load(game.Policy).ZerosAreSafe;
        var system = new IntegerSystem();
        var unknowns = new Dictionary<string, (int Variable, int Truth)>();
        foreach (var (seen, columns) in ((TableCells, string)[])[(one, questions[0]), (two, questions[1])])
        {
            string Cell(string id)
            {
                var parts = id.Split('|').Zip(columns.Split(','), (value, column) => (value, column)).ToDictionary(pair => pair.column,
                    pair => pair.value);
                return $"{parts["stadsdel"]}|{parts["typ"]}|{parts.GetValueOrDefault("kon", "T")}";
            }

            foreach (var (id, (value, _)) in seen.Cells)
            {
                var cell = Cell(id);
                if (!unknowns.TryGetValue(cell, out var known))
                {
                    var truth = CountOf(cell.Split('|'));
                    unknowns[cell] = known = (system.Add(truth == 0 || !zerosAreShown ? 0 : 1, hint: truth), truth);
                }

                if (value is { } v) system.Bound(known.Variable, v, v);
            }

            foreach (var (total, parts) in seen.Equations) system.Sum(unknowns[Cell(total)].Variable, parts.Select(part =>
                unknowns[Cell(part)].Variable));
        }

        return [.. unknowns.Where(pair => pair.Value.Truth > 0 && pair.Value.Truth < game.Threshold).Select(pair =>
        {
            var (low, high) = system.Prove(pair.Value.Variable, pair.Value.Truth);
            return new Claim(pair.Key, low, high, pair.Value.Truth, IsIncome: false);
        })];

        int CountOf(string[] cell) => persons.Count(person => (cell[0] is "T" || cell[0] == $"a{person.Area}")
            && (cell[1] is "T" || cell[1] == $"k{person.Kind}") && (cell[2] is "T" || cell[2] == $"s{person.Sex}"));
    }

    private static string Csv(IReadOnlyList<(int Number, int Area, int Kind, int Sex)> rows, char separator, bool extra)
    {
        var csv = new StringBuilder("lopnr,stadsdel,typ,kon".Replace(',', separator) + (extra ? $"{separator}anteckning" : "") + "\n");
        foreach (var (number, area, kind, sex) in rows)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{number}{separator}a{area}{separator}k{kind}{separator}s{sex}");
            if (extra) csv.Append(CultureInfo.InvariantCulture, $"{separator}{number % 7}");
            csv.Append('\n');
        }

        return csv.ToString();
    }
}
