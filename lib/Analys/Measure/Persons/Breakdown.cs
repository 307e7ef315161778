using System.Collections.Immutable;

namespace Analys.Measure.Persons;

/// <summary>A column that persons are divided by.</summary>
/// <param name="Name">The name that the record shows.</param>
/// <param name="IsArea">Whether its values are areas, which have a place of their own in the record.</param>
/// <param name="Codes">For each row the index of its value; −1 where it is missing: such a person belongs to the whole only.</param>
/// <param name="Values">The values, sorted.</param>
public sealed record Breakdown(string Name, bool IsArea, ReadOnlyMemory<int> Codes, ImmutableArray<string> Values);
