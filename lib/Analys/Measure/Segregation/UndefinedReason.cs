namespace Analys.Measure.Segregation;

/// <summary>Why a segregation measure does not exist for some counts, in the words of the records.</summary>
public static class UndefinedReason
{
    /// <summary>The group of interest has no members.</summary>
    public const string EmptyGroup = "group is empty";

    /// <summary>Nobody is outside the group, or in the group that it is compared with.</summary>
    public const string EmptyReference = "the other group is empty";

    /// <summary>All counts are zero.</summary>
    public const string NoPersons = "no persons";

    /// <summary>Fewer than two units are inhabited, so there is nothing to compare.</summary>
    public const string OneUnit = "only one inhabited unit";

    /// <summary>Fewer than two groups have members.</summary>
    public const string OneGroup = "only one group has members";

    /// <summary>Nobody lives in the unit.</summary>
    public const string EmptyUnit = "unit is empty";

    /// <summary>A unit's groups add up to more than its total, so a person may be in several.</summary>
    public const string Overlap = "the groups overlap";
}
