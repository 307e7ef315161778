using System.Globalization;
using System.Text;
using Analys.Attack.Tests.Play;

namespace Analys.Attack.Tests.Counts;

/// <summary>Tables with noise by cell keys, by different columns of the same register: every printed count is within the bound of its
/// true one, and true totals are sums. He solves for the small counts.</summary>
internal sealed class CellKeyAttacker : Adversary
{
    private const int Bound = 3;

    public override string Name => "noise by cell keys";

    public override async Task<IReadOnlyList<Claim>?> Play(Game game)
    {
        var random = game.Random;
        var (areas, kinds) = (random.Next(2, 5), random.Next(2, 5));
        var csv = new StringBuilder("lopnr,stadsdel,typ\n");
        var truth = new Dictionary<string, int>();
        var number = 1000;
        for (var area = 0; area < areas; area++)
        {
            for (var kind = 0; kind < kinds; kind++)
            {
                var count = random.Next(2) == 0 ? random.Next(0, 5) : random.Next(5, 60);
                foreach (var id in (string[])[$"a{area}|k{kind}", $"a{area}|T",
                    $"T|k{kind}", "T|T"]) truth[id] = truth.GetValueOrDefault(id) + count;
                for (var i = 0; i < count; i++) csv.Append(CultureInfo.InvariantCulture, $"{++number},a{area},k{kind}\n");
            }
        }

        var file = game.Write("r.csv", csv.ToString());
        var seed = game.Write("seed.bin", new string((char)('a' + random.Next(26)), 32));
        string[] keys = ["--person", "lopnr", "--seed-file", seed, "--policy", "cellkey"];
        var both = await Command.Table([file, "--dimensions", "stadsdel,typ", .. keys]);
        var alone = await Command.Table([file, "--dimensions", "stadsdel", .. keys]);
        if (both is null || alone is null) return null;
        // The same persons have the same noise: a second table of them tells nothing new.
        foreach (var (id, (value, _)) in alone.Cells)
            if (value != both.Cells[id == "T" ? "T|T"
                : $"{id}|T"].Value) throw new InvalidOperationException("The same persons were given another noise.");
        var system = new IntegerSystem();
        var unknowns = both.Cells.ToDictionary(
            cell => cell.Key,
            cell => cell.Value.Value is > 0 and { } shown ? system.Add(Math.Max(1, shown - Bound), shown + Bound, truth[cell.Key])
                : system.Add(0, Bound, truth[cell.Key]));
        foreach (var (total, parts) in both.Equations) system.Sum(unknowns[total], parts.Select(part => unknowns[part]));
        return [.. unknowns.Where(pair => truth[pair.Key] is > 0 and < 5).Select(pair =>
        {
            var (low, high) = system.Prove(pair.Value, truth[pair.Key]);
            return new Claim(pair.Key, low, high, truth[pair.Key], IsIncome: false);
        })];
    }
}
