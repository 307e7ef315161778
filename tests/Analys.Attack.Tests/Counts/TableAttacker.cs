using System.Globalization;
using System.Text;
using Analys.Attack.Tests.Play;
using Analys.Disclosure.Tables;

namespace Analys.Attack.Tests.Counts;

/// <summary>What the reader of a table reckons with.</summary>
internal enum Reader
{
    /// <summary>Withheld cells are at least 1, since zeros are shown.</summary>
    Outsider,

    /// <summary>And he reads in the legend which rule withholds a cell: U below the threshold, S not.</summary>
    LegendAware,

    /// <summary>And he is the one of a cell of 1.</summary>
    Insider,
}

/// <summary>Solves a released table by its totals.</summary>
internal sealed class TableAttacker(Reader reader) : Adversary
{
    public override string Name => $"linear programmes, {reader}";

    public override async Task<IReadOnlyList<Claim>?> Play(Game game)
    {
        var table = CountTable.Draw(game.Random);
        if (await game.Table(table.Call(game)) is not { } seen) return null;
        var claims = new List<Claim>();
        if (reader != Reader.Insider)
        {
            claims.AddRange(Claims(game, table, seen, null));
            return claims;
        }

        if (!Policy.Load(game.Policy).GuardAgainstInsiders) return [];
        foreach (var (own, truth) in table.Cells)
        {
            // He knows the innermost cell that he is in; sums of one that hold it are himself again.
            if (truth != 1 || own.Split('|').Contains(TableCell.Total) || !seen.Cells.TryGetValue(own, out var cell)
                || cell.Value is not null) continue;
            // What holds nobody but himself he knows without the table; and of others he must not learn who are few.
            claims.AddRange(Claims(game, table, seen, own).Where(claim => !(claim.Truth == 1 && Holds(claim.Target, own))
                && claim.Truth > 0 && claim.Truth < game.Threshold));
            if (claims.Count > 200) break;
        }

        return claims;
    }

    private static bool Holds(string total, string own) =>
        total.Split('|').Zip(own.Split('|')).All(pair => pair.First == TableCell.Total || pair.First == pair.Second);

    /// <summary>What follows for the withheld cells.</summary>
    /// <param name="game">The game.</param>
    /// <param name="table">The truth.</param>
    /// <param name="seen">The release.</param>
    /// <param name="own">The cell of an insider, or nothing.</param>
    /// <param name="accepts">What else a solution must satisfy, given by cell.</param>
    internal IEnumerable<Claim> Claims(Game game, CountTable table, TableCells seen, string? own, Func<IReadOnlyDictionary<string, int>,
        Func<double[], bool>>? accepts = null)
    {
        var system = new IntegerSystem();
        var unknowns = new Dictionary<string, int>();
        // Where the policy withholds zeros, or uses some to hide others, he must reckon with them.
        double least = !Policy.Load(game.Policy).ZerosAreSafe
            || seen.Cells.Any(cell => cell.Value.Value is null && table.Cells[cell.Key] == 0) ? 0 : 1;
        foreach (var (id, (value, status)) in seen.Cells)
        {
            var (low, high) = (value, status) switch
            {
                ({ } v, _) when game.Rounding is CountRounding.Base5 or CountRounding.Base3 => (v - 4, v + 4),
                ({ } v, _) when game.Rounding == CountRounding.City => id.Contains('T', StringComparison.Ordinal) ? (0,
                    double.PositiveInfinity) : v == 0 ? (0, 2) : v == 5 ? (3, 5) : (v, v),
                ({ } v, _) => (v, v),
                (null, "U") when reader != Reader.Outsider && !seen.HasOneMark => (least, game.Threshold - 1.0),
                (null, "S") when reader != Reader.Outsider && !seen.HasOneMark && least > 0 => (game.Threshold, double.PositiveInfinity),
                _ => (least, double.PositiveInfinity),
            };
            unknowns[id] = system.Add(Math.Max(0, low), high, table.Cells[id]);
        }

        if (own is not null) system.Bound(unknowns[own], 1, 1);
        foreach (var (total, parts) in seen.Equations) system.Sum(unknowns[total], parts.Select(part => unknowns[part]));
        var solution = accepts?.Invoke(unknowns);
        foreach (var (id, (value, _)) in seen.Cells)
        {
            double truth = table.Cells[id];
            // Under rounding every small count is a secret, elsewhere every withheld one.
            if (game.Rounding == CountRounding.None ? value is not null : truth is 0 || truth >= game.Threshold) continue;
            var (low, high) = system.Prove(unknowns[id], truth, solution);
            yield return new Claim(id, low, high, truth, IsIncome: false);
        }
    }
}

/// <summary>A table of counts with many small ones.</summary>
internal sealed class CountTable
{
    private readonly string[] dimensions;
    private readonly string csv;

    private CountTable(string[] dimensions, string csv, Dictionary<string, int> cells) => (this.dimensions, this.csv,
        Cells) = (dimensions, csv, cells);

    /// <summary>All cells and totals by their names in the release.</summary>
    public IReadOnlyDictionary<string, int> Cells { get; }

    public string[] Call(Game game) => [game.Write("t.csv", csv), "--dimensions", string.Join(',', dimensions), "--count", "n"];

    public static CountTable Draw(Random random, int? columns = null)
    {
        int[] sizes = columns is { } two ? [random.Next(3, 7), two] : random.Next(3) switch
        {
            0 => [random.Next(2, 4), random.Next(2, 4), random.Next(2, 4)],
            1 => [random.Next(4, 7), random.Next(4, 7)],
            _ => [random.Next(3, 5), random.Next(3, 6)],
        };
        string[] names = ["rad", "kolumn", "djup"];
        var kind = random.Next(5);
        var cells = new Dictionary<string, int>();
        var csv = new StringBuilder(string.Join(',', names[..sizes.Length]) + ",n\n");
        foreach (var place in Places(sizes))
        {
            var count = kind switch
            {
                0 => random.Next(4) switch { 0 => random.Next(0, 3), 1 => random.Next(1, 12), _ => random.Next(5, 60) },
                1 => random.Next(2) == 0 ? random.Next(0, 3) : random.Next(1, 200),
                // Ones nearly everywhere: whatever a mark does not say, the totals may.
                2 or 3 => random.Next(5) switch { < 2 => 1, 2 => random.Next(0, 2), 3 => random.Next(1, 8), _ => random.Next(5, 1000) },
                _ => (int)Math.Exp(random.NextDouble() * 6) - (random.Next(3) == 0 ? 1 : 0),
            };
            string[] labels = [.. place.Select((at, dimension) => $"{"abc"[dimension]}{at}")];
            csv.Append(CultureInfo.InvariantCulture, $"{string.Join(',', labels)},{count}\n");
            for (var mask = 0; mask < 1 << sizes.Length; mask++)
            {
                var id = string.Join('|', labels.Select((label, dimension) => (mask >> dimension & 1) == 1 ? "T" : label));
                cells[id] = cells.GetValueOrDefault(id) + count;
            }
        }

        return new CountTable(names[..sizes.Length], csv.ToString(), cells);
    }

    private static IEnumerable<int[]> Places(int[] sizes) => sizes.Length == 0 ? [[]] : Places(sizes[..^1]).SelectMany(place =>
        Enumerable.Range(0, sizes[^1]).Select(at => (int[])[.. place, at]));
}
