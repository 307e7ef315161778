using System.Globalization;
using Analys.Attack.Tests.Inputs;
using Analys.Attack.Tests.Play;
using MathNet.Numerics;

namespace Analys.Attack.Tests.Incomes;

/// <summary>As many power sums of the gaps as there are poor families: Newton's identities make a polynomial of them whose roots are the
/// gaps.</summary>
/// <remarks>He tries what the steps leave: every root must stay within half a per cent when each power sum is moved to the ends of what
/// it stands for.</remarks>
internal sealed class MomentAttacker : Adversary
{
    public override string Name => "moments";

    public override async Task<IReadOnlyList<Claim>?> Play(Game game)
    {
        // By a line that everybody is below the moments are of all incomes; by the common one of the poor's.
        var everyone = game.Random.Next(2) == 0;
        var families = everyone ? game.Random.Next(5, 9) : game.Random.Next(5, 8);
        var register = everyone ? IncomeRegister.Draw(game.Random, families) : IncomeRegister.Draw(game.Random,
            families + game.Random.Next(8, 30), families);
        if (everyone && register.Incomes[^1] > 1_900_000) return [];
        var orders = string.Join(',', Enumerable.Range(1, families).Select(a => string.Create(CultureInfo.InvariantCulture, $"fgt:{a}")));
        string[] line = everyone ? ["--line", "fixed:2000000"] : [];
        var rows = await game.Rows(["poverty", game.Write("r.csv", register.Csv), .. IncomeRegister.Columns, .. line, "--measures",
            $"{orders},at-risk-of-poverty-threshold"]);
        if (rows is null) return null;
        var threshold = everyone ? (Low: 2_000_000.0, High: 2_000_000.0) : rows.FirstOrDefault(row =>
            row is { Measure: "at-risk-of-poverty-threshold", Area: null, Value: not null })?.Interval ?? (0, 0);
        if (threshold.High <= 0) return [];
        var sums = new List<(double Low, double High)>();
        foreach (var row in rows.Where(row => row.Measure == "fgt" && row.Area == register.Small).OrderBy(row =>
            double.Parse(row.Of("alpha")!, CultureInfo.InvariantCulture)))
        {
            if (row.Value is null) return [];
            // n persons in households of one size: sums over households are n/size times the mean.
            sums.Add((row.Interval.Low * register.Incomes.Length, row.Interval.High * register.Incomes.Length));
        }

        if (sums.Count < families) return [];
        var truth = register.Incomes.Take(families).ToArray();
        double[]? low = null, high = null;
        for (var trial = 0; trial < 40; trial++)
        {
            var chance = new Random(trial);
            var power = sums.Select(sum => trial == 0 ? (sum.Low + sum.High) / 2 : chance.Next(2) == 0 ? sum.Low : sum.High).ToArray();
            var z = trial == 0 ? (threshold.Low + threshold.High) / 2 : chance.Next(2) == 0 ? threshold.Low : threshold.High;
            if (Roots(power) is not { } gaps)
            {
                // Exact digits make an exact polynomial; where steps are small the ends may have no real roots, and nothing is proved.
                if (trial == 0) return [];
                (low, high) = (null, null);
                break;
            }

            double[] incomes = [.. gaps.Select(gap => z * (1 - gap)).Order()];
            low = low is null ? incomes : [.. low.Zip(incomes, Math.Min)];
            high = high is null ? incomes : [.. high.Zip(incomes, Math.Max)];
        }

        return low is null ? [] : [.. low.Select((from, i) => new Claim($"family {i + 1} of {families}", from, high![i], truth[i],
            IsIncome: true))];
    }

    // Power sums to elementary symmetric sums to the roots of the polynomial.
    private static double[]? Roots(double[] power)
    {
        var k = power.Length;
        var e = new double[k + 1];
        e[0] = 1;
        for (var m = 1; m <= k; m++)
        {
            for (var i = 1; i <= m; i++) e[m] += (i % 2 == 1 ? 1 : -1) * e[m - i] * power[i - 1];
            e[m] /= m;
        }

        var coefficients = new double[k + 1];
        for (var i = 0; i <= k; i++) coefficients[k - i] = (i % 2 == 0 ? 1 : -1) * e[i];
        try
        {
            var roots = FindRoots.Polynomial(coefficients);
            return Array.TrueForAll(roots, root => Math.Abs(root.Imaginary) < 1e-3 && root.Real is > -0.001 and < 1.001)
                ? [.. roots.Select(root => root.Real)] : null;
        }
        catch (NonConvergenceException)
        {
            return null;
        }
    }
}
