using System.Globalization;
using System.Text;

namespace Analys.Attack.Tests.Inputs;

/// <summary>A person who is a household of his own, with what the measures of counts look at.</summary>
internal sealed record Person(int Number, int Area, int Kind, int Age, double Income, double Transfers, double Housing, int Months,
    double[] Earlier);

/// <summary>A register of persons in areas and categories of which every cell has a number of its own, so that a row is known by its N
/// whatever its labels.</summary>
internal sealed class PersonRegister
{
    private PersonRegister(string[] areas, string[] kinds, List<Person> persons) => (Areas, Kinds, Persons) = (areas, kinds, persons);

    public string[] Areas { get; }

    public string[] Kinds { get; }

    public IReadOnlyList<Person> Persons { get; }

    /// <summary>The years of a panel, the last being the one measured.</summary>
    public static int[] Years { get; } = [2014, 2015, 2016, 2017];

    /// <summary>The columns of the file by their options.</summary>
    public static string[] Columns =>
    [
        "--income", "inkomst", "--area", "stadsdel", "--age", "alder", "--household", "hushall", "--transfers", "bidrag",
        "--housing-cost", "boende", "--support-months", "manader", "--interval", "none",
    ];

    /// <summary>The cells: an area or all (−1), a category or all (−1); one that is alone is all.</summary>
    public IEnumerable<(int Area, int Kind)> Cells => Places(Areas.Length).SelectMany(area => Places(Kinds.Length).Select(kind => (area,
        kind)));

    /// <summary>Draws a register; <paramref name="few"/> makes counts that differ by little the rule.</summary>
    public static PersonRegister Draw(Random random, int areas, int kinds, bool few)
    {
        var (areaNames, kindNames) = (Labels.Draw(random, areas, "Område"), Labels.Draw(random, kinds, "typ"));
        while (true)
        {
            var persons = new List<Person>();
            for (var area = 0; area < areas; area++)
            {
                for (var kind = 0; kind < kinds; kind++)
                {
                    var all = random.Next(24, 140);
                    var poor = Count(random, all / 3);
                    // Between two lines, two measures, two years there is often nobody or a handful.
                    var between = few && random.Next(3) > 0 ? random.Next(0, 5) : Count(random, all / 3);
                    for (var i = 0; i < all; i++)
                    {
                        var age = random.Next(4) == 0 ? 17 : random.Next(0, 17);
                        if (few && random.Next(12) > 0 && age == 17) age = random.Next(0, 17);
                        var income = i < poor ? random.Next(40_000, 99_000) : i < poor + between ? random.Next(101_000, 149_000)
                            : random.Next(260_000, 500_000);
                        var inner = i >= poor && i < poor + between;
                        var transfers = inner ? 60_000 : random.Next(0, 20_000);
                        var housing = inner ? random.Next(60_000, 90_000) : random.Next(100, 900);
                        double[] earlier = [.. Years[..^1].Select(_ => inner ? random.Next(260_000, 400_000)
                            : income * (1 + (0.001 * random.Next(10))))];
                        persons.Add(new Person(persons.Count + 1, area, kind, age, income, transfers, housing, i < poor
                            ? random.Next(10, 13) : inner ? random.Next(1, 10) : 0, earlier));
                    }
                }
            }

            var register = new PersonRegister(areaNames, kindNames, persons);
            if (register.IsTelling(_ => true) && register.IsTelling(person => person.Age <= 16)) return register;
        }
    }

    /// <summary>How many persons of a kind a cell has.</summary>
    public int CountOf((int Area, int Kind) cell, Func<Person, bool> counted) =>
        Persons.Count(person => (cell.Area < 0 || person.Area == cell.Area) && (cell.Kind < 0 || person.Kind == cell.Kind)
            && counted(person));

    /// <summary>The file of one year.</summary>
    public string Csv()
    {
        var csv = new StringBuilder("hushall,stadsdel,typ,alder,inkomst,bidrag,boende,manader\n");
        foreach (var p in Persons) csv.Append(CultureInfo.InvariantCulture,
            $"{p.Number},{Place(p)},{p.Age},{p.Income},{p.Transfers},{p.Housing},{p.Months}\n");
        return csv.ToString();
    }

    /// <summary>The file of a panel: a row for each person and year.</summary>
    public string Panel()
    {
        var csv = new StringBuilder("person,hushall,stadsdel,typ,ar,inkomst\n");
        foreach (var p in Persons)
        {
            for (var year = 0; year < Years.Length; year++)
                csv.Append(CultureInfo.InvariantCulture,
                    $"{p.Number},{p.Number},{Place(p)},{Years[year]},{IncomeOf(p, year)}\n");
        }

        return csv.ToString();
    }

    private string Place(Person person) => $"{Labels.Csv(Areas[person.Area])},{Labels.Csv(Kinds[person.Kind])}";

    private static double IncomeOf(Person person, int year) => year < person.Earlier.Length ? person.Earlier[year] : person.Income;

    private static IEnumerable<int> Places(int count) => count == 1 ? [-1] : Enumerable.Range(-1, count + 1);

    private static int Count(Random random, int most) => random.Next(4) switch
    {
        0 => random.Next(0, 5),
        1 => random.Next(5, 8),
        _ =>
        random.Next(5, Math.Max(6, most))
    };

    private bool IsTelling(Func<Person, bool> counted)
    {
        var counts = Cells.Select(cell => CountOf(cell, counted)).ToList();
        return counts.Distinct().Count() == counts.Count;
    }
}
