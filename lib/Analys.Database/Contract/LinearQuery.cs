using System.Collections.Immutable;

namespace Analys.Database.Contract;

/// <summary>
/// The spread of totals over clusters: for each form t_c = Σ_(i in c) w_i z_i, and what comes back by stratum is the number of clusters and, for
/// each form, Σ_c t_c and Σ_c t_c². From these follows the variance of a linearised figure.
/// </summary>
/// <param name="Scope">Divides by the stratum, or by nothing; of no period and everyone's.</param>
/// <param name="Parts">Sums over the persons of a domain that forms are made of.</param>
/// <param name="Forms">The forms.</param>
public sealed record LinearQuery(Scope Scope, ImmutableArray<LinearPart> Parts, ImmutableArray<LinearForm> Forms) : AggregateQuery(Scope)
{
    /// <summary>How many numbers the answer has.</summary>
    public int Width => 1 + (2 * Forms.Length);
}

/// <summary>A function of the income of those in a domain; 0 for all others.</summary>
/// <param name="Scope">Whose domain.</param>
/// <param name="Domain">Which of the scope's.</param>
/// <param name="Influence">The function: terms with their coefficients.</param>
public sealed record LinearPart(Scope Scope, int Domain, ImmutableArray<(double Coefficient, Term Term)> Influence);

/// <summary>A sum of parts.</summary>
/// <param name="Sum">The parts by their places, with their coefficients.</param>
public sealed record LinearForm(ImmutableArray<(double Coefficient, int Part)> Sum);
