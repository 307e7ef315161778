using System.Globalization;
using System.Text;
using Analys.Attack.Tests.Inputs;
using Analys.Attack.Tests.Play;

namespace Analys.Attack.Tests.Incomes;

/// <summary>Two sums that differ by one household: the whole less all other districts, everyone up to 18 less everyone up to 17,
/// everyone less one category.</summary>
internal sealed class DifferenceAttacker : Adversary
{
    public override string Name => "differences of means";

    public override async Task<IReadOnlyList<Claim>?> Play(Game game)
    {
        var random = game.Random;
        var labels = Labels.Draw(random, 4, "Del");
        var kinds = Labels.Draw(random, 2, "Typ");
        var byAge = random.Next(2) == 0;
        var secret = random.Next(3) == 0 ? random.Next(2_000_000, 20_000_000) : random.Next(100_000, 900_000);
        var csv = new StringBuilder("hushall,stadsdel,alder,inkomst,vikt,typ\n");
        var household = 0;
        // The one household: alone in the last district, or alone with a person of eighteen.
        Add(byAge ? labels[0] : labels[^1], byAge ? 18 : 40, secret, kinds[1]);
        foreach (var label in labels[..^1])
            for (var i = random.Next(20, 60); i > 0; i--) Add(label, random.Next(3) == 0 ? random.Next(20, 60) : random.Next(0, 18),
                Math.Round(330_000 * Math.Exp(0.4 * IncomeRegister.Normal(random))), kinds[0]);
        var file = game.Write("r.csv", csv.ToString());
        string[] columns = [.. IncomeRegister.Columns, "--measures", "mean"];
        var claims = new List<Claim>();
        if (byAge)
        {
            var rows = await game.Rows(["inequality", file, .. columns, "--ages", "0-17,0-18"]);
            if (rows is null) return null;
            foreach (var area in (string?[])[null, labels[0]])
            {
                var both = rows.Where(row => row.Area == area && row is { Value: not null, N: not null }).OrderBy(row => row.N).ToList();
                if (both.Count == 2) Claim(both[1], [both[0]]);
            }

            return claims;
        }

        var found = await game.Rows(["inequality", file, .. columns, .. random.Next(2) == 0 ? ["--by", "area,typ"]
            : Array.Empty<string>()]);
        if (found is null) return null;
        var parts = labels[..^1].Select(label => found.FirstOrDefault(row => row.Area == label && row.Population is null)).ToList();
        if (found.FirstOrDefault(row => row is { Area: null, Population: null }) is { Value: not null, N: not null } whole
            && parts.TrueForAll(part => part is { Value: not null, N: not null })) Claim(whole, parts!);
        var kind = found.Where(row => row.Area is null && row.Population is not null && row is { Value: not null, N: not null }).ToList();
        if (found.FirstOrDefault(row => row is { Area: null, Population: null }) is { Value: not null, N: not null } all
            && kind.Count == 1) Claim(all, kind);
        return claims;

        void Claim(Row whole, IReadOnlyList<Row> parts)
        {
            var n = whole.N!.Value - parts.Sum(part => part.N!.Value);
            if (n < 0.5) return;
            claims.Add(new Claim(
                "the household of its own",
                ((whole.Interval.Low * whole.N.Value) - parts.Sum(part => part.Interval.High * part.N!.Value)) / n,
                ((whole.Interval.High * whole.N.Value) - parts.Sum(part => part.Interval.Low * part.N!.Value)) / n,
                secret,
                IsIncome: true));
        }

        void Add(string area, int age, double income, string kind) => csv.Append(CultureInfo.InvariantCulture,
            $"{++household},{Labels.Csv(area)},{age},{income},1,{Labels.Csv(kind)}\n");
    }
}
