namespace Analys.Measure.Segregation;

/// <summary>One of the figures that a measure gives: which unit, which group, compared with which.</summary>
/// <param name="Group">The index of the group of interest; null for all groups at once.</param>
/// <param name="Reference">The index of the group it is compared with; null for everyone else.</param>
/// <param name="Unit">The index of the unit of a local figure; null for the whole.</param>
/// <param name="Variant">Which of the figures of a profile (a width, a number of people, a statistic); 0 where there is one.</param>
public readonly record struct Figure(int? Group = null, int? Reference = null, int? Unit = null, int Variant = 0);
