using System.Text.Json;
using Analys.Disclosure;

namespace Analys.Cli;

/// <summary>The file that remembers releases: one line each, hashes and sums, no values.</summary>
internal static class LedgerFile
{
    /// <summary>Refuses a table that gives a cell away together with earlier ones, and remembers it else.</summary>
    public static void CheckAndAppend(string path, ReleasedTable released, CellIdentity identity, string extract, string name)
    {
        if (released.Requirements is not { } requirements) throw new CallException("A ledger compares tables with withheld cells; under this policy there are none.");
        var ledger = Read(path);
        var verdict = ledger.Check(released.Table, identity.Of, extract, requirements);
        if (!verdict.Passed)
        {
            var earlier = verdict.DisclosedEarlier > 0 ? $", and {verdict.DisclosedEarlier} withheld cells of earlier ones" : "";
            throw new ReleaseRefusedException("ledger", $"together with earlier releases this table gives cells away{earlier}", verdict.Disclosed);
        }

        var line = ReleaseLedger.Line(ReleaseLedger.Describe(released.Table, identity.Of, extract, name)) + "\n";
        // Whole or not at all: a line cut short would make the file unreadable.
        var next = path + ".new";
        File.WriteAllText(next, (File.Exists(path) ? File.ReadAllText(path) : "") + line);
        File.Move(next, path, overwrite: true);
    }

    private static ReleaseLedger Read(string path)
    {
        if (!File.Exists(path)) return ReleaseLedger.Empty;
        try
        {
            using var reader = File.OpenText(path);
            return ReleaseLedger.Read(reader);
        }
        catch (JsonException)
        {
            throw new CallException($"{Path.GetFileName(path)} is not a ledger.");
        }
    }
}
