using System.Collections.Immutable;
using System.Text.Json;

namespace Analys.Load.Schema;

/// <summary>The policy parameters that ship with the library in <c>data-schemas/parameters/</c>; each can be read from a file
/// instead.</summary>
internal static class PolicyParameters
{
    private static readonly Lazy<DatedParameter<RiksnormTable>> RiksnormFile = new(() => LoadRiksnorm("riksnorm"));
    private static readonly Lazy<DatedParameter<ConsumptionUnitScale>> UnitsFile = new(() => LoadConsumptionUnits("consumption-units"));
    private static readonly Lazy<DatedParameter<double>> AllowanceFile = new(() => LoadAmount("barnbidrag"));
    private static readonly Lazy<DatedParameter<ImmutableArray<double>>> SupplementFile =
        new(() => ParameterFile.Load("flerbarnstillagg", Steps));
    private static readonly Lazy<DatedParameter<ImmutableArray<AgeAmount>>> MaintenanceFile =
        new(() => ParameterFile.Load("underhallsstod", AgeAmount.ReadAll));
    private static readonly Lazy<DatedParameter<double>> PricesFile = new(() => LoadAmount("konsumentprisindex"));
    private static readonly Lazy<DatedParameter<ImmutableSortedDictionary<string,
        bool>>> PracticeFile = new(() => ParameterFile.Load("income-support-practice", Practice));

    /// <summary>The national norm of income support. Swedish: <i>riksnorm</i>.</summary>
    public static DatedParameter<RiksnormTable> Riksnorm => RiksnormFile.Value;

    /// <summary>SCB's consumption units. Swedish: <i>konsumtionsenheter</i>.</summary>
    public static DatedParameter<ConsumptionUnitScale> ConsumptionUnits => UnitsFile.Value;

    /// <summary>Child allowance, kronor a month and child. Swedish: <i>barnbidrag</i>.</summary>
    public static DatedParameter<double> ChildAllowance => AllowanceFile.Value;

    /// <summary>What the second, third, fourth, fifth and each further child adds, kronor a month. Swedish:
    /// <i>flerbarnstillägg</i>.</summary>
    public static DatedParameter<ImmutableArray<double>> MultiChildSupplement => SupplementFile.Value;

    /// <summary>Maintenance support of a child by age, kronor a month; ages that were not found are absent. Swedish:
    /// <i>underhållsstöd</i>.</summary>
    public static DatedParameter<ImmutableArray<AgeAmount>> MaintenanceSupport => MaintenanceFile.Value;

    /// <summary>The consumer price index, yearly means, 1980 = 100. Swedish: <i>konsumentprisindex, KPI</i>.</summary>
    public static DatedParameter<double> ConsumerPrices => PricesFile.Value;

    /// <summary>By practice (<c>national</c>, <c>stockholm</c>), whether the norm is lowered for free lunch.</summary>
    public static DatedParameter<ImmutableSortedDictionary<string, bool>> LunchDeduction => PracticeFile.Value;

    /// <summary>Reads a norm from a file of the same form as the shipped one.</summary>
    /// <param name="path">The file, or the name of a shipped one.</param>
    /// <exception cref="ParameterException">The file is wrong; the message says where.</exception>
    public static DatedParameter<RiksnormTable> LoadRiksnorm(string path) => ParameterFile.Load(path, RiksnormTable.Read);

    /// <summary>Reads a consumption-unit scale from a file of the same form as the shipped one.</summary>
    /// <param name="path">The file, or the name of a shipped one.</param>
    /// <exception cref="ParameterException">The file is wrong; the message says where.</exception>
    public static DatedParameter<ConsumptionUnitScale> LoadConsumptionUnits(string path) =>
        ParameterFile.Load(path, ConsumptionUnitScale.Read);

    /// <summary>Reads amounts or index numbers by date.</summary>
    /// <param name="path">The file, or the name of a shipped one.</param>
    /// <exception cref="ParameterException">The file is wrong; the message says where.</exception>
    public static DatedParameter<double> LoadAmount(string path) => ParameterFile.Load(path, element => element.GetDouble());

    /// <summary>The factor that carries kronor of one year into another year's prices.</summary>
    /// <param name="from">The price year of the amount.</param>
    /// <param name="to">The price year that is wanted.</param>
    /// <exception cref="ParameterException">The index is not known for a year; the message names those known.</exception>
    public static double PriceFactor(int from, int to) => ConsumerPrices.In(to).Value / ConsumerPrices.In(from).Value;

    private static ImmutableArray<double> Steps(JsonElement element) => [.. element.EnumerateArray().Select(step => step.GetDouble())];

    private static ImmutableSortedDictionary<string, bool> Practice(JsonElement element) =>
        element.EnumerateObject().ToImmutableSortedDictionary(pair => pair.Name, pair => pair.Value.GetBoolean(), StringComparer.Ordinal);
}

/// <summary>An amount for children of some ages.</summary>
/// <param name="Ages">The ages.</param>
/// <param name="Amount">Kronor a month.</param>
internal sealed record AgeAmount(AgeSpan Ages, double Amount)
{
    internal static ImmutableArray<AgeAmount> ReadAll(JsonElement element) => [.. element.EnumerateArray().Select(Read)];

    private static AgeAmount Read(JsonElement element)
    {
        StrictJson.Keys(element, "an amount by age", ["ages", "amount"]);
        return new AgeAmount(AgeSpan.Parse(element.GetProperty("ages").GetString() ?? ""), element.GetProperty("amount").GetDouble());
    }
}

/// <summary>The national norm of one year, in kronor a month.</summary>
/// <remarks>Swedish: <i>riksnorm</i>. Source: <i>socialtjänstförordningen</i> 2 kap. 1 §; the file <c>riksnorm.json</c> has each
/// year's.</remarks>
/// <param name="Children">Personal costs of children by age, ages rising without gaps.</param>
/// <param name="Single">Personal costs of a single adult.</param>
/// <param name="Couple">Personal costs of a couple together.</param>
/// <param name="Common">Common costs of households of 1, 2, … 7 persons.</param>
internal sealed record RiksnormTable(ImmutableArray<RiksnormChild> Children, double Single, double Couple, ImmutableArray<double> Common)
{
    private const int Sizes = 7;

    internal static RiksnormTable Read(JsonElement element)
    {
        StrictJson.Keys(element, "a norm", ["children", "single", "couple", "common"]);
        ImmutableArray<RiksnormChild> children = [.. element.GetProperty("children").EnumerateArray().Select(ReadChild)];
        for (var i = 1; i < children.Length; i++)
        {
            if (children[i].Ages.From != children[i - 1].Ages.To + 1)
                throw new ParameterException("The ages of the norm's children overlap or leave a gap.");
        }

        ImmutableArray<double> common = [.. element.GetProperty("common").EnumerateArray().Select(cost => cost.GetDouble())];
        if (common.Length != Sizes) throw new ParameterException("The norm's common costs are given for 1 to 7 persons.");
        return new RiksnormTable(children, element.GetProperty("single").GetDouble(), element.GetProperty("couple").GetDouble(), common);
    }

    private static RiksnormChild ReadChild(JsonElement element)
    {
        StrictJson.Keys(element, "a child's row of the norm", ["ages", "amount"], ["withFreeLunch"]);
        return new RiksnormChild(
            AgeSpan.Parse(element.GetProperty("ages").GetString() ?? ""),
            element.GetProperty("amount").GetDouble(),
            element.TryGetProperty("withFreeLunch", out var lunch) ? lunch.GetDouble() : null);
    }
}

/// <summary>The norm's row for children of some ages.</summary>
/// <param name="Ages">The ages.</param>
/// <param name="Amount">Kronor a month.</param>
/// <param name="WithFreeLunch">Kronor a month for a child who eats lunch free on weekdays; null where the norm has no such row.</param>
internal sealed record RiksnormChild(AgeSpan Ages, double Amount, double? WithFreeLunch);

/// <summary>SCB's equivalence scale of a time; children are 0–19 years old.</summary>
/// <remarks>Swedish: <i>konsumtionsenhetsskala</i>.</remarks>
/// <param name="Single">A single adult.</param>
/// <param name="Couple">A couple together.</param>
/// <param name="FurtherAdult">Each further adult.</param>
/// <param name="FirstChild">The first child.</param>
/// <param name="FurtherChild">Each further child.</param>
/// <param name="FirstAlternatingChild">The first child, where it lives with each parent by turns.</param>
/// <param name="FurtherAlternatingChild">Each further child who does so.</param>
internal sealed record ConsumptionUnitScale(
    double Single, double Couple, double FurtherAdult, double FirstChild, double FurtherChild, double FirstAlternatingChild,
    double FurtherAlternatingChild)
{
    internal static ConsumptionUnitScale Read(JsonElement element)
    {
        StrictJson.Keys(
            element, "a consumption-unit scale",
            ["single", "couple", "furtherAdult", "firstChild", "furtherChild", "firstAlternatingChild", "furtherAlternatingChild"]);
        double Of(string key) => element.GetProperty(key).GetDouble();
        return new ConsumptionUnitScale(
            Of("single"), Of("couple"), Of("furtherAdult"), Of("firstChild"), Of("furtherChild"), Of("firstAlternatingChild"),
            Of("furtherAlternatingChild"));
    }
}
