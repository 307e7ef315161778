using Analys.Domain;

namespace Analys.Measure.Segregation;

/// <summary>A formula on the counts of two groups by unit.</summary>
/// <param name="x">The group of interest.</param>
/// <param name="y">The group that it is compared with: everyone else, or a named group.</param>
public delegate Quantity TwoGroupFormula(ReadOnlySpan<double> x, ReadOnlySpan<double> y);

/// <summary>A measure of the segregation of one group from another, or from everyone else.</summary>
/// <param name="Definition">What it is.</param>
/// <param name="Formula">How it is computed.</param>
public sealed record TwoGroupMeasure(Definition Definition, TwoGroupFormula Formula)
{
    /// <summary>Why a two-group index does not exist where a group has no members.</summary>
    public const string EmptyGroup = "group is empty";

    /// <summary>The measure for one group against everyone else, or against a named group.</summary>
    /// <param name="counts">Persons by unit and group.</param>
    /// <param name="group">The group of interest.</param>
    /// <param name="reference">The group it is compared with; null for everyone else.</param>
    public Results Of(GroupCounts counts, string group, string? reference = null)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var x = counts.Group(counts.IndexOf(group));
        var y = reference is null ? counts.Rest(counts.IndexOf(group)) : counts.Group(counts.IndexOf(reference));
        var n = x.Sum() + y.Sum();
        var result = new Result
        {
            Measure = Definition,
            Group = group,
            Reference = reference,
            Value = x.Sum() == 0 || y.Sum() == 0 ? Quantity.Undefined(EmptyGroup) : Formula(x, y),
            N = n,
            Basis = new Basis(null, n),
        };
        return new Results([result], counts.Confidentiality, counts.Provenance);
    }
}
