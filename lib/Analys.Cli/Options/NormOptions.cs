using System.CommandLine;
using System.Globalization;
using Analys.Measure;
using Analys.Measure.Swedish;

namespace Analys.Cli.Options;

/// <summary>The options of commands that hold households against the national norm.</summary>
/// <param name="withAges">Whether ages are among them: not for a command that has an option of its own for ages.</param>
/// <param name="withLunch">Whether the lunch deduction is among them: not where it is a change that is asked for.</param>
internal sealed class NormOptions(bool withAges = true, bool withLunch = true)
{
    private readonly Option<int?> year = new("--norm-year") { Description = SwedishOptions.NormYear.Description };
    private readonly Option<string?> file =
        new("--norm-file") { Description = SwedishOptions.NormFile.Description };
    private readonly Option<double[]> housingNorm =
        Amounts(SwedishOptions.HousingNorm);
    private readonly Option<bool> monthly =
        new("--housing-monthly") { Description = SwedishOptions.HousingMonthly.Description };
    private readonly Option<int> oldest =
        new("--oldest-child")
        {
            Description = SwedishOptions.OldestChild.Description,
            DefaultValueFactory = _ => int.Parse(SwedishOptions.OldestChild.Default!, CultureInfo.InvariantCulture),
        };
    private readonly Option<double> electricity = Amount(SwedishOptions.Electricity);
    private readonly Option<double> childcare = Amount(SwedishOptions.Childcare);
    private readonly Option<double> travel = Amount(SwedishOptions.LocalTravel);
    private readonly Option<double> union = Amount(SwedishOptions.Union);
    private readonly Option<double> insurance = Amount(SwedishOptions.HomeInsurance);
    private readonly Option<string> ages = CommonOptions.Word(SwedishOptions.Ages);

    private readonly Option<bool> lunch = new("--lunch-deduction") { Description = SwedishOptions.LunchDeduction.Description };

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

    private static Option<double> Amount(MeasureOption option) => CommonOptions.Number($"--{option.Name}", option.Description, 0);

    private static Option<double[]> Amounts(MeasureOption option) => new($"--{option.Name}")
    {
        Description = option.Description,
        CustomParser = result =>
        {
            var amounts = new List<double>();
            foreach (var part in result.Tokens.SelectMany(token => token.Value.Split(',')))
            {
                if (double.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
                    amounts.Add(amount);
                else result.AddError($"--{option.Name} takes amounts with commas between them.");
            }

            return [.. amounts];
        },
    };
}
