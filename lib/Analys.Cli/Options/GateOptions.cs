using System.CommandLine;
using Analys.Database.Pushed;
using Analys.Disclosure.CellKey;
using Analys.Domain;
using Analys.Load.Schema;

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

/// <summary>What of the gate a command has.</summary>
[Flags]
internal enum GateParts
{
    /// <summary>The policy.</summary>
    Policy = 1,

    /// <summary>The word that a call is inside the secure environment.</summary>
    Confidential = 2,

    /// <summary>The ledger.</summary>
    Ledger = 4,

    /// <summary>The form of what is printed.</summary>
    Format = 8,

    /// <summary>Of a command that measures: all of them.</summary>
    All = Policy | Confidential | Ledger | Format,
}

/// <summary>How results leave a call: under a policy, known to a ledger, in a form. Every command that lets anything out has its options
/// here.</summary>
/// <param name="parts">What of it the command has.</param>
internal sealed class GateOptions(GateParts parts = GateParts.All)
{
    private readonly Option<string?> policy = new("--policy")
    {
        Description =
        "The disclosure policy: stockholm (default), scb-research, rounded5, rounded-city, public, or a file",
    };

    private readonly Option<bool> confidential =
        new("--confidential") { Description = "Print unprotected results, for use inside a secure environment only" };

    private readonly Option<string?> ledger = new("--ledger")
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

    private readonly Option<OutputFormat> format = CommonOptions.Format();

    /// <summary>The options.</summary>
    public IEnumerable<Option> All => new (GateParts Part, Option Option)[]
    {
        (GateParts.Policy, policy), (GateParts.Confidential, confidential), (GateParts.Ledger, ledger), (GateParts.Ledger, because),
        (GateParts.Format, format),
    }.Where(one => parts.HasFlag(one.Part)).Select(one => one.Option);

    /// <summary>Whether a call says that it is inside the secure environment.</summary>
    public bool IsConfidential(ParseResult call) => call.GetValue(confidential);

    /// <summary>The name of a call's policy; Stockholm's where it names none.</summary>
    public string PolicyNameOf(ParseResult call) => call.GetValue(policy) ?? "stockholm";

    /// <summary>The policy of a call.</summary>
    public Policy PolicyOf(ParseResult call) => Policy.Load(PolicyNameOf(call));

    /// <summary>The ledger that a call names; null where it names none.</summary>
    public Ledger? LedgerOf(ParseResult call)
    {
        if (!parts.HasFlag(GateParts.Ledger)) return null;
        var words = call.GetValue(because);
        if (words is not null && string.IsNullOrWhiteSpace(words)) throw new CallException("--another-source says why, in words.");
        if (call.GetValue(ledger) is { } path) return Ledger.Open(path, words);
        return words is null ? null : throw new CallException("--another-source is said to a --ledger.");
    }

    /// <summary>The form that a call asks for.</summary>
    public OutputFormat Format(ParseResult call) => call.GetValue(format);

    /// <summary>Releases results as a call asks.</summary>
    public Released Release(ParseResult call, Results results)
    {
        var stated = parts.HasFlag(GateParts.Ledger) ? CommonOptions.Stated(results, call) : results;
        var book = LedgerOf(call);
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

/// <summary>Where the random numbers of persons come from, for policies with noise by cell keys: drawn from a seed, or a column.</summary>
/// <param name="ofPersons">The column of the person, of commands on persons; null for one of its own.</param>
internal sealed class CellKeyOptions(Option<string?>? ofPersons = null)
{
    private readonly Option<string?> person = ofPersons
        ?? new("--person") { Description = "The column of the person, for policies with noise by cell keys" };

    private readonly Option<string?> seed = new("--seed-file")
    {
        Description =
        "A file with a secret seed of at least 16 bytes, from which each person's key is drawn; keep it for all releases of the register"
    };

    private readonly Option<string?> key = new("--cell-key")
    {
        Description =
        "A column with a key of each person, a random whole number from 0 to 4294967295, in place of --person and --seed-file"
    };

    /// <summary>The options that the command has for this alone.</summary>
    public IEnumerable<Option> All => ofPersons is null ? [person, seed, key] : [seed, key];

    /// <summary>The column of keys that a call names.</summary>
    public string? ColumnOf(ParseResult call) => call.GetValue(key);

    /// <summary>Whether a call asks to draw keys of persons from a seed.</summary>
    public bool AreDrawn(ParseResult call) => call.GetValue(person) is not null && call.GetValue(seed) is not null;

    /// <summary>Refuses a policy with noise by cell keys for measures of a database.</summary>
    /// <param name="policy">The policy.</param>
    /// <exception cref="NotPushedException">The policy changes counts by keys.</exception>
    public static void RefuseSource(Policy policy)
    {
        // Every count behind a measure has a key of its own: of the poor by each line, of each domain, of each pair that is compared.
        if (policy.CellKey is null) return;
        throw new NotPushedException("Noise by cell keys needs each person's row for a measure: of a database release alone adds keys up "
            + "(--cell-key COLUMN). Take a file of persons, or another policy.");
    }

    /// <summary>The key of each row's person; null where the policy asks for none or the call names none.</summary>
    /// <param name="call">The call.</param>
    /// <param name="extract">A row for each person.</param>
    /// <param name="policy">The policy.</param>
    /// <exception cref="CallException">The seed is no secret.</exception>
    public uint[]? Of(ParseResult call, Extract extract, Policy policy)
    {
        if (policy.CellKey is null) return null;
        if (call.GetValue(key) is { } column) return CellKeyTable.Read(extract, column);
        if (call.GetValue(seed) is not { } file || (call.GetValue(person) ?? extract.Find(Role.Person)?.Name) is not { } whose) return null;
        var secret = File.ReadAllBytes(file);
        if (secret.Length < PersonKeys.SeedBytes) throw new CallException("--seed-file has fewer than 16 bytes, which is no secret.");
        return CellKeyTable.Draw(extract, whose, new PersonKeys(secret));
    }
}
