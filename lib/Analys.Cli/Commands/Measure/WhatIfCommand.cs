using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Analys.Domain;
using Analys.Load.Schema;
using Analys.Measure.Swedish;

namespace Analys.Cli.Commands.Measure;

/// <summary><c>analys whatif FILE</c>: poor children by district under a changed norm, child allowance, housing allowance or ceiling; a
/// change of the norm between two years in a price part and a child part.</summary>
internal sealed class WhatIfCommand
{
    private const string Notice =
        "Static first round: nobody changes behaviour, income support is not lowered where an allowance rises, and no household comes "
            + "into it or leaves it.";

    private const double Step = 1000;
    private const int Steps = 41;

    private readonly Terminal terminal;
    private readonly Argument<string?> file = new("FILE")
    {
        Description = "The register; without it --to and --marginal show norms of standard households",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<string?> schema = CommonOptions.Schema();
    private readonly Option<string?> sheet = CommonOptions.Sheet();
    private readonly NormOptions norm = new(withLunch: false);
    private readonly Option<int?> to =
        new("--to") { Description = SwedishOptions.To.Description };
    private readonly Option<string?> uprate =
        new("--uprate") { Description = SwedishOptions.Uprate.Description };
    private readonly Option<string?> childNorm =
        new("--child-norm") { Description = SwedishOptions.ChildNorm.Description };
    private readonly Option<double?> allowance = CommonOptions.Number("--child-allowance", SwedishOptions.ChildAllowance.Description);
    private readonly Option<double> housing = CommonOptions.Number("--housing-allowance", SwedishOptions.HousingAllowance.Description, 0);
    private readonly Option<double?> limit =
        CommonOptions.Number("--housing-allowance-limit", SwedishOptions.HousingAllowanceLimit.Description);
    private readonly Option<double?> ceiling =
        CommonOptions.Number("--ceiling", SwedishOptions.Ceiling.Description);
    private readonly Option<double?> large =
        CommonOptions.Number("--large-family-factor", SwedishOptions.LargeFamilyFactor.Description);
    private readonly Option<bool> lunch =
        new("--lunch-deduction") { Description = "Apply the norm's deduction for free lunch, which Stockholm does not" };
    private readonly Option<NormActs?> acts = new("--norm-acts")
    {
        Description = SwedishOptions.NormActs.Description + " (default)",
        HelpName = "both|line|support",
    };
    private readonly Option<string?> reform =
        new("--reform") { Description = SwedishOptions.Reform.Description };
    private readonly Option<bool> marginal =
        new("--marginal") { Description = "Disposable income and marginal effect of the standard households by income after tax" };
    private readonly Option<string[]> shown = new("--household")
    {
        Description = SwedishOptions.Household.Description,
        DefaultValueFactory = _ =>
            [],
    };
    private readonly Option<double> rent = CommonOptions.Number("--housing-cost", SwedishOptions.HousingCost.Description, 0);
    private readonly Option<string> measure = new("--measure")
    {
        Description = "low-income-standard or child-poverty-index",
        DefaultValueFactory = _ => LowIncomeStandard.Definition.Id,
    };
    private readonly GateOptions gate = new();

    private WhatIfCommand(Terminal terminal)
    {
        this.terminal = terminal;
        measure.AcceptOnlyFromAmong(LowIncomeStandard.Definition.Id, ChildPovertyIndex.Definition.Id);
    }

    public static Command Create(Terminal terminal)
    {
        var own = new WhatIfCommand(terminal);
        var command = new Command("whatif",
            "How many children would be poor under a changed norm, allowance or ceiling (static, first round)")
        {
            own.file, own.schema, own.sheet, own.to, own.uprate, own.childNorm, own.allowance, own.housing, own.limit, own.ceiling,
                own.large, own.lunch,
            own.acts, own.reform, own.marginal, own.shown, own.rent, own.measure,
        };
        foreach (var option in own.norm.All.Concat(own.gate.All)) command.Add(option);
        command.SetAction(own.Run);
        return command;
    }

    private void Run(ParseResult call)
    {
        if (call.GetValue(to) is null && call.GetValue(uprate) is not null) throw new CallException("--uprate belongs to --to.");
        var results = call.GetValue(to) is { } year ? BetweenYears(call, year) : call.GetValue(marginal) ? Marginal(call) : Changed(call);
        terminal.Errors.WriteLine($"analys: {Notice}");
        gate.Print(terminal, call, results);
    }

    private Results BetweenYears(ParseResult call, int year)
    {
        if ((Asked(call) with { LunchDeduction = false }).Change().IsChange || call.GetValue(reform) is not null)
            throw new CallException("--to compares two norms: other changes and --reform are asked about in a call of their own.");
        double? rise = call.GetValue(uprate) is { } text
            ? (Reform.Factor(text) ?? throw new CallException("--uprate is a percentage, such as 3.2%.")) - 1
            : null;
        var choices = norm.Of(call);
        var change = new NormChange(choices.Table(), (choices with { NormYear = year }).Table(), rise);
        var rule = call.GetValue(lunch) ? LunchRule.Deduction : LunchRule.NoDeduction;
        if (call.GetValue(file) is null)
        {
            return new Results(
                NormChangeStudy.Norms(change, rule, Households(call)), Confidentiality.Public, Provenance.None.With("riksnorm.json"));
        }

        var households = choices.Households(Extract(call));
        var how = call.GetValue(acts) ?? (households.HasSupport ? NormActs.Both : NormActs.Line);
        var study = new NormChangeStudy(households, change, choices.Standard(new Riksnorm(change.From)), rule, how, choices.Ages);
        return study.Run().Concat(NormChangeStudy.NormsBeside(households, change, rule, Households(call)));
    }

    private Results Marginal(ParseResult call)
    {
        var change = Asked(call).Change();
        var choices = norm.Of(call);
        var table = choices.Table();
        var year = choices.NormYear!.Value;
        var rule = call.GetValue(lunch) ? LunchRule.Deduction : LunchRule.NoDeduction;
        var effects = new MarginalEffects(
            new Riksnorm(table, rule, change.ChildNormFactor) { LargeFamilyFactor = change.LargeFamilyFactor },
            change.ChildAllowance ?? PolicyParameters.ChildAllowance.Months(year).Average(), Mean(PolicyParameters.MultiChildSupplement
                .Months(year)))
        {
            Ceiling = change.Ceiling,
        };
        var rows = Households(call).SelectMany(household => Enumerable.Range(0, Steps).SelectMany(k =>
        {
            var income = k * Step;
            var parameters = ImmutableSortedDictionary<string, string>.Empty.Add("household", NormChange.Name(household))
                .Add("income", income.ToString("R", CultureInfo.InvariantCulture));
            var disposable = effects.Disposable(household, call.GetValue(rent), income);
            var taken = effects.Of(household, call.GetValue(rent), income, Step);
            return new[]
            {
                new Result { Measure = NormChangeMeasures.Disposable, Parameters = parameters, Value = Quantity.Known(disposable) },
                new Result { Measure = NormChangeMeasures.Marginal, Parameters = parameters, Value = Quantity.Known(taken) },
            };
        }));
        return new Results(rows, Confidentiality.Public, Provenance.None.With("riksnorm.json, barnbidrag.json, flerbarnstillagg.json"));
    }

    // The months' mean, step by step: amounts may change within a year.
    private static ImmutableArray<double> Mean(IReadOnlyList<ImmutableArray<double>> months) =>
        [.. Enumerable.Range(0, months.Max(steps => steps.Length))
            .Select(k => months.Average(steps => steps[Math.Min(k, steps.Length - 1)]))];

    private Results Changed(ParseResult call)
    {
        var asked = Asked(call);
        if (call.GetValue(reform) is not { } path) return asked.Of(() => Extract(call), norm.Of(call));
        if (asked.Change().IsChange) throw new CallException("Give --reform or single changes, not both.");
        var how = call.GetValue(acts) ?? NormActs.Both;
        return asked.Of(
            () => Extract(call), norm.Of(call),
                [.. Reform.Load(path).Select(item => ((string?)item.Name, item.Change with { NormActs = how }))]);
    }

    private Extract Extract(ParseResult call) => CommonOptions.LoadExtract(
        terminal, call.GetValue(file) ?? throw new CallException("Name the register: FILE."), call.GetValue(schema), call.GetValue(sheet));

    private PolicyChoices Asked(ParseResult call) => new()
    {
        ChildNorm = call.GetValue(childNorm),
        ChildAllowance = call.GetValue(allowance),
        HousingAllowance = call.GetValue(housing),
        HousingAllowanceLimit = call.GetValue(limit),
        Ceiling = call.GetValue(ceiling),
        LargeFamilyFactor = call.GetValue(large),
        LunchDeduction = call.GetValue(lunch),
        NormActs = (call.GetValue(acts) ?? NormActs.Both).ToString(),
        Measure = call.GetValue(measure)!,
    };

    private IEnumerable<HouseholdComposition> Households(ParseResult call) =>
        call.GetValue(shown) is { Length: > 0 } asked ? asked.Select(Household) : NormChange.StandardHouseholds;

    private static HouseholdComposition Household(string text)
    {
        var parts = text.Split(':');
        if (parts.Length is 1 or 2 && Whole(parts[0]) is >= 1 and <= 20 and var adults)
        {
            int?[] ages = parts.Length == 1 || parts[1].Length == 0 ? [] : [.. parts[1].Split(',').Select(Whole)];
            if (ages.All(age => age is >= 0 and <= 20)) return new HouseholdComposition(adults, adults >= 2,
                [.. ages.Select(age => age!.Value)]);
        }

        throw new CallException("--household is adults:ages of children, such as 2:5,8.");

        static int? Whole(string number) =>
            int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
    }
}
