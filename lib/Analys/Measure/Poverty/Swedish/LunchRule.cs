namespace Analys.Measure.Poverty.Swedish;

/// <summary>Whether the norm of a child is lowered for lunch eaten free at preschool.</summary>
public enum LunchRule
{
    /// <summary>No deduction: Stockholm's practice, and the default.</summary>
    NoDeduction,

    /// <summary>The national norm's deduction, for every child of an age that has one.</summary>
    Deduction,
}
