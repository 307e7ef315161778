using System.CommandLine;
using Analys.Disclosure;
using Analys.Domain;

namespace Analys.Cli;

/// <summary>The option <c>--ledger</c>: a file that remembers what was released.</summary>
internal sealed class LedgerOption
{
    private readonly Option<string?> option = new("--ledger")
    {
        Description = "A file that remembers releases of the source (no values): what they withheld stays withheld, and what would give a cell away together with them is refused",
    };

    public Option Option => option;

    /// <summary>The ledger that a call names; null where it names none.</summary>
    public Ledger? Of(ParseResult call) => call.GetValue(option) is { } path ? Ledger.Open(path) : null;

    /// <summary>Releases results as a call asks.</summary>
    public Released Release(ParseResult call, Results results, string? policy, bool confidential)
    {
        if (Of(call) is not { } ledger) return results.ReleaseAs(policy, confidential);
        if (confidential) throw new CallException("--confidential prints what is not released: it has no --ledger.");
        return results.Release(policy is null ? Policy.Stockholm : Policy.Load(policy), ledger);
    }
}
