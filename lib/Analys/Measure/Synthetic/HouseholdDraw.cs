using Analys.Measure.Inference;

namespace Analys.Measure.Synthetic;

/// <summary>Fills a small area with households.</summary>
internal static class HouseholdDraw
{
    // Persons per household without and with children, and children per household with children, as the draws below make them.
    private const double SizeWithout = 1.42;
    private const double SizeWith = 3.67;
    private const double ChildrenWith = 1.83;

    // The steps of a two-dimensional sequence that fills the square evenly (Roberts 2018).
    private const double StepOfBackground = 0.7548776662466927;
    private const double StepOfChildren = 0.5698402909980532;
    private static readonly double[] NumberOfChildren = [0.42, 0.82, 0.94, 0.98, 1];
    private static readonly (int Low, int High)[] AdultAges = [(19, 29), (30, 44), (45, 64), (65, 79), (80, 97)];
    private static readonly double[] AdultShares = [0.25, 0.5, 0.78, 0.94, 1];

    /// <summary>Draws the area's households: those of the register's year, then those who have left.</summary>
    public static SyntheticArea Draw(AreaPlan plan, SyntheticMargins margins, int years, long seed)
    {
        var stream = new RandomStream(seed, plan.Index);
        var district = margins.Districts[plan.District];
        var withChildren = SizeWithout * district.ChildrenShare / (ChildrenWith - (district.ChildrenShare * (SizeWith - SizeWithout)));
        double[] origins = [.. Cumulate(district.Background.AsSpan())];
        var area = new SyntheticArea(plan, years);
        // Background and children by even steps instead of chance, so that a small register follows the margins too.
        double background = stream.NextDouble(), children = stream.NextDouble();
        while (area.Persons.Count < plan.Persons)
        {
            background = (background + StepOfBackground) % 1;
            children = (children + StepOfChildren) % 1;
            var entered = years > 1 && stream.NextDouble() < 0.12 ? 1 + (int)stream.NextLong(years - 1) : 0;
            Add(area, stream, plan.Persons - area.Persons.Count, children < withChildren, background < plan.ForeignShare, origins, entered,
                years - 1);
        }

        var leavers = years > 1 ? area.Persons.Count / 10 : 0;
        var residents = area.Persons.Count;
        while (area.Persons.Count < residents + leavers)
        {
            var last = (int)stream.NextLong(years - 1);
            Add(area, stream, residents + leavers - area.Persons.Count, stream.NextDouble() < withChildren,
                stream.NextDouble() < plan.ForeignShare, origins, 0, last);
        }

        return area;
    }

    private static void Add(
        SyntheticArea area, RandomStream stream, int room, bool withChildren, bool foreign, double[] origins, int from, int to)
    {
        var origin = foreign ? 1 + Normal.Choose(stream.NextDouble(), origins) : 0;
        var children = room >= 2 && withChildren ? 1 + Normal.Choose(stream.NextDouble(), NumberOfChildren) : 0;
        var kind = stream.NextDouble();
        var heads = children > 0 ? (kind < 0.23 ? 1 : 2) : kind < 0.63 ? 1 : 2;
        heads = Math.Min(heads, Math.Max(1, room - 1));
        children = Math.Min(children, room - heads);
        Span<short> ages = stackalloc short[8];
        var oldest = 0;
        for (var i = 0; i < children; i++)
        {
            ages[i] = (short)stream.NextLong(18);
            oldest = Math.Max(oldest, ages[i]);
        }

        var head = children > 0
            ? oldest + 20 + (int)stream.NextLong(12) + (int)stream.NextLong(9)
            : AgeOfAdult(stream);
        var grown = room > heads + children && heads == 2 && head >= 42 && head < 65 && stream.NextDouble() < 0.12 ? 1 : 0;
        var partner = Math.Clamp(head + Normal.Between(stream, -5, 5), 19, 100);
        var youngest = heads == 2 ? Math.Min(head, partner) : head;
        var household = new SyntheticHousehold
        {
            First = area.Persons.Count,
            Size = heads + children + grown,
            Couple = heads == 2,
            Foreign = foreign,
            // Nobody heads a household before 18.
            From = (byte)Math.Min(to, Math.Max(from, area.Years - 1 - (youngest - 18))),
            To = (byte)to,
            Level = Normal.Draw(stream),
            Leaning = Normal.Draw(stream),
        };
        var secondary = SyntheticPlan.Logistic((0.9 * household.Level) - (0.3 * area.Plan.Position) + 0.2);
        for (var i = 0; i < household.Size; i++)
        {
            var isChild = i >= heads && i < heads + children;
            var age = isChild ? ages[i - heads] : i >= heads ? 18 + (int)stream.NextLong(5) : i == 0 ? head : partner;
            area.Persons.Add(Person(stream, age, i < heads, origin, origins, area.Plan.ForeignShare, secondary));
        }

        Dwell(ref household, stream, area.Plan, heads + children + grown);
        area.Households.Add(household);
    }

    private static SyntheticPerson Person(RandomStream stream, int age, bool head, int origin, double[] origins, double foreignShare,
        double schooling)
    {
        // One member in ten has a background of its own.
        if (stream.NextDouble() < 0.1) origin = stream.NextDouble() < foreignShare ? 1 + Normal.Choose(stream.NextDouble(), origins) : 0;
        var u = stream.NextDouble();
        var unemployed = stream.NextDouble();
        return new SyntheticPerson
        {
            Age = (short)age,
            Woman = stream.NextDouble() < 0.505,
            Origin = (byte)origin,
            Head = head,
            Education = (byte)(age < 16 ? 0 : age < 19 ? 1 : u < schooling * 0.75 ? 3 : u < 0.88 ? 2 : 1),
            UnemploymentMonths = (byte)(age is < 20 or > 64 ? 255 : unemployed < 0.09 ? 1 + (int)(unemployed / 0.09 * 12) : 0),
        };
    }

    private static void Dwell(ref SyntheticHousehold household, RandomStream stream, AreaPlan plan, int persons)
    {
        var rented = SyntheticPlan.Logistic(-0.2 + (0.7 * plan.Position) - (0.6 * household.Level));
        household.Tenure = (byte)(stream.NextDouble() < rented ? 0 : persons >= 3 && stream.NextDouble() < 0.5 ? 2 : 1);
        var month = (3600 + (1150 * Math.Min(persons, 7))) * (0.85 + (0.3 * stream.NextDouble())) * (household.Tenure == 1 ? 0.9 : 1);
        household.HousingCost = 12 * (int)month;
    }

    private static int AgeOfAdult(RandomStream stream)
    {
        var (low, high) = AdultAges[Normal.Choose(stream.NextDouble(), AdultShares)];
        return Normal.Between(stream, low, high);
    }

    private static List<double> Cumulate(ReadOnlySpan<double> parts)
    {
        double total = 0, sum = 0;
        foreach (var part in parts) total += part;
        var cumulated = new List<double>();
        foreach (var part in parts) cumulated.Add((sum += part) / total);
        return cumulated;
    }
}

/// <summary>Draws from distributions that a stream of uniform numbers gives.</summary>
internal static class Normal
{
    /// <summary>A standard normal number (Box–Muller).</summary>
    public static double Draw(RandomStream stream)
    {
        var u = 1 - stream.NextDouble();
        return Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * stream.NextDouble());
    }

    /// <summary>A whole number from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public static int Between(RandomStream stream, int low, int high) => low + (int)stream.NextLong(high - low + 1);

    /// <summary>The index of the interval of cumulated shares into which <paramref name="u"/> falls.</summary>
    public static int Choose(double u, ReadOnlySpan<double> cumulated)
    {
        var i = 0;
        while (i < cumulated.Length - 1 && u >= cumulated[i]) i++;
        return i;
    }
}
