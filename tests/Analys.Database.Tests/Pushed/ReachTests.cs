using Analys.Database.Pushed;
using Analys.Measure.Income;
using Analys.Measure.Source;
using Analys.Measure.Study;
using Analys.Tests.Database;

namespace Analys.Database.Tests.Pushed;

/// <summary>How far a household moves a figure is known of a source nearly as well as of rows in memory, and never too small.</summary>
public class ReachTests
{
    private static readonly PersonColumns ByArea = new() { By = ["district"], Transfers = "transfers", HousingCost = "rent" };

    [Theory]
    [InlineData("stream")]
    [InlineData("sqlite")]
    public void It_is_that_of_rows_in_memory_and_a_little_more(string kind)
    {
        using var people = new RandomPeople(900, seed: 11, districts: 2);
        using var source = AgreementTests.Open(people, kind);
        IncomeMeasure[] measures = [.. Agreement.Measures(anchored: false).Where(measure => measure.Tells != Tells.Counts
            // Without an influence of sums a figure of a source is withheld.
            && measure.AggregateInfluence is not null)];
        var memory = new IncomeStudy { Persons = PersonTableReader.Read(people.Extract(), ByArea) }.Run(measures);
        var pushed = new PushedStudy(source, ByArea);
        var there = pushed.Run(new IncomeStudy { Persons = pushed.Persons }, measures);
        var wrong = new List<string>();
        for (var i = 0; i < memory.Count; i++)
        {
            if (!memory[i].Value.HasNumber) continue;
            // The last point of a curve is 1 whoever is there.
            if (memory[i].Basis!.Complete.Influence < 1e-12 && there[i].Basis!.Complete.Influence < 1e-12) continue;
            var (a, b) = (memory[i].Basis!.Complete, there[i].Basis!.Complete);
            var what = $"{memory[i].Measure.Id} {memory[i].Area} {string.Join(',', memory[i].Parameters.Values)}";
            var ofTails = memory[i].Measure.Id is "palma" or "income-quintile-share-ratio";
            if (memory[i].Basis!.Tells == Tells.Amount)
            {
                if (!(b.Influence >= 0.95 * a.Influence && b.Influence <= (ofTails ? 3.5 : 3)
                    * a.Influence)) wrong.Add($"{what}: {a.Influence} {b.Influence}");
                if (!(Math.Abs(a.Total - b.Total) <= 1e-9 * a.Total)) wrong.Add($"{what}: total {a.Total} {b.Total}");
                if (a.Largest.IsDefaultOrEmpty || b.Largest.IsDefaultOrEmpty)
                {
                    if (a.Largest.IsDefaultOrEmpty != b.Largest.IsDefaultOrEmpty) wrong.Add($"{what}: only one knows the largest");
                }
                else if (!(Math.Abs(a.Largest[0] - b.Largest[0]) <= 1e-9
                    * a.Largest[0])) wrong.Add($"{what}: largest {a.Largest[0]} {b.Largest[0]}");
            }
            else if (!(b.Near.Length > 5 && b.Near[4] >= 0.99 * a.Near[4] && b.Near[4] <= 2 * a.Near[4]))
            {
                wrong.Add($"{what}: near {a.Near[4]} {(b.Near.Length > 5 ? b.Near[4] : double.NaN)}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }
}
