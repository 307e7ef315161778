using Analys.Attack.Tests.Inputs;
using Analys.Attack.Tests.Play;

namespace Analys.Attack.Tests.Incomes;

/// <summary>The step tells how far one household moves the figure: he reads the largest income off the step of the mean, the sum and the
/// error.</summary>
/// <remarks>A step lies at least at twice the influence and seldom beyond ten times: d between step/10 and step/2. The mean's d is the
/// richest's income over the households.</remarks>
internal sealed class StepAttacker : Adversary
{
    public override string Name => "reading steps";

    public override async Task<IReadOnlyList<Claim>?> Play(Game game)
    {
        var register = IncomeRegister.Draw(game.Random, game.Random.Next(10, 60));
        string[] columns = [.. IncomeRegister.Columns[..^2], "--interval", "linearised"];
        var rows = await game.Rows(["inequality", game.Write("r.csv", register.Csv),
            .. columns, "--measures", "mean,median,gini,theil,generalised-entropy"]);
        if (rows is null) return null;
        var (n, richest) = ((double)register.Incomes.Length, register.Incomes[^1]);
        var claims = new List<Claim>();
        foreach (var mean in rows.Where(row => row.Area == register.Small && row is { Measure: "mean", Value: not null }))
        {
            double low = 0, high = double.PositiveInfinity;
            if (mean.Step is > 0 and { } step) (low, high) = (Math.Max(low, n * step / 10), Math.Min(high, n * step / 2));
            // Mean and coefficient of variation: if everyone else had the same, the richest would have at most this.
            if (rows.FirstOrDefault(row => row.Area == register.Small && row is
                {
                    Measure: "generalised-entropy",
                    Value: not null
                }) is { } entropy)
            {
                var spread = Math.Sqrt(2 * Math.Max(0, entropy.Interval.High) * (n - 1));
                high = Math.Min(high, mean.Interval.High * (1 + spread));
                low = Math.Max(low, mean.Interval.Low * (1 + (Math.Sqrt(2 * Math.Max(0, entropy.Interval.Low)) / Math.Sqrt(n - 1))));
            }

            if (high >= low) claims.Add(new Claim("the richest household", low, high, richest, IsIncome: true));
        }

        return claims;
    }
}
