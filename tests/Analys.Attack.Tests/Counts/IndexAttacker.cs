using Analys.Attack.Tests.Play;

namespace Analys.Attack.Tests.Counts;

/// <summary>A table with withheld cells, and indices of the same counts: which tables give these indices?</summary>
/// <param name="local">Indices of each unit, which are inverted; or of all units together, which leave few tables of many.</param>
internal sealed class IndexAttacker(bool local) : Adversary
{
    private static readonly Dictionary<string, Func<double[][], int, double>> Formulas = new()
    {
        ["local-simpson"] = (counts, unit) => 1 - Shares(counts[unit]).Sum(p => p * p),
        ["local-diversity"] = (counts, unit) => Entropy(Shares(counts[unit])),
        ["isolation"] = (counts, group) => counts.Sum(unit => unit[group] / counts.Sum(one => one[group]) * (unit[group] / unit.Sum())),
        ["dissimilarity"] = (counts, group) => 0.5 * counts.Sum(unit => Math.Abs((unit[group] / counts.Sum(one =>
            one[group])) - ((unit.Sum() - unit[group]) / counts.Sum(one => one.Sum() - one[group])))),
        ["mutual-information"] = (counts, _) => Entropy(Shares(Totals(counts))) - counts.Sum(unit => unit.Sum() / counts.Sum(one =>
            one.Sum()) * Entropy(Shares(unit))),
        ["information-theory"] = (counts, _) => (Entropy(Shares(Totals(counts))) - counts.Sum(unit => unit.Sum() / counts.Sum(one =>
            one.Sum()) * Entropy(Shares(unit)))) / Entropy(Shares(Totals(counts))),
    };

    public override string Name => local ? "inversion of local indices" : "enumeration by global indices";

    public override async Task<IReadOnlyList<Claim>?> Play(Game game)
    {
        var groups = game.Random.Next(2, 4);
        var table = CountTable.Draw(game.Random, groups);
        var call = table.Call(game);
        // Two calls know each other by a ledger only; policies that change counts have none.
        string[] ledger = game.Rounding == CountRounding.None ? ["--ledger", game.PathOf("liggare.jsonl")] : [];
        if (await game.Table([.. call, .. ledger]) is not { } seen) return null;
        string[] measures = local ? ["local-simpson", "local-diversity"]
            : ["isolation", "dissimilarity", "mutual-information", "information-theory"];
        string[] question = ["segregation", call[0], "--unit", "rad", "--group", "kolumn", "--count", "n", "--measures",
            string.Join(',', measures)];
        var rows = await game.Rows([.. question, .. ledger]);
        if (rows is null) return [];
        var truth = await Game.Truth(question);
        var units = table.Cells.Keys.Select(id => id.Split('|')).Where(id => id[0] != "T" && id[1] != "T").Select(id =>
            id[0]).Distinct().ToArray();
        string[] names = [.. Enumerable.Range(0, groups).Select(i => $"b{i}")];
        double[][] real = [.. units.Select(unit => names.Select(name => (double)table.Cells[$"{unit}|{name}"]).ToArray())];
        var conditions = new List<(Func<double[][], int, double> Formula, int Of, double Low, double High)>();
        foreach (var row in rows.Where(row => row.Value is not null && Formulas.ContainsKey(row.Measure)))
        {
            var of = local ? Array.IndexOf(units, row.Area) : Array.IndexOf(names, row.Group);
            if (of < 0 && row.Measure is "mutual-information" or "information-theory") of = 0;
            if (of < 0) continue;
            var formula = Formulas[row.Measure];
            // Variants of a measure (other bases of the logarithm, other forms) are known by their true value: those that are not ours
            // are left aside.
            var exact = truth.FirstOrDefault(one => one.Measure == row.Measure && one.Area == row.Area && one.Group == row.Group
                && one.Value is not null);
            if (exact is null || !(Math.Abs(formula(real, of) - exact.Value!.Value) <= 1e-9)) continue;
            conditions.Add((formula, of, row.Interval.Low - 1e-10, row.Interval.High + 1e-10));
        }

        if (conditions.Count == 0) return [];
        return [.. new TableAttacker(Reader.LegendAware).Claims(game, table, seen, null, unknowns => solution =>
        {
            double[][] counts = [.. units.Select(unit => names.Select(name => solution[unknowns[$"{unit}|{name}"]]).ToArray())];
            return conditions.TrueForAll(condition => condition.Formula(counts, condition.Of) is var value && value >= condition.Low
                && value <= condition.High);
        })];
    }

    private static double[] Shares(double[] counts) => [.. counts.Select(count => count / counts.Sum())];

    private static double[] Totals(double[][] counts) => [.. Enumerable.Range(0, counts[0].Length).Select(group => counts.Sum(unit =>
        unit[group]))];

    private static double Entropy(double[] shares) => -shares.Where(p => p > 0).Sum(p => p * Math.Log(p));
}
