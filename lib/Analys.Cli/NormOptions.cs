using System.CommandLine;
using System.Globalization;
using Analys.Domain;
using Analys.Load.Schema;
using Analys.Measure.Swedish;

namespace Analys.Cli;

/// <summary>The options of commands that hold households against the national norm.</summary>
internal sealed class NormOptions
{
    private readonly Option<int?> year = new("--norm-year") { Description =
        "The year of the national norm, 1999 to 2026" };
    private readonly Option<string?> file =
        new("--norm-file") { Description = "A norm file of the form of data-schemas/parameters/riksnorm.json" };
    private readonly Option<double[]> housingNorm =
        Amounts("--housing-norm", "Housing costs a month for 1, 2, ... persons, comma-separated; without it the extract's own");
    private readonly Option<bool> monthly =
        new("--housing-monthly") { Description = "The extract's housing cost is for a month, not for the year" };
    private readonly Option<int> oldest =
        new("--oldest-child") { Description = "The oldest age that the norm counts as a child, 17 to 20", DefaultValueFactory = _ => 17 };
    private readonly Option<double> electricity = Amount("--electricity", "Household electricity a month");
    private readonly Option<double> childcare = Amount("--childcare", "Childcare a month for each child of 1-5 years");
    private readonly Option<double> travel = Amount("--local-travel", "Local travel a month for each person of 18 and above");
    private readonly Option<double> union = Amount("--union", "Union and unemployment fund a month for each adult");
    private readonly Option<double> insurance = Amount("--home-insurance", "Home insurance a month");
    private readonly Option<string> ages = new("--ages") { Description = "Who is counted", DefaultValueFactory = _ => "0-17" };

    public IEnumerable<Option> All => [.. WithoutAges, ages];

    /// <summary>The same for a command that has an option of its own for ages.</summary>
    public IEnumerable<Option> WithoutAges => [year, file, housingNorm, monthly, oldest, electricity, childcare, travel, union, insurance];

    /// <summary>The norms by year, shipped or of the call's file.</summary>
    public DatedParameter<RiksnormTable> Norms(ParseResult call) =>
        call.GetValue(file) is { } path ? PolicyParameters.LoadRiksnorm(path) : PolicyParameters.Riksnorm;

    /// <summary>The year of the norm that a call names.</summary>
    public int Year(ParseResult call) =>
        call.GetValue(year) ?? throw new CallException($"Give --norm-year. Known are {Norms(call).Known}.");

    /// <summary>The norm of the year that a call names.</summary>
    public RiksnormTable Table(ParseResult call) => Norms(call).In(Year(call)).Value;

    /// <summary>Who is counted.</summary>
    public AgeSpan Ages(ParseResult call)
    {
        try
        {
            return AgeSpan.Parse(call.GetValue(ages)!);
        }
        catch (FormatException e)
        {
            throw new CallException(e.Message);
        }
    }

    /// <summary>The households of an extract, read as a call asks.</summary>
    public RegisterHouseholds Households(ParseResult call, Extract extract)
    {
        if (call.GetValue(oldest) is not (>= 17 and <= 20)) throw new CallException("--oldest-child is 17 to 20.");
        return RegisterHouseholds.Of(extract, RegisterTerms.Default
            with { OldestChild = call.GetValue(oldest), HousingCostIsMonthly = call.GetValue(monthly) });
    }

    /// <summary>The income standard that a call describes.</summary>
    public IncomeStandard Standard(ParseResult call, Riksnorm norm) => new()
    {
        Norm = norm,
        NormYear = call.GetValue(year),
        HousingNorm = call.GetValue(housingNorm) is { Length: > 0 } costs ? costs : null,
        Electricity = call.GetValue(electricity),
        Childcare = call.GetValue(childcare),
        LocalTravel = call.GetValue(travel),
        UnionAndFund = call.GetValue(union),
        HomeInsurance = call.GetValue(insurance),
    };

    private static Option<double> Amount(string name, string description) =>
        CommonOptions.Number(name, description + ", kronor; not counted without it", 0);

    private static Option<double[]> Amounts(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            var amounts = new List<double>();
            foreach (var part in result.Tokens.SelectMany(token => token.Value.Split(',')))
            {
                if (double.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
                    amounts.Add(amount);
                else result.AddError($"{name} takes amounts with commas between them.");
            }

            return [.. amounts];
        },
    };
}

/// <summary>The measures that hold households against Swedish definitions, by their ids.</summary>
internal static class SwedishMeasures
{
    /// <summary>The ids.</summary>
    public static IReadOnlyList<string> Ids { get; } =
    [
        LowIncomeStandard.Definition.Id, ChildPovertyIndex.Definition.Id, SocioeconomicIndex.Definition.Id, Deprivation.Material.Id,
        Deprivation.Child.Id,
        AtRiskOfPovertyOrExclusion.Definition.Id,
    ];

    /// <summary>Computes measures of an extract.</summary>
    /// <param name="ids">Which, of <see cref="Ids"/>; not empty.</param>
    /// <param name="extract">The extract.</param>
    /// <param name="norm">The options of the norm.</param>
    /// <param name="call">The call.</param>
    /// <param name="lunch">Whether the norm's deduction for free lunch is applied.</param>
    /// <param name="ages">Who is counted.</param>
    /// <param name="line">The line of low economic standard, kronor per consumption unit; null where none was given.</param>
    public static Results Run(IReadOnlyList<string> ids, Extract extract, NormOptions norm, ParseResult call, bool lunch, AgeSpan ages,
        double? line)
    {
        var needsNorm = ids.Intersect(Ids.Take(2)).Any();
        var standard = needsNorm ? norm.Standard(call, new Riksnorm(norm.Table(call), lunch ? LunchRule.Deduction : LunchRule.NoDeduction))
            : null;
        var households = norm.Households(call, extract);
        return ids.Select(id => Of(id, households, standard, ages, line)).Aggregate((all, more) => all.Concat(more));
    }

    private static Results Of(string id, RegisterHouseholds households, IncomeStandard? standard, AgeSpan ages, double? line) => id switch
    {
        "low-income-standard" => LowIncomeStandard.Of(households, standard!, ages),
        "child-poverty-index" => ChildPovertyIndex.Of(households, standard!, ages),
        "socioeconomic-index" => SocioeconomicIndex.Of(households, Needed(line)),
        "material-social-deprivation" => Deprivation.OfMaterial(households, ages),
        "child-deprivation" => Deprivation.OfChild(households),
        _ => AtRiskOfPovertyOrExclusion.Of(households, SocioeconomicIndex.LowEconomicStandard(households, Needed(line)), ages),
    };

    private static double Needed(double? line) => line
        ?? throw new CallException("Give --line: 60 % of the national median, kronor per consumption unit (in analys poverty as fixed:N).");
}
