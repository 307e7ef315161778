using System.Globalization;
using System.Text;
using Analys.Attack.Tests.Play;

namespace Analys.Attack.Tests.Counts;

/// <summary>Money is no count, whatever command is asked to count by it: a sum of kronor has no threshold.</summary>
public sealed class MoneyTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("analys-money").FullName;

    [Theory]
    [InlineData("inkomst")]
    [InlineData("DispInk")]
    [InlineData("bistand_kr")]
    public async Task No_command_counts_by_money(string column)
    {
        var random = new Random(1);
        var csv = new StringBuilder($"omr,typ,{column},antal\n");
        for (var i = 0; i < 60; i++)
            csv.Append(CultureInfo.InvariantCulture, $"{"ABC"[i % 3]},{"xy"[i % 2]},{random.Next(1_000, 400_000)},{random.Next(10, 90)}\n");
        var path = Path.Combine(folder, "t.csv");
        await File.WriteAllTextAsync(path, csv.ToString());
        string[][] calls =
        [
            ["release", path, "--dimensions", "omr,typ", "--count"],
            ["segregation", path, "--unit", "omr", "--group", "typ", "--count"],
        ];
        foreach (var call in calls)
        {
            var refused = await Command.Run([.. call, column, "--language", "en"]);
            Assert.Equal(2, refused.Code);
            Assert.Contains("amounts, not counts", refused.Errors, StringComparison.Ordinal);
            var counted = await Command.Run([.. call, "antal"]);
            Assert.True(counted.Code == 0, counted.Errors);
        }
    }

    [Fact]
    public async Task No_model_counts_confidential_persons_by_money()
    {
        var random = new Random(2);
        var csv = new StringBuilder("rang,ar,bidrag_kr,antal,andel\n");
        for (var i = 0; i < 6; i++)
            csv.Append(CultureInfo.InvariantCulture, $"{i + 1},{2010 + i},{random.Next(1_000, 400_000)},{200 + i},0.{i + 2}\n");
        var path = Path.Combine(folder, "m.csv");
        await File.WriteAllTextAsync(path, csv.ToString());
        string[][] calls =
        [
            ["gradient", path, "--rank", "rang", "--outcome", "andel", "--count"],
            ["forecast", path, "--period", "ar", "--value", "andel", "--count"],
            ["variance", path, "--area", "rang", "--outcome", "antal", "--count"],
        ];
        foreach (var call in calls)
        {
            var refused = await Command.Run([.. call, "bidrag_kr", "--language", "en"]);
            Assert.Equal(2, refused.Code);
            Assert.Contains("amounts, not counts", refused.Errors, StringComparison.Ordinal);
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
