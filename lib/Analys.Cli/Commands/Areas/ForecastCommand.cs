using System.CommandLine;
using Analys.Domain;
using Analys.Measure.Areas;
using Analys.Measure.Areas.Study;

namespace Analys.Cli.Commands.Areas;

/// <summary><c>analys forecast FILE</c>: short series carried on, with how the method did before, and budgets followed up.</summary>
internal static class ForecastCommand
{
    private const int Longest = 1000;

    public static Command Create(Terminal terminal)
    {
        var common = new AreaCall(terminal, "A row per unit and period");
        var unit = AreaCall.Optional("--unit", "The column of units; without it the file is one series");
        var period = AreaCall.Required("--period", "The column of periods: 2012, 2011/12, 2012-03, 2012M03, 2012K1, 2012T1");
        var value = AreaCall.Required("--value", "The column of values");
        var horizon = new Option<int>("--horizon") { Description = AreaOptions.Horizon.Description, DefaultValueFactory = _ => 1 };
        var method = AreaCall.Choice(AreaOptions.ForecastMethod);
        var budget = AreaCall.Optional("--budget", "The column of the year's budget: months are followed up against it");
        var count = AreaCall.Optional("--count", "The column of persons behind a value, for disclosure control");
        var breaks = CommonOptions.List("--breaks", AreaOptions.Breaks.Description);
        return common.Command(
            "forecast", "Forecasts of short series with intervals and held-out accuracy; budgets month by month",
                [unit, period, value, horizon, method, budget, count, breaks],
            call => ForecastStudy.Of(
                common.Load(call, call.GetValue(count)),
                new ForecastTerms(call.GetValue(unit), call.GetRequiredValue(period), call.GetRequiredValue(value),
                    Horizon(call.GetValue(horizon)), Method(call.GetValue(method)!))
                {
                    Budget = call.GetValue(budget),
                    Count = call.GetValue(count),
                    Breaks = call.GetValue(breaks) ?? [],
                    Level = common.Level(call),
                }));
    }

    private static int Horizon(int asked) => asked is >= 1 and <= Longest ? asked
        : throw new CallException($"--horizon is from 1 to {Longest}.");

    private static ForecastMethod? Method(string name) => name == "auto" ? null : Enum.Parse<ForecastMethod>(name, ignoreCase: true);
}

/// <summary><c>analys panel FILES</c>: indicators of many sectors for the same areas.</summary>
internal static class PanelCommand
{
    public static Command Create(Terminal terminal)
    {
        var files = new Argument<string[]>("FILES")
        {
            Description = "Indicator files, each with areas and values",
            Arity = ArgumentArity.OneOrMore
        };
        var by = new Option<string>("--by")
        {
            Description = "The column of areas, or area for its role",
            DefaultValueFactory = _ =>
            "area"
        };
        var along = AreaCall.Optional("--along", AreaOptions.Along.Description);
        var lower = CommonOptions.List("--lower-is-worse", AreaOptions.LowerIsWorse.Description);
        var seed = CommonOptions.Seed(AreaOptions.RankSeed.Description);
        var level = CommonOptions.Level(AreaOptions.Level.Description);
        var gate = new GateOptions();
        var command = new Command("panel", "Indicators of several sectors by area: ranks, gaps, gradients, correlations with uncertainty")
        {
            files, by, along, lower, seed, level,
        };
        foreach (var option in gate.All) command.Add(option);
        command.SetAction(call =>
        {
            if (call.GetValue(level) is not (> 0 and < 1)) throw new CallException("--level is between 0 and 1.");
            Extract[] extracts = [.. call.GetRequiredValue(files).Select(path => CommonOptions.LoadExtract(terminal, path, null))];
            var results = ExtractMeasures.AreaStudy(() => PanelStudy.Of(extracts, new PanelTerms(call.GetValue(by)!)
            {
                Along = call.GetValue(along),
                LowerIsWorse = call.GetValue(lower) ?? [],
                Level = call.GetValue(level),
                Seed = call.GetValue(seed),
            }));
            gate.Print(terminal, call, results);
        });
        return command;
    }
}
