using System.Globalization;
using System.Text;
using Analys.Attack.Tests.Play;

namespace Analys.Attack.Tests.Counts;

/// <summary>A share with the weights of two strata, in full precision: how many of each weight have the property is in its
/// digits.</summary>
/// <remarks>He knows the weights and how many persons there are of each, tries every pair of numbers, and keeps those that give the
/// printed value, error and ends.</remarks>
internal sealed class WeightAttacker : Adversary
{
    public override string Name => "weights of strata";

    public override async Task<IReadOnlyList<Claim>?> Play(Game game)
    {
        if (game.Rounding != CountRounding.None || Policy.Load(game.Policy).CellKey is not null) return [];
        var random = game.Random;
        int[] all = [random.Next(30, 90), random.Next(30, 90)], poor = [random.Next(1, 5), random.Next(12, 25)];
        double[] weights = random.Next(3) switch { 0 => [1.5, 2.5], 1 => [1, 1 + random.NextDouble()], _ => [1, random.Next(2, 40)] };
        var csv = new StringBuilder("hushall,stadsdel,inkomst,vikt\n");
        var household = 0;
        for (var stratum = 0; stratum < 2; stratum++)
        {
            for (var i = 0; i < all[stratum]; i++)
            {
                var income = i < poor[stratum] ? random.Next(20_000, 90_000) : random.Next(150_000, 400_000);
                csv.Append(CultureInfo.InvariantCulture, $"{++household},a,{income},{weights[stratum]:R}\n");
            }
        }

        var method = random.Next(2) == 0 ? "wilson" : "linearised";
        var rows = await game.Rows("poverty", game.Write("r.csv", csv.ToString()), "--income", "inkomst", "--household", "hushall",
            "--area", "stadsdel", "--weight", "vikt", "--line", "fixed:100000", "--measures", "at-risk-of-poverty-rate",
            "--interval", method);
        if (rows is null) return null;
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        var shown = rows.Where(row => row.Value is not null).ToList();
        if (shown.Count == 0) return [];
        var total = (weights[0] * all[0]) + (weights[1] * all[1]);
        for (var a = 0; a <= all[0]; a++)
        {
            for (var b = 0; b <= all[1]; b++)
            {
                var share = ((weights[0] * a) + (weights[1] * b)) / total;
                if (!shown.TrueForAll(row => share >= row.Interval.Low && share <= row.Interval.High)) continue;
                (low, high) = (Math.Min(low, a), Math.Max(high, a));
            }
        }

        return high < low ? [] : [new Claim("the poor of one weight", low, high, poor[0], IsIncome: false)];
    }
}
