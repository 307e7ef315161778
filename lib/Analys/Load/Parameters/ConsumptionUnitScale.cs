using System.Text.Json;

namespace Analys.Load.Parameters;

/// <summary>SCB's equivalence scale of a time; children are 0–19 years old.</summary>
/// <remarks>Swedish: <i>konsumtionsenhetsskala</i>.</remarks>
/// <param name="Single">A single adult.</param>
/// <param name="Couple">A couple together.</param>
/// <param name="FurtherAdult">Each further adult.</param>
/// <param name="FirstChild">The first child.</param>
/// <param name="FurtherChild">Each further child.</param>
/// <param name="FirstAlternatingChild">The first child, where it lives with each parent by turns.</param>
/// <param name="FurtherAlternatingChild">Each further child who does so.</param>
public sealed record ConsumptionUnitScale(
    double Single, double Couple, double FurtherAdult, double FirstChild, double FurtherChild, double FirstAlternatingChild, double FurtherAlternatingChild)
{
    internal static ConsumptionUnitScale Read(JsonElement element)
    {
        StrictJson.Keys(
            element, "a consumption-unit scale",
            ["single", "couple", "furtherAdult", "firstChild", "furtherChild", "firstAlternatingChild", "furtherAlternatingChild"]);
        double Of(string key) => element.GetProperty(key).GetDouble();
        return new ConsumptionUnitScale(
            Of("single"), Of("couple"), Of("furtherAdult"), Of("firstChild"), Of("furtherChild"), Of("firstAlternatingChild"), Of("furtherAlternatingChild"));
    }
}
