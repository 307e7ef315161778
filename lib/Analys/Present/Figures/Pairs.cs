using Analys.Domain;
using Analys.Present.Numbers;

namespace Analys.Present.Figures;

/// <summary>The two values of each area, for dumbbell and slope.</summary>
internal sealed class Pairs
{
    internal sealed record Item(string Label, Result? First, Result? Second);

    private Pairs(string first, string second, IReadOnlyList<Item> items)
    {
        First = first;
        Second = second;
        Items = items;
    }

    public string First { get; }

    public string Second { get; }

    /// <summary>By the second value, largest first; then those without, by name.</summary>
    public IReadOnlyList<Item> Items { get; }

    public IEnumerable<Result> Rows => Items.SelectMany(item => new[] { item.First, item.Second }).OfType<Result>();

    public static Pairs Of(IReadOnlyList<Result> rows, PairOptions options)
    {
        var series = SeriesName.Of(rows, options.Series, options, period: true);
        var names = rows.Select(series).Distinct().Order(SwedishOrder.Comparer).ToList();
        var first = options.First ?? names.FirstOrDefault() ?? "";
        var second = options.Second ?? names.LastOrDefault() ?? "";
        var items = rows.Where(row => series(row) == first || series(row) == second).GroupBy(options.LabelOf).Select(area =>
        {
            Result? One(string name)
            {
                var found = area.Where(row => series(row) == name).Take(2).ToList();
                return found.Count < 2 ? found.FirstOrDefault() : throw new ArgumentException("A pair shows two results per area, and an area has more: choose with Where, or say what tells them apart.", nameof(rows));
            }

            return new Item(area.Key, One(first), first == second ? null : One(second));
        });
        return new Pairs(first, second, [.. items
            .OrderByDescending(item => item.Second?.Value.HasNumber == true ? 1 : 0)
            .ThenByDescending(item => (item.Second ?? item.First) is { Value.HasNumber: true } row ? row.Value.Number : 0)
            .ThenBy(item => item.Label, SwedishOrder.Comparer)]);
    }

    /// <summary>A row per area with both values and the change.</summary>
    public DataTable Table(PairOptions options)
    {
        var texts = Texts.Of(options.Language);
        var format = NumberFormat.For(options.Language);
        var units = Rows.Select(row => row.Unit).Distinct().ToList();
        var unit = units.Count == 1 ? $", {Words.Unit(units[0], options.Language)}" : "";
        return new DataTable(
            options.Title ?? string.Join(", ", Rows.Select(row => options.NameOf(row.Measure)).Distinct()),
            [texts["figure.table.area"], First + unit, Second + unit, texts["figure.percent.change"] + unit],
            [.. Items.Select(item => (IReadOnlyList<DataCell>)[item.Label, Cell(item.First), Cell(item.Second), Change(item)])],
            TableMaker.Marks(Rows, options.Language));

        DataCell Cell(Result? row) => row is null ? "" : new DataCell(
            format.Value(row.Value, row.Unit, options.Decimals), row.Value.HasNumber ? TableMaker.InHeadingsUnit(row.Value.Number, row.Unit) : null);

        DataCell Change(Item item)
        {
            if (item is not { First.Value.HasNumber: true, Second.Value.HasNumber: true } || item.First.Unit != item.Second.Unit) return "";
            var change = item.Second.Value.Number - item.First.Value.Number;
            var decimals = options.Decimals ?? NumberFormat.DefaultDecimals(item.First.Unit);
            var text = item.First.Unit == Units.Share ? format.Points(change, decimals) : format.Number(change, decimals);
            return new DataCell(change > 0 ? $"+{text}" : text, TableMaker.Difference(item.First, item.Second));
        }
    }
}
