using System.Collections.Immutable;
using System.Globalization;

namespace Analys.Measure.Poverty.Swedish;

/// <summary>Where a changed norm acts in a what-if question.</summary>
public enum NormActs
{
    /// <summary>On the line of the low income standard and on the income of households with income support.</summary>
    Both,

    /// <summary>On the line alone: incomes stay.</summary>
    Line,

    /// <summary>On the income of households with income support alone, for the months in which they have it: the line stays.</summary>
    Support,
}

/// <summary>A change of policy, for a static first-round count of who would be poor.</summary>
public sealed record PolicyChange
{
    /// <summary>What the norm's amounts for children are multiplied by; 1 for no change.</summary>
    public double ChildNormFactor { get; init; } = 1;

    /// <summary>Whether the norm's deduction for free lunch would be applied or not; null for no change.</summary>
    public LunchRule? Lunch { get; init; }

    /// <summary>Where the changed norm acts.</summary>
    public NormActs NormActs { get; init; }

    /// <summary>The new child allowance, kronor a month and child under 16; null for no change.</summary>
    public double? ChildAllowance { get; init; }

    /// <summary>Kronor a month more to each household with children.</summary>
    public double HousingAllowance { get; init; }

    /// <summary>The yearly disposable income below which the housing allowance is raised; null for every household with children.</summary>
    public double? HousingAllowanceLimit { get; init; }

    /// <summary>Whether anything is changed.</summary>
    public bool IsChange => ChildNormFactor != 1 || Lunch is not null || ChildAllowance is not null || HousingAllowance != 0;

    /// <summary>The change in the words of the command.</summary>
    public ImmutableSortedDictionary<string, string> Parameters
    {
        get
        {
            var parameters = ImmutableSortedDictionary<string, string>.Empty.Add("effects", "static-first-round");
            if (ChildNormFactor != 1) parameters = parameters.Add("child-norm", (ChildNormFactor - 1).ToString("+0.####%;-0.####%", CultureInfo.InvariantCulture));
            if (Lunch is { } lunch) parameters = parameters.Add("lunch-deduction", lunch == LunchRule.Deduction ? "applied" : "not-applied");
            if (ChildNormFactor != 1 || Lunch is not null) parameters = parameters.Add("norm-acts", NormActs.ToString().ToLowerInvariant());
            if (ChildAllowance is { } allowance) parameters = parameters.Add("child-allowance", Text(allowance));
            if (HousingAllowance != 0) parameters = parameters.Add("housing-allowance", Text(HousingAllowance));
            if (HousingAllowanceLimit is { } limit) parameters = parameters.Add("housing-allowance-limit", Text(limit));
            return parameters;
        }
    }

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
