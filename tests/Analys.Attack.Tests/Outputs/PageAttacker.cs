using System.Globalization;
using System.Text.RegularExpressions;
using Analys.Attack.Tests.Play;

namespace Analys.Attack.Tests.Outputs;

/// <summary>Searches the pages, pictures and records that <c>report</c> and <c>profile</c> make of a confidential register for anybody's
/// income, and for shares that the release of the same table withholds.</summary>
internal sealed partial class PageAttacker : Adversary
{
    private const int FewestDigits = 6;

    public override string Name => "pages of a confidential register";

    public override async Task<IReadOnlyList<Claim>?> Play(Game game)
    {
        var (data, pages) = (game.PathOf("data"), game.PathOf("out"));
        var seed = game.Random.Next(1, 1_000_000).ToString(CultureInfo.InvariantCulture);
        var persons = game.Random.Next(3_000, 14_000).ToString(CultureInfo.InvariantCulture);
        var made = await Command.Run("synth", "--persons", persons, "--seed", seed, "--out", data);
        if (made.Code != 0) throw new InvalidOperationException(made.Errors);
        Directory.CreateDirectory(pages);
        var register = Directory.GetFiles(data, "syntetisk-register-*.csv")[0];
        string[] call = game.Random.Next(3) switch
        {
            0 => ["report", register, "--out", pages],
            1 => ["profile", game.Random.Next(2) == 0 ? "farsta" : "bromma", register, "--out", Path.Combine(pages, "p.html")],
            _ => ["report", register, "--out", pages, "--areas", "Farsta,Bromma"],
        };
        var run = await Command.Run([.. call, "--policy", game.Policy]);
        if (run.Code is not (0 or 1 or 3)) throw new InvalidOperationException($"{run.Code}: {run.Errors}");
        var told = new Dictionary<double, string>();
        Read("the terminal", run.Output + run.Errors, told);
        foreach (var file in Directory.GetFiles(pages, "*", SearchOption.AllDirectories).Where(file =>
            Path.GetExtension(file) is ".html" or ".svg" or ".json" or ".csv"))
            Read(Path.GetFileName(file), await File.ReadAllTextAsync(file), told);
        var claims = Incomes(await File.ReadAllLinesAsync(register)).Select(income => Found(told, "income", income)).ToList();
        claims.AddRange((await Withheld(register, game.Policy)).Select(share => Found(told, "share", share)));
        return Directory.EnumerateFiles(pages, "*.html", SearchOption.AllDirectories).Any() ? claims : null;
    }

    private static Claim Found(Dictionary<double, string> told, string what, double secret) =>
        told.TryGetValue(Math.Abs(secret), out var where) ? new($"{what} in {where}", secret, secret, secret, IsIncome: true)
            : new(what, 0, 2 * Math.Abs(secret), secret, IsIncome: true);

    // Shares of children in poverty by district that a release withholds, as a part and in per cent.
    private static async Task<IEnumerable<double>> Withheld(string register, string policy)
    {
        string[] call =
            ["poverty", register, "--by", "area", "--ages", "0-17", "--measures", "at-risk-of-poverty-rate", "--interval", "none"];
        var truth = await Game.Truth(call);
        var seen = await Command.Rows([.. call, "--policy", policy]) ?? [];
        var printed = seen.Where(row => row.Value is not null).Select(row => row.Area).ToHashSet();
        return truth.Where(row => row.Value is not null && !printed.Contains(row.Area)).Select(row => row.Value!.Value)
            .SelectMany(value => (double[])[value, 100 * value]).Where(value => Digits(value) >= FewestDigits);
    }

    // Those that are not round: one in a thousand numbers of a page would be a round one by chance.
    private static IEnumerable<double> Incomes(string[] lines)
    {
        var header = lines[0].Split(';').ToList();
        int[] at = [header.IndexOf("DispInk"), header.IndexOf("DispInkKE")];
        return lines.Skip(1).SelectMany(line => at.Select(place => line.Split(';')[place])).Where(text => text.Length > 0)
            .Select(text => double.Parse(text.Replace(',', '.'), CultureInfo.InvariantCulture)).Where(income =>
                Digits(income) >= FewestDigits).Distinct();
    }

    private static void Read(string file, string text, Dictionary<double, string> told)
    {
        var plain = Blanks().Replace(text, "");
        foreach (Match match in Number().Matches(plain))
        {
            if (!double.TryParse(match.Value.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                || Digits(number) < FewestDigits) continue;
            var from = Math.Max(0, match.Index - 40);
            told.TryAdd(number, $"{file}: {plain[from..Math.Min(plain.Length, match.Index + match.Length + 20)].ReplaceLineEndings(" ")}");
        }
    }

    private static int Digits(double number) => Math.Abs(number).ToString("E14", CultureInfo.InvariantCulture).Split('E')[0]
        .Replace(".", "", StringComparison.Ordinal).TrimEnd('0').Length;

    // Colours and names of elements are no numbers.
    [GeneratedRegex(@"(?<![#\w.,])\d+([.,]\d+)?([eE][-+]?\d+)?")]
    private static partial Regex Number();

    [GeneratedRegex(@"(?<=\d)[\u00a0\u202f\u2009](?=\d{3})|(?<=\d)&#(160|8239|8201);(?=\d{3})|(?<=\d)&nbsp;(?=\d{3})")]
    private static partial Regex Blanks();
}
