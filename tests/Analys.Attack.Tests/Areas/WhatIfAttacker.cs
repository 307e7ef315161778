using System.Globalization;
using System.Text;
using Analys.Attack.Tests.Play;

namespace Analys.Attack.Tests.Areas;

/// <summary>Adds up what <c>whatif</c> prints before and after a rise of the norm: nobody leaves, so that after is before and those who
/// come in, in every district and in the city.</summary>
internal sealed class WhatIfAttacker : Adversary
{
    public const string Schema = """
        {"name": "r", "fields": [{"name": "hushall", "type": "integer", "analys": {"role": "household"}},
        {"name": "alder", "type": "integer", "analys": {"role": "age"}}, {"name": "omr", "type": "string", "analys": {"role": "area"}},
        {"name": "inkomst", "type": "number", "analys": {"role": "disposableIncome"}},
        {"name": "boende", "type": "number", "analys": {"role": "housingCost"}},
        {"name": "manader", "type": "integer", "analys": {"role": "incomeSupportMonths"}}]}
        """;

    public override string Name => "poor under another norm";

    public override int Usual => 12;

    public override async Task<IReadOnlyList<Claim>?> Play(Game game)
    {
        var random = game.Random;
        string[] areas = [.. new[] { "Alvik", "Bromma", "Farsta", "Kista" }.Take(random.Next(2, 5))];
        var rows = new StringBuilder("hushall,alder,omr,inkomst,boende,manader\n");
        var household = 0;
        foreach (var area in areas)
        {
            var (poor, between) = (random.Next(0, 14), random.Next(3) == 0 ? random.Next(5, 12) : random.Next(0, 4));
            for (var i = random.Next(20, 50); i > 0; i--)
            {
                household++;
                var income = poor-- > 0 ? random.Next(90_000, 140_000) : between-- > 0 ? random.Next(168_000, 186_000)
                    : random.Next(250_000, 500_000);
                foreach (var age in (int[])[38, random.Next(0, 18)])
                    rows.Append(CultureInfo.InvariantCulture, $"{household},{age},{area},{income},80000,0\n");
            }
        }

        game.Write("r.schema.json", Schema);
        string[] call = ["whatif", game.Write("r.csv", rows.ToString()), "--norm-year", "2017", "--child-norm",
            $"+{random.Next(5, 30)}%"];
        var told = await game.Rows(call);
        if (told is null) return null;
        var truth = await Game.Truth(call);
        var system = new IntegerSystem();
        var cells = new Dictionary<(string? Area, string What), int>();
        foreach (var area in areas.Prepend(null))
        {
            foreach (var what in (string[])["baseline", "changed", "change"])
            {
                cells[(area, what)] = system.Add(0, double.PositiveInfinity, Value(truth, area, what)!.Value);
                if (Value(told, area, what) is not { } number) continue;
                var open = game.Rounding == CountRounding.None ? 0 : 4;
                system.Bound(cells[(area, what)], number - open, number + open);
            }

            system.Sum(cells[(area, "changed")], [cells[(area, "baseline")], cells[(area, "change")]]);
        }

        foreach (var what in (string[])["baseline", "changed", "change"])
            system.Sum(cells[(null, what)], areas.Select(area => cells[(area, what)]));
        var claims = new List<Claim>();
        foreach (var ((area, what), cell) in cells)
        {
            var number = Value(truth, area, what)!.Value;
            if (area is null || Value(told, area, what) is not null || number <= 0 || number >= game.Threshold) continue;
            var (low, high) = system.Prove(cell, number);
            claims.Add(new Claim($"{area} {what}", low, high, number, IsIncome: false));
        }

        return claims;
    }

    private static double? Value(IReadOnlyList<Row> rows, string? area, string what)
    {
        var (measure, scenario) = what == "change" ? ("poor-children-change", "changed") : ("poor-children", what);
        return rows.FirstOrDefault(row => row.Area == area && row.Measure == measure && row.Of("scenario") == scenario)?.Value;
    }
}
