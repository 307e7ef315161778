using System.Globalization;
using Analys.Attack.Tests.Inputs;
using Analys.Attack.Tests.Play;

namespace Analys.Attack.Tests.Incomes;

/// <summary>Neighbouring ordinates of a Lorenz curve differ by one household's share: times mean and households, its income.</summary>
internal sealed class LorenzAttacker : Adversary
{
    public override string Name => "Lorenz differences";

    public override async Task<IReadOnlyList<Claim>?> Play(Game game)
    {
        var count = game.Random.Next(3) switch { 0 => 10, 1 => 12, _ => game.Random.Next(10, 31) };
        var register = IncomeRegister.Draw(game.Random, count);
        // The deciles that are printed by default; or, for districts of any size, one ordinate a household.
        string[] points = count == 10 ? [.. Enumerable.Range(1, 10).Select(k => Number(k / 10.0))] : [.. Enumerable.Range(1,
            count).Select(k => Number((double)k / count))];
        string lorenz = count == 10 ? "lorenz" : "lorenz:" + string.Join(':', points);
        var rows = await game.Rows(["inequality", game.Write("r.csv", register.Csv), .. IncomeRegister.Columns, "--measures",
            $"mean,{lorenz}"]);
        if (rows is null) return null;
        var own = rows.Where(row => row.Area == register.Small && row.Value is not null).ToList();
        if (own.FirstOrDefault(row => row.Measure == "mean") is not { } mean) return [];
        var ordinates = own.Where(row => row.Measure == "lorenz").ToDictionary(row => row.Of("p")!, row => row.Interval);
        ordinates["0"] = (0, 0);
        var claims = new List<Claim>();
        for (var i = 0; i < count; i++)
        {
            if (!ordinates.TryGetValue(i == 0 ? "0" : points[i - 1], out var before) || !ordinates.TryGetValue(points[i],
                out var after)) continue;
            var (low, high) = (Math.Max(0, after.Low - before.High), after.High - before.Low);
            claims.Add(new Claim($"household {i + 1} of {count} by income", low * mean.Interval.Low * count,
                high * mean.Interval.High * count, register.Incomes[i], IsIncome: true));
        }

        return claims;
    }

    private static string Number(double p) => p.ToString("R", CultureInfo.InvariantCulture);
}
