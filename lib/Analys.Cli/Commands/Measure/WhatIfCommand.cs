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
        new("--to") { Description = "The year of another norm: the change from --norm-year in a price part and a child part" };
    private readonly Option<string?> uprate =
        new("--uprate") { Description = "With --to: what prices explain, such as 3.2%; the single adult's rise without it" };
    private readonly Option<string?> childNorm =
        new("--child-norm") { Description = "Change of the norm's amounts for children, such as +10% (a fall as --child-norm=-5%)" };
    private readonly Option<double?> allowance = CommonOptions.Number("--child-allowance",
        "The new child allowance, kronor a month and child under 16");
    private readonly Option<double> housing = CommonOptions.Number("--housing-allowance",
        "Kronor a month more to each household with children", 0);
    private readonly Option<double?> limit =
        CommonOptions.Number("--housing-allowance-limit", "The yearly disposable income below which the housing allowance is raised");
    private readonly Option<double?> ceiling =
        CommonOptions.Number("--ceiling", "The most that a household with income support has in a month, support and allowances together");
    private readonly Option<double?> large =
        CommonOptions.Number("--large-family-factor",
            "What the norm's amounts for the fourth and each further child are multiplied by, such as 0.7");
    private readonly Option<bool> lunch =
        new("--lunch-deduction") { Description = "Apply the norm's deduction for free lunch, which Stockholm does not" };
    private readonly Option<NormActs?> acts = new("--norm-acts")
    {
        Description = "A changed norm acts on the line, on the income of those with support, or on both (default)",
        HelpName = "both|line|support",
    };
    private readonly Option<string?> reform =
        new("--reform") { Description = "A dated file of reforms (reform.json), each shown beside the others" };
    private readonly Option<bool> marginal =
        new("--marginal") { Description = "Disposable income and marginal effect of the standard households by income after tax" };
    private readonly Option<string[]> shown = new("--household")
    {
        Description = "A household to show: adults:ages of children, such as 2:5,8; several times for several",
        DefaultValueFactory = _ =>
            [],
    };
    private readonly Option<double> rent = CommonOptions.Number("--housing-cost", "With --marginal: the housing cost a month", 0);
    private readonly Option<string> measure = new("--measure")
    {
        Description = "low-income-standard or child-poverty-index",
        DefaultValueFactory = _ => LowIncomeStandard.Definition.Id,
    };
    private readonly Option<string?> policy = CommonOptions.PolicyName();
    private readonly Option<bool> confidential = CommonOptions.Confidential();
    private readonly LedgerOption ledger = new();
    private readonly Option<OutputFormat> format = CommonOptions.Format();

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
            own.acts, own.reform, own.marginal, own.shown, own.rent, own.measure, own.policy, own.confidential, own.ledger.Option,
                own.ledger.Because,
                own.format,
        };
        foreach (var option in own.norm.All) command.Add(option);
        command.SetAction(own.Run);
        return command;
    }

    private void Run(ParseResult call)
    {
        if (call.GetValue(to) is null && call.GetValue(uprate) is not null) throw new CallException("--uprate belongs to --to.");
        var results = call.GetValue(to) is { } year ? BetweenYears(call, year) : call.GetValue(marginal) ? Marginal(call) : Changed(call);
        terminal.Errors.WriteLine($"analys: {Notice}");
        terminal.Results(ledger.Release(call, results, call.GetValue(policy), call.GetValue(confidential)), call.GetValue(format));
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
