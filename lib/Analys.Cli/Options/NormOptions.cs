using System.CommandLine;
using System.Globalization;
using Analys.Measure;

namespace Analys.Cli.Options;

/// <summary>The options of commands that hold households against the national norm.</summary>
/// <param name="withAges">Whether ages are among them: not for a command that has an option of its own for ages.</param>
/// <param name="withLunch">Whether the lunch deduction is among them: not where it is a change that is asked for.</param>
internal sealed class NormOptions(bool withAges = true, bool withLunch = true)
{
    private readonly Option<int?> year = new("--norm-year") { Description = "The year of the national norm, 1999 to 2026" };
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

    private readonly Option<bool> lunch = new("--lunch-deduction")
    {
        Description =
        "Apply the norm's deduction for free lunch; not applied in Stockholm"
    };

    public IEnumerable<Option> All =>
    [
        year, file, housingNorm, monthly, oldest, electricity, childcare, travel, union, insurance, .. withLunch ? [lunch]
            : Array.Empty<Option>(),
        .. withAges ? [ages] : Array.Empty<Option>(),
    ];

    /// <summary>What a call chooses.</summary>
    public NormChoices Of(ParseResult call) => new()
    {
        NormYear = call.GetValue(year),
        NormFile = call.GetValue(file),
        HousingNorm = call.GetValue(housingNorm) ?? [],
        HousingMonthly = call.GetValue(monthly),
        OldestChild = call.GetValue(oldest),
        Electricity = call.GetValue(electricity),
        Childcare = call.GetValue(childcare),
        LocalTravel = call.GetValue(travel),
        Union = call.GetValue(union),
        HomeInsurance = call.GetValue(insurance),
        LunchDeduction = call.GetValue(lunch),
        Ages = withAges ? Choice.Read(() => AgeSpan.Parse(call.GetValue(ages)!)) : Analys.Ages.Children,
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
