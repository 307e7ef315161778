using System.Globalization;
using System.Text;
using Analys.Attack.Tests.Inputs;
using Analys.Attack.Tests.Play;

namespace Analys.Attack.Tests.Areas;

/// <summary>An input of a model with one number that the attacker does not know, and the calls that he makes with it.</summary>
/// <param name="Truth">The number.</param>
/// <param name="Most">The most that it can be.</param>
/// <param name="IsIncome">Whether it is an income; else a count.</param>
/// <param name="Calls">Writes the input with a number and gives the calls on it.</param>
internal sealed record ModelInput(double Truth, double Most, bool IsIncome, Func<double, IReadOnlyList<string[]>> Calls)
{
    /// <summary>Made-up tables of areas and registers for every model that the command has.</summary>
    public static IReadOnlyDictionary<string, Func<Game, ModelInput>> All { get; } =
        new Dictionary<string, Func<Game, ModelInput>>(StringComparer.Ordinal)
        {
            ["gradients"] = Gradients,
            ["forecasts"] = Forecasts,
            ["panels"] = Panels,
            ["small areas"] = SmallAreas,
            ["standardised rates"] = Standardised,
            ["variances"] = Variances,
            ["regressions of zeros and ones"] = game => Regressions(game, ofCounts: true),
            ["regressions of incomes"] = game => Regressions(game, ofCounts: false),
            ["calibrated means"] = Calibrated,
            ["pooled means"] = Pooled,
            ["effects"] = Effects,
        };

    private static string[] Names(Random random, int count) => [.. Labels.Draw(random, count, "Del").Select(Labels.Csv)];

    private static int Size(Random random) => random.Next(3) == 0 ? random.Next(20, 60) : random.Next(60, 600);

    private static ModelInput Gradients(Game game)
    {
        var random = game.Random;
        var groups = random.Next(3, 9);
        int[] n = [.. Enumerable.Range(0, groups).Select(_ => Size(random))], k = [.. n.Select(all => random.Next(0, all / 3))];
        var secret = random.Next(groups);
        string[] error = random.Next(2) == 0 ? ["--error", "binomial"] : [];
        string[] relative = ["--relative", random.Next(3) switch { 0 => "fit", 1 => "mean", _ => "log-binomial" }];
        return new(k[secret], n[secret], false, count => [["gradient", Write(game, count, "rang,fall,antal",
            Enumerable.Range(0, groups).Select(g => Text($"{g + 1},{(g == secret ? count : k[g])},{n[g]}"))),
            "--rank", "rang", "--events", "fall", "--count", "antal",
            .. error, .. relative]]);
    }

    private static ModelInput Forecasts(Game game)
    {
        var random = game.Random;
        var years = random.Next(4, 14);
        int[] n = [.. Enumerable.Range(0, years).Select(_ => Size(random))], k = [.. n.Select(all => random.Next(all / 10, all / 3))];
        var secret = random.Next(years);
        var method = random.Next(4) switch { 0 => "theta", 1 => "ses", 2 => "naive", _ => "damped" };
        return new(k[secret], n[secret], false, count => [["forecast", Write(game, count, "ar,andel,antal", Enumerable.Range(0, years)
            .Select(t => Text($"{2004 + t},{(t == secret ? count : k[t]) / n[t]},{n[t]}"))), "--period", "ar", "--value", "andel",
            "--count", "antal", "--method", method, "--horizon", "3"]]);
    }

    private static ModelInput Panels(Game game)
    {
        var random = game.Random;
        var names = Names(random, random.Next(4, 9));
        int[] n = [.. names.Select(_ => Size(random))];
        int[] k = [.. n.Select(all => random.Next(3) == 0 ? random.Next(0, 5) : random.Next(5, all / 3))];
        int[] other = [.. n.Select(all => random.Next(5, all / 2))];
        var secret = Array.FindIndex(k, count => count is > 0 and < 5) is >= 0 and var few ? few : 0;
        if (k[secret] is 0 or >= 5) k[secret] = random.Next(1, 5);
        return new(k[secret], n[secret], false, count => [["panel", Write(game, count, "omr,antal,fattiga,trangbodda",
            names.Select((name, a) => Text($"{name},{n[a]},{(a == secret ? count : k[a]) / n[a]},{(double)other[a] / n[a]}"))),
            "--by", "omr"]]);
    }

    private static ModelInput SmallAreas(Game game)
    {
        var random = game.Random;
        var names = Names(random, random.Next(6, 14));
        int[] n = [.. names.Select(_ => Size(random))], k = [.. n.Select(all => random.Next(5, all / 3))];
        double[] x = [.. n.Select((all, a) => Math.Round(((double)k[a] / all) + (0.05 * random.NextDouble()), 3))];
        var secret = random.Next(names.Length);
        string[] method = ["--method", random.Next(3) switch { 0 => "reml", 1 => "ml", _ => "fh" }];
        string[] benchmark = random.Next(2) == 0 ? ["--benchmark", "city"] : [];
        return new(k[secret], n[secret], false, count => [["smallarea", Write(game, count, "omr,skattning,varians,antal,x",
            names.Select((name, a) =>
        {
            var p = (a == secret ? count : k[a]) / n[a];
            return Text($"{name},{p},{Math.Max(1e-6, p * (1 - p) / n[a])},{n[a]},{x[a]}");
        })), "--area", "omr", "--estimate", "skattning", "--variance", "varians", "--count", "antal", "--covariates", "x", .. method,
            .. benchmark]]);
    }

    private static ModelInput Standardised(Game game)
    {
        var random = game.Random;
        var names = Names(random, random.Next(3, 7));
        string[] ages = ["0-6", "7-12", "13-17"];
        int[] n = [.. names.SelectMany(_ => ages).Select(_ => Size(random))], k = [.. n.Select(all => random.Next(0, all / 4))];
        var secret = random.Next(n.Length);
        var standard = game.Write("standard.csv", "omr,alder,fall,antal\n" + string.Join('\n', ages.Select((age, g) =>
            Text($"riket,{age},{900 + (300 * g)},{9000 + (1000 * g)}"))) + "\n");
        return new(k[secret], n[secret], false, count => [["standardise", Write(game, count, "omr,alder,fall,antal", n.Select((all, i) =>
            Text($"{names[i / 3]},{ages[i % 3]},{(i == secret ? count : k[i])},{all}"))), "--area", "omr", "--age", "alder", "--events",
            "fall", "--count", "antal", "--standard", standard]]);
    }

    private static ModelInput Variances(Game game)
    {
        var random = game.Random;
        var names = Names(random, random.Next(4, 9));
        int[] n = [.. names.Select(_ => Size(random))], k = [.. n.Select(all => random.Next(0, all / 3))];
        var secret = random.Next(names.Length);
        return new(k[secret], n[secret], false, count => [["variance", Write(game, count, "omr,fall,antal", names.Select((name, a) =>
            Text($"{name},{(a == secret ? count : k[a])},{n[a]}"))), "--area", "omr", "--outcome", "fall", "--count", "antal"]]);
    }

    // Three models of the same zeros and ones, or of incomes with now and then a very rich one.
    private static ModelInput Regressions(Game game, bool ofCounts)
    {
        var random = game.Random;
        string[] kinds = ["a", "b", "c"];
        int[] n = [.. kinds.Select(_ => random.Next(12, 90))], k = [.. n.Select(all => random.Next(1, all / 3))];
        var secret = random.Next(3);
        double[][] incomes = [.. n.Select(all => Enumerable.Range(0, all).Select(_ => Income(random)).ToArray())];
        var richest = random.Next(2) == 0 ? random.Next(2_000_000, 30_000_000) : Income(random);
        string[] Call(string path, string model, string errors) => ["regress", path, "--outcome", "y", "--variables", "typ", "--reference",
            $"typ={kinds[secret]}", "--model", model, "--errors", errors];
        return new(ofCounts ? k[secret] : richest, n[secret], !ofCounts, number =>
        {
            var path = Write(game, number, "y,typ", kinds.SelectMany((kind, g) => Enumerable.Range(0, n[g]).Select(i => Text(
                $"{(ofCounts ? i < (g == secret ? number : k[g]) ? 1 : 0 : g == secret && i == 0 ? number : incomes[g][i])},{kind}"))));
            return ofCounts ? [Call(path, "linear", "hc3"), Call(path, "logistic", "hc3"), Call(path, "poisson", "hc3"),
                Call(path, "linear", "classic")]
                : [Call(path, "linear", "hc3"), Call(path, "linear", "classic"), Call(path, "poisson", "hc1")];
        });
    }

    private static ModelInput Calibrated(Game game)
    {
        var random = game.Random;
        var names = Names(random, 3);
        var persons = Enumerable.Range(0, random.Next(60, 200)).Select(i => (Area: names[random.Next(3)],
            Sex: random.Next(2) == 0 ? "k" : "m", Income: Income(random), Weight: random.Next(1, 4))).ToArray();
        var secret = random.Next(2) == 0 ? random.Next(2_000_000, 20_000_000) : Income(random);
        var margins = game.Write("marginaler.csv", "variable,category,total\nkon,k,1000\nkon,m,1100\n");
        var method = random.Next(2) == 0 ? "raking" : "greg";
        return new(secret, 0, true, income => [["calibrate", Write(game, income, "omr,kon,inkomst,vikt", persons.Select((one, i) =>
            Text($"{one.Area},{one.Sex},{(i == 0 ? income : one.Income)},{one.Weight}"))), "--margins", margins, "--outcome", "inkomst",
            "--weight", "vikt", "--area", "omr", "--method", method, "--replicates", "20"]]);
    }

    private static ModelInput Pooled(Game game)
    {
        var random = game.Random;
        var names = Names(random, 3);
        var persons = Enumerable.Range(0, random.Next(40, 150)).Select(_ => names[random.Next(3)]).ToArray();
        var rows = Enumerable.Range(2015, 3).SelectMany(year => persons.Select((area, i) => (Year: year, Person: i, Area: area,
            Income: Income(random)))).Where(_ => random.Next(20) > 0).ToArray();
        var secret = random.Next(2) == 0 ? random.Next(2_000_000, 20_000_000) : Income(random);
        string[] window = random.Next(2) == 0 ? ["--window", "2"] : [];
        return new(secret, 0, true, income => [["pool", Write(game, income, "ar,person,omr,inkomst", rows.Select((one, i) =>
            Text($"{one.Year},{one.Person + 1000},{one.Area},{(i == 0 ? income : one.Income)}"))), "--outcome", "inkomst", "--time", "ar",
            "--key", "person", "--area", "omr", .. window]]);
    }

    private static ModelInput Effects(Game game)
    {
        var random = game.Random;
        var persons = Enumerable.Range(0, random.Next(24, 60)).Select(i => (Treated: i % 3 == 0 ? 1 : 0, Income: Income(random),
            X: random.Next(20, 60))).ToArray();
        var secret = random.Next(2) == 0 ? random.Next(2_000_000, 20_000_000) : Income(random);
        return new(secret, 0, true, income => [["effect", Write(game, income, "inkomst,fick,x", persons.Select((one, i) =>
            Text($"{(i == 0 ? income : one.Income)},{one.Treated},{one.X}"))), "--outcome", "inkomst", "--treated", "fick",
            "--covariates", "x", "--measures", "att-difference,att-regression,minimum-detectable-effect", "--replicates", "99"]]);
    }

    private static double Income(Random random) => Math.Round(320_000 * Math.Exp(0.4 * IncomeRegister.Normal(random)));

    private static string Text(FormattableString row) => row.ToString(CultureInfo.InvariantCulture);

    // Of one name everywhere: records are called after the file.
    private static string Write(Game game, double number, string header, IEnumerable<string> rows) => game.Write(
        Path.Combine(number.ToString("R", CultureInfo.InvariantCulture), "t.csv"), new StringBuilder(header).Append('\n')
        .AppendJoin('\n', rows).Append('\n').ToString());
}
