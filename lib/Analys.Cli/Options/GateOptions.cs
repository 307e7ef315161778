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
}

/// <summary>How results leave a call: under a policy, known to a ledger, in a form; the same on every command that measures.</summary>
/// <param name="withLedger">Whether the command has a ledger.</param>
internal sealed class GateOptions(bool withLedger = true)
{
    private readonly Option<string?> policy = CommonOptions.PolicyName();
    private readonly Option<bool> confidential = CommonOptions.Confidential();
    private readonly LedgerOption ledger = new();
    private readonly Option<OutputFormat> format = CommonOptions.Format();

    /// <summary>The options.</summary>
    public IEnumerable<Option> All =>
        withLedger ? [policy, confidential, ledger.Option, ledger.Because, format] : [policy, confidential, format];

    /// <summary>Whether a call says that it is inside the secure environment.</summary>
    public bool IsConfidential(ParseResult call) => call.GetValue(confidential);

    /// <summary>The policy of a call; Stockholm's where it names none.</summary>
    public Policy PolicyOf(ParseResult call) => call.GetValue(policy) is { } name ? Policy.Load(name) : Policy.Stockholm;

    /// <summary>The form that a call asks for.</summary>
    public OutputFormat Format(ParseResult call) => call.GetValue(format);

    /// <summary>Releases results as a call asks.</summary>
    public Released Release(ParseResult call, Results results)
    {
        var stated = withLedger ? CommonOptions.Stated(results, call) : results;
        var book = withLedger ? ledger.Of(call) : null;
        if (!IsConfidential(call)) return book is null ? stated.Release(PolicyOf(call)) : stated.Release(PolicyOf(call), book);
        if (call.GetValue(policy) is not null) throw new CallException("--confidential and --policy exclude each other.");
        if (book is not null) throw new CallException("--confidential prints what is not released: it has no --ledger.");
        return stated.Release(Policy.Confidential);
    }

    /// <summary>Releases and prints them.</summary>
    public void Print(Terminal terminal, ParseResult call, Results results) =>
        terminal.Results(Release(call, results), Format(call));
}

/// <summary>The option <c>--public</c>: the word of the caller that what has no schema is a published table.</summary>
internal sealed class PublicOption : Option<string?>
{
    public PublicOption(string word)
        : base("--public") => Description = $"\"source, date\": {word}";

    /// <summary>The word of a call; null where it gives none.</summary>
    public string? Word(ParseResult call) => call.GetValue(this) is { } word && string.IsNullOrWhiteSpace(word)
        ? throw new CallException("--public says where and when the table was published: \"source, date\".") : call.GetValue(this);
}
