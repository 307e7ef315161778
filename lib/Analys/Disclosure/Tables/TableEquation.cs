namespace Analys.Disclosure;

/// <summary>A published relation: a total is the sum of its parts, up to the noise that the table carries.</summary>
/// <param name="Total">Index of the total's cell.</param>
/// <param name="Parts">Indices of the parts.</param>
/// <param name="Tolerance">How far total − Σ parts may be from zero: 0 for exact tables, the sum of the noise bounds for noisy ones.</param>
public sealed record TableEquation(int Total, IReadOnlyList<int> Parts, double Tolerance = 0);
