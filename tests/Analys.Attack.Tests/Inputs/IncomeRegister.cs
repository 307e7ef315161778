using System.Globalization;
using System.Text;

namespace Analys.Attack.Tests.Inputs;

/// <summary>A register of households with incomes: one small district that the attacker is after, and a large one.</summary>
/// <param name="Small">The name of the small district.</param>
/// <param name="Incomes">The incomes of its households, ascending.</param>
/// <param name="Size">Persons in each of its households.</param>
/// <param name="Csv">The file.</param>
internal sealed record IncomeRegister(string Small, double[] Incomes, int Size, string Csv)
{
    /// <summary>The options that name the columns.</summary>
    public static string[] Columns =>
        ["--income", "inkomst", "--weight", "vikt", "--area", "stadsdel", "--age", "alder", "--household", "hushall", "--interval", "none"];

    /// <summary>Persons in the small district.</summary>
    public int Persons => Incomes.Length * Size;

    /// <summary>Draws a register.</summary>
    /// <param name="random">Chance.</param>
    /// <param name="households">Households of the small district.</param>
    /// <param name="poor">How many of them are poor by any line; null as they fall.</param>
    public static IncomeRegister Draw(Random random, int households, int? poor = null)
    {
        var labels = Labels.Draw(random, 3, "Område");
        var size = random.Next(1, 4);
        double[] incomes = [.. Enumerable.Range(0, households).Select(i => Math.Round(poor is { } few && i < few ? random.Next(20_000,
            120_000) : random.Next(280_000, 420_000) * Math.Exp(0.3 * Normal(random))))];
        // Now and then somebody is rich.
        if (random.Next(3) == 0) incomes[^1] = random.Next(1_000_000, 20_000_000);
        var rows = new List<(int Household, string Area, int Age, double Income)>();
        var household = 0;
        foreach (var income in incomes) Add(labels[0], income, size);
        foreach (var area in labels[1..])
        {
            for (var i = random.Next(60, 140); i > 0; i--) Add(area, Math.Round(330_000 * Math.Exp(0.45 * Normal(random))),
                random.Next(1, 5));
        }

        var csv = new StringBuilder("hushall,stadsdel,alder,inkomst,vikt\n");
        foreach (var row in rows.OrderBy(_ => random.Next())) csv.Append(CultureInfo.InvariantCulture,
            $"{row.Household},{Labels.Csv(row.Area)},{row.Age},{row.Income},1\n");
        return new(labels[0], [.. incomes.Order()], size, csv.ToString());

        void Add(string area, double income, int persons)
        {
            household++;
            for (var i = 0; i < persons; i++) rows.Add((household, area, i < 2 ? random.Next(25, 60) : random.Next(0, 18), income));
        }
    }

    /// <summary>A normal number.</summary>
    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
