using System.Globalization;
using Analys.Attack.Tests.Inputs;
using Analys.Attack.Tests.Play;

namespace Analys.Attack.Tests.Incomes;

/// <summary>A quantile is somebody's income: the richest's from a ratio to the median, the poorest's likewise, the median poor family's
/// from its gap.</summary>
internal sealed class QuantileAttacker : Adversary
{
    public override string Name => "quantile ratios";

    public override async Task<IReadOnlyList<Claim>?> Play(Game game)
    {
        var poor = game.Random.Next(3) == 0 ? 0 : 5 + (2 * game.Random.Next(0, 3));
        var register = IncomeRegister.Draw(game.Random, game.Random.Next(12, 40) + poor, poor);
        var file = game.Write("r.csv", register.Csv);
        // Any place in the order may be asked for, a percentile a call.
        var rank = game.Random.Next(4) switch { 0 => register.Incomes.Length - 1, 1 => 0, _ => game.Random.Next(register.Incomes.Length) };
        var p = (rank + 0.5) / register.Incomes.Length;
        string[] asked = p >= 0.5 ? ["--p", Number(p), "--q", "0.5"] : ["--p", "0.5", "--q", Number(p)];
        var rows = await game.Rows(["poverty", file, .. IncomeRegister.Columns,
            .. asked, "--measures", "median,quantile-ratio,relative-median-poverty-gap,at-risk-of-poverty-threshold"]);
        if (rows is null) return null;
        var claims = new List<Claim>();
        var own = rows.Where(row => row.Area == register.Small && row.Value is not null).ToList();
        if (own.FirstOrDefault(row => row.Measure == "median") is { } median)
        {
            if (register.Incomes.Length % 2 == 1) claims.Add(new Claim("median household", median.Interval.Low, median.Interval.High,
                register.Incomes[register.Incomes.Length / 2], IsIncome: true));
            if (own.FirstOrDefault(row => row.Measure == "quantile-ratio") is { } ratio && ratio.Interval.Low > 0)
            {
                var (low, high) = p >= 0.5
                    ? (median.Interval.Low * ratio.Interval.Low, median.Interval.High * ratio.Interval.High)
                    : (median.Interval.Low / ratio.Interval.High, median.Interval.High / ratio.Interval.Low);
                claims.Add(new Claim($"household {rank + 1} of {register.Incomes.Length}", low, high, register.Incomes[rank],
                    IsIncome: true));
            }
        }

        if (poor > 0 && own.FirstOrDefault(row => row.Measure == "relative-median-poverty-gap") is { } gap
            && rows.FirstOrDefault(row => row is { Measure: "at-risk-of-poverty-threshold", Area: null, Value: not null }) is { } line)
        {
            claims.Add(new Claim("median poor family", line.Interval.Low * (1 - gap.Interval.High),
                line.Interval.High * (1 - gap.Interval.Low), register.Incomes[poor / 2], IsIncome: true));
        }

        return claims;
    }

    private static string Number(double p) => p.ToString("R", CultureInfo.InvariantCulture);
}
