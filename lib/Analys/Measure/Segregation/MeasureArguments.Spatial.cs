using Analys.Measure.Spatial;

namespace Analys.Measure.Segregation;

public sealed partial record MeasureArguments
{
    /// <summary>Where the units lie; null where the call does not say.</summary>
    public UnitGeography? Geography { get; init; }
}
