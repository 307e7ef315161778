using System.CommandLine;
using Analys.Measure.Swedish;

namespace Analys.Cli.Commands.Measure;

/// <summary><c>analys swedish FILE</c>: measures of child poverty by Swedish definitions, on a register extract or a survey.</summary>
internal static class SwedishCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = CommonOptions.File();
        var schema = CommonOptions.Schema();
        var sheet = CommonOptions.Sheet();
        var norm = new NormOptions();
        var measures = CommonOptions.List("--measures",
            $"Measure ids, comma-separated: {string.Join(", ", SwedishMeasures.Ids)}; the first two without it");
        var line = CommonOptions.Number("--line",
            "The line of low economic standard or poverty, kronor per consumption unit (60 % of the national median)");
        var policy = CommonOptions.PolicyName();
        var confidential = CommonOptions.Confidential();
        var ledger = new LedgerOption();
        var format = CommonOptions.Format();
        var command =
            new Command("swedish", "Low income standard, Save the Children's index, SCB's socioeconomic index, deprivation") { file, schema,
                sheet, measures, line, policy, confidential, ledger.Option, ledger.Because, format };
        foreach (var option in norm.All) command.Add(option);
        command.SetAction(call =>
        {
            string[] ids = call.GetValue(measures) ?? [];
            SwedishMeasures.RequireKnown(ids);
            var extract = CommonOptions.LoadExtract(terminal, call.GetRequiredValue(file), call.GetValue(schema), call.GetValue(sheet));
            var results = SwedishMeasures.Run(ids, extract, norm.Of(call), call.GetValue(line));
            terminal.Results(ledger.Release(call, results, call.GetValue(policy), call.GetValue(confidential)), call.GetValue(format));
        });
        return command;
    }
}

/// <summary><c>analys whatif FILE</c>: poor children by district under a changed norm, child allowance or housing allowance.</summary>
internal static class WhatIfCommand
{
    private const string Notice =
        "Static first round: nobody changes behaviour, income support is not lowered where an allowance rises, and no household comes "
            + "into it or leaves it.";

    public static Command Create(Terminal terminal)
    {
        var file = CommonOptions.File();
        var schema = CommonOptions.Schema();
        var sheet = CommonOptions.Sheet();
        var norm = new NormOptions(withLunch: false);
        var childNorm = new Option<string?>("--child-norm") { Description =
            "Change of the norm's amounts for children, such as +10% (a fall as --child-norm=-5%)" };
        var allowance = CommonOptions.Number("--child-allowance", "The new child allowance, kronor a month and child under 16");
        var housing = CommonOptions.Number("--housing-allowance", "Kronor a month more to each household with children", 0);
        var limit =
            CommonOptions.Number("--housing-allowance-limit", "The yearly disposable income below which the housing allowance is raised");
        var lunch =
            new Option<bool>("--lunch-deduction") { Description = "Apply the norm's deduction for free lunch, which Stockholm does not" };
        var acts = new Option<NormActs>("--norm-acts") { Description =
            "A changed norm acts on the line, on the income of those with support, or on both (default)", HelpName = "both|line|support" };
        var measure = new Option<string>("--measure") { Description = "low-income-standard or child-poverty-index",
            DefaultValueFactory = _ => LowIncomeStandard.Definition.Id };
        measure.AcceptOnlyFromAmong(LowIncomeStandard.Definition.Id, ChildPovertyIndex.Definition.Id);
        var policy = CommonOptions.PolicyName();
        var confidential = CommonOptions.Confidential();
        var ledger = new LedgerOption();
        var format = CommonOptions.Format();
        var command =
            new Command("whatif",
                "How many children would be poor under a changed norm, child allowance or housing allowance (static, first round)")
        {
            file, schema, sheet, childNorm, allowance, housing, limit, lunch, acts, measure, policy, confidential, ledger.Option,
                ledger.Because, format,
        };
        foreach (var option in norm.All) command.Add(option);
        command.SetAction(call =>
        {
            var change = new PolicyChoices
            {
                ChildNorm = call.GetValue(childNorm),
                ChildAllowance = call.GetValue(allowance),
                HousingAllowance = call.GetValue(housing),
                HousingAllowanceLimit = call.GetValue(limit),
                LunchDeduction = call.GetValue(lunch),
                NormActs = call.GetValue(acts).ToString(),
                Measure = call.GetValue(measure)!,
            };
            var results =
                change.Of(() => CommonOptions.LoadExtract(terminal, call.GetRequiredValue(file), call.GetValue(schema),
                    call.GetValue(sheet)), norm.Of(call));
            terminal.Errors.WriteLine($"analys: {Notice}");
            terminal.Results(ledger.Release(call, results, call.GetValue(policy), call.GetValue(confidential)), call.GetValue(format));
        });
        return command;
    }
}
