using System.CommandLine;
using Analys.Domain;

namespace Analys.Cli.Options;

/// <summary>The option <c>--out</c> of commands that print results: the ending of the file chooses the form.</summary>
internal sealed class ResultFileOption : Option<string?>
{
    public ResultFileOption()
        : base("--out") => Description = $"Write the results to a file; its ending chooses the form: {ResultFiles.Endings}";

    /// <summary>The file of a call; null where it has none.</summary>
    public static string? Of(ParseResult call) =>
        call.CommandResult.Command.Options.OfType<ResultFileOption>().FirstOrDefault() is { } option ? call.GetValue(option) : null;
}

/// <summary>The option <c>--ledger</c>: a file that remembers what was released.</summary>
internal sealed class LedgerOption
{
    private readonly Option<string?> option = new("--ledger")
    {
        Description =
        "A file that remembers releases of the source (no values): what they withheld stays withheld, and what would give a cell away "
            + "together with them is refused",
    };

    private readonly Option<string?> because = new("--another-source")
    {
        Description =
        "Why the data are another source for the ledger though they hold persons that it knows (same rows in another order, with other "
            + "columns or another year beside them are one source): the words are recorded",
    };

    public Option Option => option;

    public Option Because => because;

    /// <summary>The ledger that a call names; null where it names none.</summary>
    public Ledger? Of(ParseResult call)
    {
        var words = call.GetValue(because);
        if (words is not null && string.IsNullOrWhiteSpace(words)) throw new CallException("--another-source says why, in words.");
        if (call.GetValue(option) is { } path) return Ledger.Open(path, words);
        return words is null ? null : throw new CallException("--another-source is said to a --ledger.");
    }

    /// <summary>Releases results as a call asks.</summary>
    public Released Release(ParseResult call, Results results, string? policy, bool confidential)
    {
        results = CommonOptions.Stated(results, call);
        if (Of(call) is not { } ledger) return results.ReleaseAs(policy, confidential);
        if (confidential) throw new CallException("--confidential prints what is not released: it has no --ledger.");
        return results.Release(policy is null ? Policy.Stockholm : Policy.Load(policy), ledger);
    }
}
