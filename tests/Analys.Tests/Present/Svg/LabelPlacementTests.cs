using Analys.Present.Svg;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Analys.Tests.Present.Svg;

public class LabelPlacementTests
{
    private static readonly Arbitrary<int[]> Places = Gen.Choose(0, 300).ArrayOf().ToArbitrary();

    [Property]
    public Property Spread_labels_do_not_overlap_and_keep_their_order() => Prop.ForAll(Places, wanted =>
    {
        var placed = LabelPlacement.Spread([.. wanted.Select(place => (double)place)], 12, 0, 300);
        var order = Enumerable.Range(0, wanted.Length).OrderBy(i => wanted[i]).ThenBy(i => i).Select(i => placed[i]).ToList();
        return order.Zip(order.Skip(1), (a, b) => b - a).All(gap => gap >= 12 - 1e-9);
    });

    [Property]
    public Property Spread_labels_stay_inside_where_there_is_room() => Prop.ForAll(Places, wanted =>
        wanted.Length > 25 || LabelPlacement.Spread([.. wanted.Select(place => (double)place)], 12, 0, 300)
        .All(place => place is >= 6 - 1e-9 and <= 294 + 1e-9));

    [Fact]
    public void A_label_with_room_stays_where_it_wants() =>
    Assert.Equal([50.0, 100, 200], LabelPlacement.Spread([50, 100, 200], 12, 0, 300));

    [Property]
    public Property Labels_beside_points_do_not_overlap() => Prop.ForAll(
        Gen.Choose(0, 400).Two().ArrayOf().ToArbitrary(), points =>
        {
            var boxes = LabelPlacement.Beside([.. points.Select(p => ((double)p.Item1, (double)p.Item2, 6.0, 60.0))], 14,
                new(0, 0, 460, 420)).OfType<LabelPlacement.Box>().ToList();
            return boxes.Select((box, i) => boxes.Take(i).All(other => !other.Overlaps(box))).All(free => free);
        });
}
