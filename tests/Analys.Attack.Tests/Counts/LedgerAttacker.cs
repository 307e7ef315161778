using System.Globalization;
using System.Text;
using Analys.Attack.Tests.Play;
using Analys.Disclosure;

namespace Analys.Attack.Tests.Counts;

/// <summary>Two releases of one register under a ledger, the second from a file that was saved anew: other order, other separator,
/// another column, another year beside.</summary>
/// <remarks>The first has rows by kinds, the second by kinds that are cut otherwise: what one withholds may be the difference of what
/// both print.</remarks>
internal sealed class LedgerAttacker : Adversary
{
    public override string Name => "changed files with a ledger";

    public override async Task<IReadOnlyList<Claim>?> Play(Game game)
    {
        if (game.Rounding != CountRounding.None) return [];
        var random = game.Random;
        var (areas, kinds) = (random.Next(3, 5), random.Next(3, 5));
        var persons = new List<(int Number, int Area, int Kind)>();
        for (var area = 0; area < areas; area++)
            for (var kind = 0; kind < kinds; kind++)
                for (var i = random.Next(3) == 0 ? random.Next(0, 5) : random.Next(5,
                    40); i > 0; i--) persons.Add((1000 + persons.Count, area, kind));
        // The coarse kinds: the last two are one, so that the table of the others has another pattern.
        var first = game.Write("a.csv", Csv(persons, ',', extra: false));
        var change = random.Next(4);
        var second = change switch
        {
            0 => game.Write("b.csv", Csv([.. persons.OrderBy(_ => random.Next())], ',', extra: false)),
            1 => game.Write("b.csv", Csv(persons, ';', extra: false)),
            2 => game.Write("b.csv", Csv(persons, ',', extra: true)),
            _ => game.Write("b.csv", Csv([.. persons.OrderBy(_ => random.Next())], ';', extra: true)),
        };
        var ledger = game.PathOf("liggare.jsonl");
        string[] columns = random.Next(2) == 0 ? ["--contributors", "lopnr"] : [];
        if (await game.Table([first, "--dimensions", "stadsdel,typ", .. columns, "--ledger", ledger]) is not { } fine) return null;
        if (await game.Table([second, "--dimensions", "stadsdel,grov", .. columns, "--ledger", ledger]) is not { } coarse) return [];
        var system = new IntegerSystem();
        var unknowns = new Dictionary<string, int>();
        var truth = new Dictionary<string, int>();
        Read(fine, kind => $"k{kind}", "f ");
        Read(coarse, kind => $"g{Math.Min(kind, kinds - 2)}", "g ");
        // What is the same in both, and the coarse kind as a sum of two.
        foreach (var area in (string[])[.. Enumerable.Range(0, areas).Select(i => $"a{i}"), "T"])
        {
            Same($"f {area}|T", [$"g {area}|T"]);
            for (var kind = 0; kind < kinds - 2; kind++) Same($"f {area}|k{kind}", [$"g {area}|g{kind}"]);
            Same($"g {area}|g{kinds - 2}", [$"f {area}|k{kinds - 2}", $"f {area}|k{kinds - 1}"]);
        }

        return [.. unknowns.Where(pair => truth[pair.Key] > 0 && truth[pair.Key] < game.Threshold).Select(pair =>
        {
            var (low, high) = system.Prove(pair.Value, truth[pair.Key]);
            return new Claim(pair.Key, low, high, truth[pair.Key], IsIncome: false);
        })];

        void Same(string total, string[] parts)
        {
            if (unknowns.TryGetValue(total, out var whole) && Array.TrueForAll(parts, unknowns.ContainsKey)) system.Sum(whole,
                parts.Select(part => unknowns[part]));
        }

        void Read(TableCells seen, Func<int, string> label, string prefix)
        {
            foreach (var (id, (value, _)) in seen.Cells)
            {
                var parts = id.Split('|');
                truth[prefix + id] = persons.Count(person => (parts[0] == "T" || parts[0] == $"a{person.Area}") && (parts[1] == "T"
                    || parts[1] == label(person.Kind)));
                unknowns[prefix + id] = value is { } v ? system.Add(v, v) : system.Add(truth[prefix + id] == 0 ? 0 : 1,
                    hint: truth[prefix + id]);
            }

            foreach (var (total, parts) in seen.Equations) system.Sum(unknowns[prefix + total], parts.Select(part =>
                unknowns[prefix + part]));
        }

        string Csv(IReadOnlyList<(int Number, int Area, int Kind)> rows, char separator, bool extra)
        {
            var csv = new StringBuilder("lopnr,stadsdel,typ,grov".Replace(',', separator) + (extra ? $"{separator}anteckning" : "") + "\n");
            string Note(int number) => extra ? $"{separator}{number % 7}" : "";
            foreach (var (number, area, kind) in rows)
                csv.Append(CultureInfo.InvariantCulture,
                    $"{number}{separator}a{area}{separator}k{kind}{separator}g{Math.Min(kind, kinds - 2)}{Note(number)}\n");
            return csv.ToString();
        }
    }
}
