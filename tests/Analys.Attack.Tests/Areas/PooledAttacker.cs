using System.Globalization;
using System.Text;
using Analys.Attack.Tests.Play;

namespace Analys.Attack.Tests.Areas;

/// <summary>Adds up what <c>pool</c> prints of years, of all of them, of changes and of persons in two: three figures of a district leave
/// its fourth, and the city its districts.</summary>
/// <remarks>He knows how many live in every district each year, and that those who have the property are whole numbers.</remarks>
internal sealed class PooledAttacker : Adversary
{
    private const int Years = 3;

    public override string Name => "pooled years";

    public override async Task<IReadOnlyList<Claim>?> Play(Game game)
    {
        var random = game.Random;
        string[] areas = [.. new[] { "Alvik", "Bromma", "Farsta", "Kista" }.Take(random.Next(2, 4))];
        var poor = new int[areas.Length, Years];
        var persons = new int[areas.Length, Years];
        var rows = new StringBuilder("person,ar,omr,fattig\n");
        for (var area = 0; area < areas.Length; area++)
        {
            var all = random.Next(24, 70);
            for (var year = 0; year < Years; year++)
            {
                var few = random.Next(3) switch { 0 => 0, 1 => random.Next(1, 5), _ => random.Next(5, all / 2) };
                // In each year others have it; some are not asked, and now and then all years have as many.
                var left = random.Next(2) == 0 ? 0 : random.Next(0, 8);
                for (var i = left; i < all; i++)
                {
                    var has = i - left < few;
                    poor[area, year] += has ? 1 : 0;
                    persons[area, year]++;
                    rows.Append(CultureInfo.InvariantCulture,
                        $"{(1000 * (area + 1)) + i},{2015 + year},{areas[area]},{(has ? 1 : 0)}\n");
                }
            }
        }

        var told = await game.Rows("pool", game.Write("p.csv", rows.ToString()), "--outcome", "fattig", "--time", "ar", "--key", "person",
            "--area", "omr");
        if (told is null) return null;
        var system = new IntegerSystem();
        int[,] unknown = new int[areas.Length + 1, Years];
        double[,] n = new double[areas.Length + 1, Years];
        for (var year = 0; year < Years; year++)
        {
            for (var area = 0; area < areas.Length; area++)
            {
                n[area, year] = persons[area, year];
                n[areas.Length, year] += persons[area, year];
                unknown[area, year] = system.Add(0, persons[area, year], poor[area, year]);
            }

            unknown[areas.Length, year] = system.Add(0, n[areas.Length, year]);
            system.Sum(unknown[areas.Length, year], Enumerable.Range(0, areas.Length).Select(area => unknown[area, year]));
        }

        foreach (var row in told.Where(row => row.Value is not null && row.Measure is "pooled-rate" or "pooled-change"))
        {
            var area = row.Area is null ? areas.Length : Array.IndexOf(areas, row.Area);
            int[] years = [.. row.Of("from") is { } from && row.Of("to") is { } to ? [Year(to), Year(from)]
                : row.Of("periods")!.Split(',').Select(Year)];
            var isChange = row.Measure == "pooled-change";
            var (low, high) = Told(row, game);
            system.Relate(years.Select((year, k) => (unknown[area, year],
                (isChange ? k == 0 ? 1 : -1 : 1.0 / years.Length) / n[area, year])), low, high);
        }

        var claims = new List<Claim>();
        for (var area = 0; area < areas.Length; area++)
        {
            for (var year = 0; year < Years; year++)
            {
                double truth = poor[area, year], others = persons[area, year] - truth;
                var isShown = told.Any(row => row.Area == areas[area] && row.Measure == "pooled-rate" && row.Value is not null
                    && row.Period == Text(year));
                if (isShown || !((truth > 0 && truth < game.Threshold) || (others > 0 && others < game.Threshold))) continue;
                var (low, high) = system.Prove(unknown[area, year], truth);
                claims.Add(new Claim($"{areas[area]} {Text(year)}", low, high, truth, IsIncome: false));
            }
        }

        return claims;

        int Year(string text) => int.Parse(text, CultureInfo.InvariantCulture) - 2015;
        string Text(int year) => (2015 + year).ToString(CultureInfo.InvariantCulture);
    }

    // A share is exact beside an error with a step, and changed under a policy that rounds: then it tells a range of a few persons.
    private static (double Low, double High) Told(Row row, Game game)
    {
        var value = row.Value!.Value;
        var slack = 1e-9 * Math.Max(1, Math.Abs(value));
        if (game.Rounding != CountRounding.None) return (value - 0.2, value + 0.2);
        return row.Step is > 0 and { } step && Math.Abs((value / step) - Math.Round(value / step)) < 1e-9
            ? (value - (step / 2), value + (step / 2)) : (value - slack, value + slack);
    }
}
