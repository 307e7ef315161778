using Analys.Disclosure.Audit;
using Analys.Disclosure.Suppression;
using Analys.Disclosure.Tables;

namespace Analys.Tests.Disclosure;

/// <summary>The reference tables beside the repository.</summary>
internal static class ReferenceTables
{
    public static ProtectionTable Read(string name) =>
        ReferenceJson.Read(File.ReadAllText(Repository.SharedAt("reference", "disclosure", name + ".json")));

    public static (double Lower, double Upper) Bounds(ProtectionTable table, string cell, ProtectionRequirements? requirements = null)
    {
        var bounds = Auditor.Audit(table, requirements ?? new()).Find(cell)!;
        return (bounds.Lower, bounds.Upper);
    }
}
