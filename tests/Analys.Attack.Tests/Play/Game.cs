using System.Globalization;

namespace Analys.Attack.Tests.Play;

/// <summary>What an attacker says that he has found out, and what is true.</summary>
/// <param name="Target">Whom or what he speaks of, for the report of a leak.</param>
/// <param name="Low">His lower bound.</param>
/// <param name="High">His upper bound.</param>
/// <param name="Truth">What is so.</param>
/// <param name="IsIncome">An income (within half a per cent) or a count (exactly).</param>
internal sealed record Claim(string Target, double Low, double High, double Truth, bool IsIncome)
{
    /// <summary>How near an income counts as known.</summary>
    public const double Near = 0.005;

    /// <summary>An attacker claims what he can prove: a bound on either side, near enough to name one number.</summary>
    public bool IsMade => IsIncome ? High - Low <= 2 * Near * Math.Abs((Low + High) / 2)
        : Math.Floor(High + 1e-9) - Math.Ceiling(Low - 1e-9) < 1;

    /// <summary>Whether he is right.</summary>
    public bool IsRight => IsIncome ? Math.Abs(((Low + High) / 2) - Truth) <= Near * Math.Abs(Truth)
        : Math.Abs(Math.Round((Low + High) / 2) - Truth) < 0.5;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Target}: {Low:G10} to {High:G10}, is {Truth:G10}");
}

/// <summary>One way of attacking: makes an input, asks the command, says what it found.</summary>
internal abstract class Adversary
{
    /// <summary>Its name.</summary>
    public abstract string Name { get; }

    /// <summary>How many games the suite plays of it.</summary>
    public virtual int Usual => 20;

    /// <summary>Plays one game and gives the claims, made or not; null where everything was refused.</summary>
    /// <param name="game">The input folder, the chance, the policy, and the calls.</param>
    public abstract Task<IReadOnlyList<Claim>?> Play(Game game);

    public override string ToString() => Name;
}

/// <summary>One game: chance from its seed, a folder of its own, a policy; keeps the calls for the report.</summary>
internal sealed class Game(int seed, string policy, string folder)
{
    private readonly List<string> calls = [];

    public Random Random { get; } = new(seed);

    public string Policy => policy;

    /// <summary>The smallest count that the policy shows.</summary>
    public int Threshold { get; } = Analys.Policy.Load(policy) is { Threshold: > 0 } rules ? rules.Threshold : 5;

    /// <summary>How counts are changed under the policy.</summary>
    public CountRounding Rounding { get; } = Analys.Policy.Load(policy).Rounding;

    /// <summary>The calls so far, as one would type them.</summary>
    public string Calls => string.Join("\n    ", calls);

    public string Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public string PathOf(string name) => Path.Combine(folder, name);

    public async Task<IReadOnlyList<Row>?> Rows(params string[] call)
    {
        string[] whole = [.. call, "--policy", policy];
        calls.Add("analys " + string.Join(' ', whole.Select(Quoted)));
        return await Command.Rows(whole);
    }

    /// <summary>The truth behind a call, row for row.</summary>
    public static async Task<IReadOnlyList<Row>> Truth(params string[] call) =>
        await Command.Rows([.. call, "--confidential"]) ?? throw new InvalidOperationException("Confidential figures are never refused.");

    public async Task<TableCells?> Table(params string[] call)
    {
        string[] whole = [.. call, "--policy", policy];
        calls.Add("analys release " + string.Join(' ', whole.Select(Quoted)));
        return await Command.Table(whole);
    }

    private static string Quoted(string word) => word.Any(c => c is ' ' or '"' or '\'' or '=' or '*') ? $"'{word}'" : word;
}

/// <summary>How a kind of attacker fared.</summary>
internal sealed class Score
{
    public int Played { get; set; }

    public int Refused { get; set; }

    /// <summary>Claims considered, and those that the attacker could prove.</summary>
    public int Considered { get; set; }

    public int Leaks { get; set; }

    /// <summary>Claims made that are not so: the attacker misunderstood the release.</summary>
    public int Wrong { get; set; }

    /// <summary>Games with a leak.</summary>
    public int Broken { get; set; }

    public List<string> Reports { get; } = [];

    public override string ToString() =>
        $"{Played} games, {Refused} refused, {Considered} secrets, {Leaks} told in {Broken} games, {Wrong} wrong";
}

/// <summary>Lets attackers play.</summary>
internal static class Arena
{
    /// <summary>The shipped policies under which confidential data are released.</summary>
    public static IReadOnlyList<string> Policies { get; } = [.. Policy.Shipped.Where(name => Policy.Load(name) is { PublicOnly: false,
        Unprotected: false }).Order(StringComparer.Ordinal)];

    /// <summary>Plays one game a seed, the policies in turn.</summary>
    /// <param name="attacker">The attacker.</param>
    /// <param name="games">How many games.</param>
    /// <param name="first">The first seed.</param>
    public static async Task<Score> Play(Adversary attacker, int games, int first = 1)
    {
        var score = new Score();
        for (var seed = first; seed < first + games; seed++)
        {
            var folder = Directory.CreateTempSubdirectory("analys-attack").FullName;
            try
            {
                var game = new Game(seed, Policies[seed % Policies.Count], folder);
                score.Played++;
                if (await attacker.Play(game) is not { } claims)
                {
                    score.Refused++;
                    continue;
                }

                score.Considered += claims.Count;
                var leaks = claims.Where(claim => claim.IsMade && claim.IsRight).ToList();
                score.Leaks += leaks.Count;
                score.Wrong += claims.Count(claim => claim.IsMade && !claim.IsRight);
                if (leaks.Count == 0) continue;
                score.Broken++;
                if (score.Reports.Count >= 5) continue;
                if (Environment.GetEnvironmentVariable("ANALYS_ATTACK_KEEP") is { Length: > 0 } keep) Keep(folder, keep, seed);
                var told = string.Join("\n    ", leaks.Take(3));
                score.Reports.Add($"{attacker.Name}, seed {seed}, policy {game.Policy}\n    {game.Calls}\n    {told}");
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        return score;
    }

    // The inputs of a leak, for whoever mends it.
    private static void Keep(string folder, string keep, int seed)
    {
        foreach (var file in Directory.GetFiles(folder))
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{seed}-{Path.GetFileName(file)}");
            File.Copy(file, Path.Combine(Directory.CreateDirectory(keep).FullName, name), overwrite: true);
        }
    }
}
