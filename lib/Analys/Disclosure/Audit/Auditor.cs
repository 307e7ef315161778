namespace Analys.Disclosure;

/// <summary>Attacks a table: the bounds of every withheld cell for the outsider, the reader of the legend and the insider.</summary>
/// <remarks>
/// One unknown per withheld cell; the equations are all that is published. Each unknown is minimised and maximised, in the linear relaxation
/// and then in whole numbers. The true value must lie inside: otherwise the model of the attacker is wrong, and that is an error.
/// Swedish: <i>röjandekontroll, angriparens gränser</i>.
/// </remarks>
public static class Auditor
{
    /// <summary>Audits a table.</summary>
    /// <param name="table">The table with its statuses.</param>
    /// <param name="requirements">What it must withstand.</param>
    /// <param name="scope">Which cells are given bounds; failures are looked for in all primary cells either way.</param>
    /// <param name="solver">The solver; the library's own by default.</param>
    /// <exception cref="TableModelException">The true value of a cell lies outside what the attacker is told.</exception>
    public static TableAudit Audit(
        ProtectionTable table, ProtectionRequirements requirements, AuditScope scope = AuditScope.AllWithheld, ILinearSolver? solver = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(requirements);
        return new AttackRun(table, requirements, scope, solver ?? BoundedSimplexSolver.Instance).Run();
    }
}
