using Analys.Attack.Tests.Counts;
using Analys.Attack.Tests.Incomes;
using Analys.Attack.Tests.Play;
using Xunit.Abstractions;

namespace Analys.Attack.Tests;

/// <summary>Every kind of attacker plays against the command, and learns nobody's income and no withheld count.</summary>
public class AttackTests(ITestOutputHelper output)
{
    private const int Games = 20;

    internal static IReadOnlyList<Adversary> All { get; } =
    [
        new LorenzAttacker(), new MomentAttacker(), new QuantileAttacker(), new DifferenceAttacker(), new StepAttacker(),
        new TableAttacker(Reader.Outsider), new TableAttacker(Reader.LegendAware), new TableAttacker(Reader.Insider),
        new IndexAttacker(local: true), new IndexAttacker(local: false),
        new LabelAttacker(), new LineAttacker(), new AgeAttacker(), new NestedAttacker(), new YearAttacker(), new LedgerAttacker(),
    ];

    public static TheoryData<string> Names => [.. All.Select(attacker => attacker.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task No_attacker_learns_anything(string name)
    {
        var score = await Arena.Play(All.First(attacker => attacker.Name == name), Games);
        output.WriteLine(score.ToString());
        foreach (var report in score.Reports) output.WriteLine(report);
        Assert.True(score.Leaks == 0, $"{score}\n{string.Join('\n', score.Reports)}");
    }
}
