using System.Text.Json.Nodes;

namespace Analys.Cli.Tests;

/// <summary>Whether two runs of the command gave the same document but for the call and the source: texts alike, numbers to 1e-9.</summary>
internal static class Engines
{
    private static readonly string[] OfTheSource = ["command", "source"];

    public static void Same(CommandRun expected, CommandRun actual, bool inOrder = false)
    {
        Assert.True(actual.Code == expected.Code && expected.Output.Length > 0, expected.Errors + actual.Errors);
        var (a, b) = (Document(expected), Document(actual));
        Assert.Equal(a.Head, b.Head);
        Assert.Equal(a.Records.Count, b.Records.Count);
        if (!inOrder)
        {
            // An engine has no order of rows.
            a.Records.Sort((x, y) => string.CompareOrdinal(x.Texts, y.Texts));
            b.Records.Sort((x, y) => string.CompareOrdinal(x.Texts, y.Texts));
        }

        foreach (var (x, y) in a.Records.Zip(b.Records))
        {
            Assert.Equal(x.Texts, y.Texts);
            foreach (var ((name, left), (_, right)) in x.Numbers.Zip(y.Numbers))
            {
                // A standard error is the root of a difference of sums: where it is zero, its last digits are compared as a variance.
                var tolerance = name == "standardError" && left < 1e-7 ? 1e-7 : 1e-9 * Math.Max(1, Math.Abs(left));
                Assert.True(Math.Abs(left - right) <= tolerance, $"{x.Texts} {name}: {left:R} and {right:R}");
            }
        }
    }

    public static JsonObject Node(CommandRun run) => JsonNode.Parse(run.Output)!.AsObject();

    private static (string Head, List<(string Texts, List<(string Name, double Value)> Numbers)> Records) Document(CommandRun run)
    {
        var node = Node(run);
        var records = node["results"]!.AsArray().Select(result => Record(result!.AsObject())).ToList();
        foreach (var name in OfTheSource.Append("results")) node.Remove(name);
        return (node.ToJsonString(), records);
    }

    private static (string, List<(string, double)>) Record(JsonObject record)
    {
        var numbers = new List<(string, double)>();
        foreach (var (name, value) in record.ToList())
        {
            if (value is not JsonValue number || !number.TryGetValue<double>(out var found)) continue;
            numbers.Add((name, found));
            record[name] = "number";
        }

        return (record.ToJsonString(), numbers);
    }
}
