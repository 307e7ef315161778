using System.Globalization;
using System.Text;
using Analys.Attack.Tests.Play;

namespace Analys.Attack.Tests.Counts;

/// <summary>Two releases of one register under a ledger, by kinds and by kinds that are cut otherwise: what one withholds may be the
/// difference of what both print.</summary>
/// <remarks>The second cut is a column of its own (in a file that was saved anew), or categories that the call takes together; it comes
/// first or second; some of its kinds hold several of the others, or it crosses them in blocks.</remarks>
internal sealed class RecodeAttacker : Adversary
{
    public override string Name => "a column cut otherwise, with a ledger";

    public override async Task<IReadOnlyList<Claim>?> Play(Game game)
    {
        if (game.Rounding != CountRounding.None || Policy.Load(game.Policy).CellKey is not null) return [];
        var random = game.Random;
        var (areas, kinds) = (random.Next(2, 5), random.Next(3, 6));
        var merges = random.Next(2) == 0;
        var into = Enumerable.Range(0, kinds).Select(_ => random.Next(2)).ToArray();
        (into[0], into[1], into[2]) = (0, 1, random.Next(2));
        var persons = new List<(int Number, int Area, int Kind, int Part)>();
        for (var area = 0; area < areas; area++)
        {
            for (var kind = 0; kind < kinds; kind++)
            {
                for (var i = random.Next(3) == 0 ? random.Next(0, 5) : random.Next(5, 40); i > 0; i--)
                    persons.Add((1000 + persons.Count, area, kind, random.Next(2)));
            }
        }

        // --merge names every kind, and refuses one that nobody is of.
        for (var kind = 0; kind < kinds; kind++)
        {
            if (!persons.Exists(person => person.Kind == kind)) persons.Add((1000 + persons.Count, 0, kind, random.Next(2)));
        }

        // A column of its own may cut a kind in two, where it does not hold several.
        var alone = Enumerable.Range(0, kinds).Where(kind => into.Count(block => block == into[kind]) == 1).ToHashSet();
        string Cut(int kind, int part) => merges ? Merged(kind) : alone.Contains(kind) ? $"g{into[kind]}{part}" : $"g{into[kind]}";
        string Merged(int kind) => into.Count(block => block == into[kind]) == 1 ? $"k{kind}" : $"g{into[kind]}";
        var first = game.Write("a.csv", Csv(persons, Cut));
        var second = game.Write("b.csv", Csv([.. persons.OrderBy(_ => random.Next())], Cut));
        string[] ledger = ["--ledger", game.PathOf("liggare.jsonl"), .. random.Next(2) == 0 ? ["--contributors",
            "lopnr"] : Array.Empty<string>()];
        string[] plain = ["--dimensions", random.Next(2) == 0 ? "stadsdel,typ" : "typ,stadsdel"];
        string[] cut = merges
            ? ["--dimensions", "stadsdel,typ", "--merge", "typ:" + string.Join(';', into.Select((block, kind) => (block, kind))
                .GroupBy(one => one.block).Where(group => group.Count() > 1)
                .Select(group => $"g{group.Key}={string.Join('+', group.Select(one => $"k{one.kind}"))}"))]
            : ["--dimensions", "stadsdel,grov"];
        var plainFirst = random.Next(2) == 0;
        if (await game.Table([first, .. plainFirst ? plain : cut, .. ledger]) is not { } one) return null;
        if (await game.Table([second, .. plainFirst ? cut : plain, .. ledger]) is not { } two) return [];
        var (fine, coarse) = plainFirst ? (one, two) : (two, one);
        var system = new IntegerSystem();
        var unknowns = new Dictionary<string, (int Variable, int Truth)>();
        var zerosAreShown = Policy.Load(game.Policy).ZerosAreSafe;
        Read(fine, plain[1] == "typ,stadsdel", "", person => $"k{person.Kind}");
        Read(coarse, false, "cut ", person => Cut(person.Kind, person.Part));
        foreach (var area in (string[])[.. Enumerable.Range(0, areas).Select(i => $"a{i}"), "T"])
        {
            for (var block = 0; block < 2; block++)
            {
                var (own, others) = (Ids("", kind => [$"k{kind}"]), Ids("cut ", kind => merges ? [Merged(kind)] : [Cut(kind, 0),
                    Cut(kind, 1)]));
                if (own.Length == 0 || others.Length == 0) continue;
                var sum = system.Add(hint: own.Sum(id => unknowns[id].Truth));
                system.Sum(sum, own.Select(id => unknowns[id].Variable));
                system.Sum(sum, others.Select(id => unknowns[id].Variable));

                string[] Ids(string prefix, Func<int, string[]> labels) => [.. Enumerable.Range(0, kinds).Where(kind => into[kind] == block)
                    .SelectMany(labels).Distinct().Select(label => $"{prefix}{area}|{label}").Where(unknowns.ContainsKey)];
            }

            if (unknowns.TryGetValue($"{area}|T", out var a) && unknowns.TryGetValue($"cut {area}|T", out var b)) system.Sum(a.Variable,
                [b.Variable]);
        }

        return [.. unknowns.Where(pair => pair.Value.Truth > 0 && pair.Value.Truth < game.Threshold).Select(pair =>
        {
            var (low, high) = system.Prove(pair.Value.Variable, pair.Value.Truth);
            return new Claim(pair.Key, low, high, pair.Value.Truth, IsIncome: false);
        })];

        void Read(TableCells seen, bool turned, string prefix, Func<(int Number, int Area, int Kind, int Part), string> label)
        {
            string Cell(string id) => id.Split('|') is var parts && turned ? $"{prefix}{parts[1]}|{parts[0]}" : $"{prefix}{id}";
            foreach (var (id, (value, _)) in seen.Cells)
            {
                var parts = Cell(id)[prefix.Length..].Split('|');
                var truth = persons.Count(person => (parts[0] == "T" || parts[0] == $"a{person.Area}") && (parts[1] == "T"
                    || parts[1] == label(person)));
                var variable = value is { } v ? system.Add(v, v) : system.Add(truth == 0 || !zerosAreShown ? 0 : 1, hint: truth);
                unknowns[Cell(id)] = (variable, truth);
            }

            foreach (var (total, parts) in seen.Equations)
                system.Sum(unknowns[Cell(total)].Variable, parts.Select(part => unknowns[Cell(part)].Variable));
        }
    }

    private static string Csv(IReadOnlyList<(int Number, int Area, int Kind, int Part)> rows, Func<int, int, string> cut)
    {
        var csv = new StringBuilder("lopnr,stadsdel,typ,grov\n");
        foreach (var (number, area, kind, part) in rows)
            csv.Append(CultureInfo.InvariantCulture, $"{number},a{area},k{kind},{cut(kind, part)}\n");
        return csv.ToString();
    }
}
