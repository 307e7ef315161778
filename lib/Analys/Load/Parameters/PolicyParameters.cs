using System.Collections.Immutable;
using System.Text.Json;

namespace Analys.Load.Parameters;

/// <summary>The policy parameters that ship with the library in <c>data-schemas/parameters/</c>; each can be read from a file instead.</summary>
public static class PolicyParameters
{
    private static readonly Lazy<DatedParameter<RiksnormTable>> RiksnormFile = new(() => LoadRiksnorm("riksnorm"));
    private static readonly Lazy<DatedParameter<ConsumptionUnitScale>> UnitsFile = new(() => LoadConsumptionUnits("consumption-units"));
    private static readonly Lazy<DatedParameter<double>> AllowanceFile = new(() => LoadAmount("barnbidrag"));
    private static readonly Lazy<DatedParameter<ImmutableArray<double>>> SupplementFile = new(() => ParameterFile.Load("flerbarnstillagg", Steps));
    private static readonly Lazy<DatedParameter<double>> PricesFile = new(() => LoadAmount("konsumentprisindex"));
    private static readonly Lazy<DatedParameter<ImmutableSortedDictionary<string, bool>>> PracticeFile = new(() => ParameterFile.Load("income-support-practice", Practice));

    /// <summary>The national norm of income support. Swedish: <i>riksnorm</i>.</summary>
    public static DatedParameter<RiksnormTable> Riksnorm => RiksnormFile.Value;

    /// <summary>SCB's consumption units. Swedish: <i>konsumtionsenheter</i>.</summary>
    public static DatedParameter<ConsumptionUnitScale> ConsumptionUnits => UnitsFile.Value;

    /// <summary>Child allowance, kronor a month and child. Swedish: <i>barnbidrag</i>.</summary>
    public static DatedParameter<double> ChildAllowance => AllowanceFile.Value;

    /// <summary>What the second, third, fourth, fifth and each further child adds, kronor a month. Swedish: <i>flerbarnstillägg</i>.</summary>
    public static DatedParameter<ImmutableArray<double>> MultiChildSupplement => SupplementFile.Value;

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
    public static DatedParameter<ConsumptionUnitScale> LoadConsumptionUnits(string path) => ParameterFile.Load(path, ConsumptionUnitScale.Read);

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
