using System.CommandLine;
using Analys.Database.Pushed;
using Analys.Disclosure.CellKey;
using Analys.Domain;
using Analys.Load.Schema;

namespace Analys.Cli.Options;

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
