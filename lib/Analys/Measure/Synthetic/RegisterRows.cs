using System.Buffers.Text;
using System.Text;
using Analys.Load.Schema;

namespace Analys.Measure.Synthetic;

/// <summary>The rows of the register's files, area by area.</summary>
internal sealed class RegisterRows
{
    private const int IdsPerArea = 10_000;
    private const int SupportPerMonth = 7_500;
    private static readonly byte[][] Origins = Bytes(SyntheticMargins.Origins);
    private static readonly byte[][] Education = Bytes(["", "förgymnasial", "gymnasial", "eftergymnasial"]);
    private static readonly byte[][] Tenure = Bytes(["hyresrätt", "bostadsrätt", "äganderätt"]);
    private static readonly byte[][] Family =
        Bytes(["ensamstående utan barn", "ensamstående med barn", "sammanboende utan barn", "sammanboende med barn"]);
    private readonly SyntheticRegister register;
    private readonly byte[][] sdo14, sdo13, sdo11;
    private readonly int[] weights, allowance;

    public RegisterRows(SyntheticRegister register)
    {
        this.register = register;
        var geography = Geography.Stockholm;
        string[] names = [.. register.Margins.Districts.Select(district => district.Name)];
        sdo14 = Bytes(names);
        var to13 = geography.Crosswalk("sdo14", "sdo13");
        var to11 = geography.Crosswalk("sdo14", "sdo11");
        sdo13 = Bytes(names.Select(name => to13.Target[name]));
        sdo11 = Bytes(names.Select(name => to11.Target[name]));
        var persons = SyntheticPlan.Apportion([.. register.Margins.Districts.Select(district => district.Population)], register.Persons);
        // In ten thousandths; each person of a district stands for as many inhabitants.
        weights =
            [.. register.Margins.Districts.Select((district, i) =>
                (int)Math.Max(1, Math.Round(10_000 * district.Population / persons[i])))];
        allowance = [.. Enumerable.Range(register.FirstYear, register.Years)
            .Select(year => (int)PolicyParameters.ChildAllowance.Months(year).Sum())];
    }

    /// <summary>The cross-section: everyone of the register's year.</summary>
    public void CrossSection(int index, RowBuffer rows)
    {
        var area = register.Areas[index];
        var district = area.Plan.District;
        var name = Encoding.UTF8.GetBytes(area.Plan.Name);
        var year = register.Years - 1;
        for (var h = 0; h < area.Households.Count; h++)
        {
            var household = area.Households[h];
            if (!area.IsCurrent(household)) continue;
            var at = (h * register.Years) + year;
            var (units, children, withAllowance) = area.Composition(household, year, register.Scale);
            var transfers = (withAllowance * allowance[year]) + (area.SupportMonths[at] * SupportPerMonth);
            for (var i = household.First; i < household.First + household.Size; i++)
            {
                var person = area.Persons[i];
                Identity(rows, area, i, h, register.Year, person.Age);
                rows.Cell(person.Woman ? "kvinna"u8 : "man"u8);
                rows.Cell(sdo14[district]);
                rows.Cell(sdo13[district]);
                rows.Cell(sdo11[district]);
                rows.Cell(name);
                rows.Cell(Family[(household.Couple ? 2 : 0) + (children > 0 ? 1 : 0)]);
                rows.Cell(Origins[person.Origin]);
                rows.Cell(Education[person.Education]);
                rows.Cell(Tenure[household.Tenure]);
                rows.Cell(household.HousingCost);
                Income(rows, area.Income[at], units);
                rows.Cell(transfers);
                rows.Cell(area.SupportMonths[at]);
                if (person.UnemploymentMonths == 255) rows.Cell(""u8);
                else rows.Cell(person.UnemploymentMonths);
                rows.TenThousandths(weights[district]);
                rows.Cell(district + 1);
                rows.EndRow();
            }
        }
    }

    /// <summary>The panel: everyone in every year in which they live in the city, few columns.</summary>
    public void Panel(int index, RowBuffer rows)
    {
        var area = register.Areas[index];
        for (var h = 0; h < area.Households.Count; h++)
        {
            var household = area.Households[h];
            for (int year = household.From; year <= household.To; year++)
            {
                var at = (h * register.Years) + year;
                var (units, _, _) = area.Composition(household, year, register.Scale);
                for (var i = household.First; i < household.First + household.Size; i++)
                {
                    var age = area.Persons[i].Age - (register.Years - 1 - year);
                    if (age < 0) continue;
                    Identity(rows, area, i, h, register.FirstYear + year, age);
                    rows.Cell(sdo14[area.Plan.District]);
                    Income(rows, area.Income[at], units);
                    rows.Cell(area.SupportMonths[at]);
                    rows.TenThousandths(weights[area.Plan.District]);
                    rows.EndRow();
                }
            }
        }
    }

    /// <summary>Eight columns of the register's year, for measuring speed.</summary>
    public void Benchmark(int index, RowBuffer rows)
    {
        var area = register.Areas[index];
        var year = register.Years - 1;
        for (var h = 0; h < area.Households.Count; h++)
        {
            var household = area.Households[h];
            if (!area.IsCurrent(household)) continue;
            var at = (h * register.Years) + year;
            var (units, _, _) = area.Composition(household, year, register.Scale);
            for (var i = household.First; i < household.First + household.Size; i++)
            {
                rows.Cell(Id(area, i));
                rows.Cell(Id(area, h));
                rows.Cell(area.Persons[i].Age);
                rows.Cell(sdo14[area.Plan.District]);
                rows.Cell(area.Income[at]);
                rows.Hundredths((long)Math.Round(100 * (area.Income[at] / units)));
                rows.Cell(area.SupportMonths[at]);
                rows.TenThousandths(weights[area.Plan.District]);
                rows.EndRow();
            }
        }
    }

    /// <summary>One row per small area: persons by origin, children, children in households with income support.</summary>
    public void AreaCounts(int index, RowBuffer rows)
    {
        var area = register.Areas[index];
        var counts = new int[Origins.Length];
        int total = 0, children = 0, supported = 0;
        for (var h = 0; h < area.Households.Count; h++)
        {
            var household = area.Households[h];
            if (!area.IsCurrent(household)) continue;
            for (var i = household.First; i < household.First + household.Size; i++)
            {
                counts[area.Persons[i].Origin]++;
                total++;
                if (area.Persons[i].Age > 17) continue;
                children++;
                if (area.SupportMonths[(h * register.Years) + register.Years - 1] > 0) supported++;
            }
        }

        rows.Cell(Encoding.UTF8.GetBytes(area.Plan.Name));
        rows.Cell(sdo14[area.Plan.District]);
        foreach (var count in counts) rows.Cell(count);
        rows.Cell(total);
        rows.Cell(children);
        rows.Cell(supported);
        rows.EndRow();
    }

    private static void Identity(RowBuffer rows, SyntheticArea area, int person, int household, int year, int age)
    {
        rows.Cell(Id(area, person));
        rows.Cell(Id(area, household));
        rows.Cell(year);
        rows.Cell(age);
    }

    private static void Income(RowBuffer rows, int income, double units)
    {
        rows.Cell(income);
        rows.Hundredths((long)Math.Round(100 * units));
        rows.Hundredths((long)Math.Round(100 * (income / units)));
    }

    // Never ten digits: a serial number that looks like a personal number would be refused when it is loaded.
    private static long Id(SyntheticArea area, int index) => ((area.Plan.Index + 1L) * IdsPerArea) + index;

    private static byte[][] Bytes(IEnumerable<string> texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];
}

/// <summary>Rows of a text file as UTF-8 bytes: semicolons between cells, decimal comma, a line feed after each row.</summary>
internal sealed class RowBuffer
{
    private const int LongestCell = 64;
    private byte[] bytes = new byte[1 << 16];

    /// <summary>The number of bytes.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Span => bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>A cell of text.</summary>
    public void Cell(ReadOnlySpan<byte> text)
    {
        Reserve(text.Length + 1);
        text.CopyTo(bytes.AsSpan(Length));
        Length += text.Length;
        bytes[Length++] = (byte)';';
    }

    /// <summary>A cell with a whole number.</summary>
    public void Cell(long number)
    {
        Reserve(LongestCell);
        Utf8Formatter.TryFormat(number, bytes.AsSpan(Length), out var written);
        Length += written;
        bytes[Length++] = (byte)';';
    }

    /// <summary>A cell with two decimals.</summary>
    /// <param name="hundredths">The number times 100.</param>
    public void Hundredths(long hundredths) => Decimals(hundredths, 100);

    /// <summary>A cell with four decimals.</summary>
    /// <param name="tenThousandths">The number times 10 000.</param>
    public void TenThousandths(long tenThousandths) => Decimals(tenThousandths, 10_000);

    /// <summary>Ends the row: the last semicolon becomes a line feed.</summary>
    public void EndRow() => bytes[Length - 1] = (byte)'\n';

    private void Decimals(long number, int one)
    {
        Reserve(LongestCell);
        if (number < 0) bytes[Length++] = (byte)'-';
        var size = Math.Abs(number);
        Utf8Formatter.TryFormat(size / one, bytes.AsSpan(Length), out var written);
        Length += written;
        bytes[Length++] = (byte)',';
        for (var digit = one / 10; digit > 0; digit /= 10) bytes[Length++] = (byte)('0' + (size / digit % 10));
        bytes[Length++] = (byte)';';
    }

    private void Reserve(int more)
    {
        if (Length + more > bytes.Length) Array.Resize(ref bytes, Math.Max(bytes.Length * 2, Length + more));
    }
}
