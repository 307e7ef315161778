using System.Globalization;
using Analys.Attack.Tests.Areas;
using Analys.Attack.Tests.Counts;
using Analys.Attack.Tests.Fuzz;
using Analys.Attack.Tests.Incomes;
using Analys.Attack.Tests.Outputs;
using Analys.Attack.Tests.Play;
using Xunit.Abstractions;

namespace Analys.Attack.Tests;

/// <summary>Every kind of attacker plays against the command, and learns nobody's income and no withheld count.</summary>
/// <remarks>
/// Twenty games of a kind (fewer of the slow ones), and sixty spoiled files. Longer: <c>ANALYS_ATTACK_GAMES=500 ANALYS_FUZZ=100000 dotnet test
/// tests/Analys.Attack.Tests</c>; with <c>ANALYS_ATTACK_PROGRAM=…/Analys.Cli.dll</c> against the program of its own, with
/// <c>ANALYS_ATTACK_FIRST</c> from
/// another seed.
/// </remarks>
public class AttackTests
{
    private readonly ITestOutputHelper output;

    public AttackTests(ITestOutputHelper output)
    {
        this.output = output;
        Command.Program = Environment.GetEnvironmentVariable("ANALYS_ATTACK_PROGRAM");
    }

    internal static IReadOnlyList<Adversary> All { get; } =
    [
        new LorenzAttacker(), new MomentAttacker(), new QuantileAttacker(), new DifferenceAttacker(), new StepAttacker(),
        new TableAttacker(Reader.Outsider), new TableAttacker(Reader.LegendAware), new TableAttacker(Reader.Insider),
        new IndexAttacker(local: true), new IndexAttacker(local: false),
        new LabelAttacker(), new LineAttacker(), new AgeAttacker(), new NestedAttacker(), new YearAttacker(), new LedgerAttacker(),
            new RecodeAttacker(), new WeightAttacker(),
        new CellKeyAttacker(), new PageAttacker(),
        .. ModelAttacker.All, new PooledAttacker(), new WhatIfAttacker(),
    ];

    public static TheoryData<string> Names => [.. All.Select(attacker => attacker.Name)];

    public static TheoryData<string> Files => [.. FileReader.All.Select(one => one.Name)];

    public static TheoryData<string> Readers => [.. ContractFuzz.All.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task No_attacker_learns_anything(string name)
    {
        var attacker = All.First(one => one.Name == name);
        var score = await Arena.Play(attacker, Many("ANALYS_ATTACK_GAMES", attacker.Usual), Many("ANALYS_ATTACK_FIRST", 1));
        output.WriteLine(score.ToString());
        foreach (var report in score.Reports) output.WriteLine(report);
        Assert.True(score.Leaks == 0, $"{score}\n{string.Join('\n', score.Reports)}");
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task Every_reader_ends_in_a_finding(string name)
    {
        var (read, refused, wrong) = await ContractFuzz.All.First(one => one.Name == name).Play(Many("ANALYS_FUZZ", 60));
        output.WriteLine($"{name}: {read} read, {refused} refused, {wrong.Count} unforeseen");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(10)));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_file_reader_reads_or_throws_what_the_command_has_words_for(string name)
    {
        var (read, refused, wrong) = FileReader.All.First(one => one.Name == name).Play(Many("ANALYS_FUZZ", 300));
        output.WriteLine($"{name}: {read} read, {refused} refused, {wrong.Count} unforeseen");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(10)));
    }

    private static int Many(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var many) ? many
            : usual;
}
