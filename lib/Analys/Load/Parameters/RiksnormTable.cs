using System.Collections.Immutable;
using System.Text.Json;
using Analys.Domain;

namespace Analys.Load.Parameters;

/// <summary>The national norm of one year, in kronor a month.</summary>
/// <remarks>Swedish: <i>riksnorm</i>. Source: <i>socialtjänstförordningen</i> 2 kap. 1 §; the file <c>riksnorm.json</c> has each year's.</remarks>
/// <param name="Children">Personal costs of children by age, ages rising without gaps.</param>
/// <param name="Single">Personal costs of a single adult.</param>
/// <param name="Couple">Personal costs of a couple together.</param>
/// <param name="Common">Common costs of households of 1, 2, … 7 persons.</param>
public sealed record RiksnormTable(ImmutableArray<RiksnormChild> Children, double Single, double Couple, ImmutableArray<double> Common)
{
    private const int Sizes = 7;

    internal static RiksnormTable Read(JsonElement element)
    {
        StrictJson.Keys(element, "a norm", ["children", "single", "couple", "common"]);
        ImmutableArray<RiksnormChild> children = [.. element.GetProperty("children").EnumerateArray().Select(ReadChild)];
        for (var i = 1; i < children.Length; i++)
        {
            if (children[i].Ages.From != children[i - 1].Ages.To + 1) throw new ParameterException("The ages of the norm's children overlap or leave a gap.");
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
public sealed record RiksnormChild(AgeSpan Ages, double Amount, double? WithFreeLunch);
