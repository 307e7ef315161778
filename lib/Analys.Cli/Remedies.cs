using Analys.Disclosure.Audit;
using Analys.Load;
using Analys.Load.Schema;

namespace Analys.Cli;

/// <summary>Changes of a refused call that would pass: each is tried before it is offered, those that keep most come first.</summary>
/// <remarks>A try is the whole call again with other arguments, what it prints thrown away but for the number of figures that it would
/// show. A
/// ledger is tried as a copy. Swedish: <i>utvägar</i>.</remarks>
internal sealed class Remedies(string[] args, CancellationToken cancel)
{
    // The rows are looked at for every division of the call.
    private readonly Lazy<Extract?> loaded = new(() => Load(args, option => ValueIn(args, option)));

    /// <summary>The option that takes the best remedy.</summary>
    public const string Coarsen = "--coarsen";

    private const int Offered = 4;
    private const int Tried = 24;

    // Work is bounded by what is counted, never by the clock, so that the same call is answered alike on every machine: elements of
    // tableaux that the proofs change, some two hundred million of them a second. A try may take a part of the whole only, or one that
    // cannot be proven would leave nothing for the others.
    private const long WorkOfRefused = 1_500_000_000;
    private const long WorkOfHalf = 200_000_000;
    private const int Share = 5;

    // What a byte of the file costs to read and count once more, in the same measure.
    private const long WorkOfByte = 2;

    // What divides the figures of a call.
    private static readonly string[] Divisions = ["--by", "--dimensions"];
    private static readonly string[] Policies = ["rounded5", "rounded-city"];
    private static readonly string[] Spans = ["0-17", "0-19"];

    /// <summary>Why the call was refused, as far as it is known.</summary>
    public ReleaseRefusedException? Refusal { get; set; }

    /// <summary>A change that passes.</summary>
    /// <param name="Says">What is changed, in words.</param>
    /// <param name="Args">The changed call.</param>
    /// <param name="Shown">How many figures it shows.</param>
    /// <param name="All">How many it has.</param>
    public sealed record Remedy(string Says, string[] Args, int Shown, int All);

    /// <summary>Runs the call, or the best remedy where it is refused or shows less than half of its figures.</summary>
    public async Task<int> Take(Stream bytes, TextWriter output, TextWriter errors)
    {
        (var own, Refusal) = await Try(args);
        if (own is { } told && 2 * told.Shown >= told.All) return await App.RunOnceAsync(args, new Terminal(bytes, output, errors, args),
            cancel);
        var remedies = await Find(own);
        if (remedies.Count == 0) return await App.RunOnceAsync(args, new Terminal(bytes, output, errors, args), cancel);
        await errors.WriteLineAsync($"analys: coarsened: {remedies[0].Says}");
        return await App.RunOnceAsync(remedies[0].Args, new Terminal(bytes, output, errors, remedies[0].Args), cancel);
    }

    /// <summary>The remedies that pass, best first.</summary>
    /// <param name="now">What the call itself shows, where it is not refused: remedies show a larger part.</param>
    public async Task<IReadOnlyList<Remedy>> Find((int Shown, int All)? now = null)
    {
        var found = new List<Remedy>();
        var reading = WorkOfByte * FileOf(args, option => ValueIn(args, option))?.Length ?? 0;
        var left = (now is null ? WorkOfRefused : WorkOfHalf) - reading;
        var most = left / Share;
        if (left <= reading) return [];
        foreach (var (says, changed) in InTurn(Candidates()).DistinctBy(one => string.Join('\n', one.Args)).Take(Tried))
        {
            if (cancel.IsCancellationRequested || left <= reading) break;
            using var budget = ProofBudget.Begin(Math.Min(left - reading, most));
            var (passed, _) = await Try(changed);
            left -= reading + Math.Min(budget.Used, budget.Given);
            if (passed is not { Shown: > 0 } counts) continue;
            if (now is { } own && (double)counts.Shown / counts.All <= (double)own.Shown / own.All) continue;
            found.Add(new Remedy(says, changed, counts.Shown, counts.All));
        }

        // Of calls that show as much, one that keeps the method goes before one that changes it.
        return [.. found.OrderByDescending(remedy => remedy.Shown).ThenBy(remedy => remedy.All).Take(Offered)];
    }

    /// <summary>The remedies as lines for people.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<Remedy> remedies, bool refused)
    {
        if (remedies.Count == 0)
            return refused ? ["no coarser call of the kinds that were tried passes; take fewer breakdowns, or more persons together"] : [];
        var first = refused ? "passes" : "shows more";
        return remedies.Select((remedy, i) => $"{(i == 0 ? first : "or")}: {remedy.Says} ({remedy.Shown} of {remedy.All} figures shown)")
            .Append($"{Coarsen} takes the first");
    }

    // One of each kind before a second of any: where work is short, every kind has had its turn.
    private static IEnumerable<(string Says, string[] Args)> InTurn(IEnumerable<(string Kind, string Says, string[] Args)> candidates) =>
        candidates.GroupBy(one => one.Kind).SelectMany(kind => kind.Select((one, turn) => (turn, one.Says, one.Args)))
            .OrderBy(one => one.turn).Select(one => (one.Says, one.Args));

    private IEnumerable<(string Kind, string Says, string[] Args)> Candidates()
    {
        const string Coarse = "coarser", Together = "together", Without = "without", Span = "ages", Rule = "policy", Both = "both",
            Measure = "measures";
        foreach (var (says, changed) in Measures()) yield return (Measure, says, changed);
        foreach (var option in Divisions)
        {
            if (Value(option) is not { Length: > 0 } list) continue;
            string[] parts = list.Split(',', StringSplitOptions.TrimEntries);
            foreach (var (part, coarser) in Coarser(parts))
                yield return (Coarse, $"{coarser} in place of {part}", With(option, string.Join(',', parts.Select(other => other == part
                    ? coarser : other))));
            foreach (var (says, merge) in Merges(parts)) yield return (Together, says, [.. args, "--merge", merge]);
            if (parts.Length > 1)
                foreach (var part in parts)
                    yield return (Without, $"without {part}", With(option, string.Join(',', parts.Where(other => other != part))));
            if (option == "--by") yield return (Without, $"without {string.Join(" and ", parts)}", With(option, "none"));
        }

        if (Value("--ages") is { } ages)
        {
            foreach (var span in Spans.Where(span => span != ages)) yield return (Span,
                $"ages {span} in place of {ages}", With("--ages", span));
        }

        foreach (var policy in Policies.Where(name => name != Value("--policy")))
            yield return (Rule, $"policy {policy} in place of {Value("--policy") ?? "stockholm"}", With("--policy", policy));
        if (Value("--by") is { } by && by.Contains(','))
        {
            foreach (var policy in Policies) yield return (Both, $"without {by} and by the policy {policy}", WithIn(
                With("--by", "none"), "--policy", policy));
        }
    }

    // Where the counts of two measures nest, what lies between them can be too few to protect: then one of them alone passes.
    private IEnumerable<(string Says, string[] Args)> Measures()
    {
        if (Refusal is not { Unprotectable.Count: > 0 } refusal) yield break;
        string[] all = Value("--measures") is { Length: > 0 } typed && typed != "all"
            ? typed.Split(',', StringSplitOptions.TrimEntries) : [.. refusal.Measures];
        string[] left = [.. all.Where(one => refusal.Unprotectable.Contains(one.Split(':')[0]))];
        var groups = left.Select(one => new[] { one });
        foreach (var without in left.Length > 1 ? groups.Prepend(left) : groups)
        {
            if (without.Length < all.Length)
                yield return ($"without the {(without.Length == 1 ? "measure" : "measures")} {string.Join(", ", without)}",
                    With("--measures", string.Join(',', all.Except(without))));
        }
    }

    // Of each division the two smallest categories together, and all small ones.
    private IEnumerable<(string Says, string Merge)> Merges(string[] parts)
    {
        if (Load() is not { } extract) yield break;
        var count = Value("--count") is { } name && extract.Has(name) ? extract[name] as NumberColumn : null;
        foreach (var part in parts)
        {
            if (Column(extract, part) is not { } column || column.Categories.Count is < 3 or > 200) continue;
            var sizes = new double[column.Categories.Count];
            for (var row = 0; row < column.Count; row++)
            {
                if (column.Codes[row] >= 0) sizes[column.Codes[row]] += count is null ? 1 : double.IsFinite(count.Values[row])
                    ? count.Values[row] : 0;
            }

            int[] order = [.. Enumerable.Range(0, sizes.Length)
                .Where(i => sizes[i] > 0 && !extract.Schema.Totals.Contains(column.Categories[i]))
                .OrderBy(i => sizes[i]).ThenBy(i => i)];
            // Of districts that are known those that lie beside each other; of other categories the smallest.
            var ofCity = AreaMerges.OfCity(column, sizes).ToList();
            foreach (var merge in ofCity) yield return merge;
            if (ofCity.Count > 0) continue;
            foreach (var many in new[] { 2, order.Length / 2 }.Where(many => many >= 2 && many < order.Length).Distinct())
            {
                string[] together = [.. order.Take(many).Select(i => column.Categories[i])];
                var merged = many == 2 ? string.Join(" + ", together) : "övriga";
                yield return ($"{column.Name}: {string.Join(", ", together)} together",
                    MergedCategories.Write(column.Name, merged, together));
            }
        }
    }

    private IEnumerable<(string Part, string Coarser)> Coarser(string[] parts)
    {
        if (Load() is not { } extract) yield break;
        foreach (var part in parts)
        {
            if (Column(extract, part) is not { Categories.Count: < 2_000 } column) continue;
            foreach (var coarser in AreaMerges.Coarser(extract, column).Where(other =>
                !parts.Contains(other)).Take(2)) yield return (part, coarser);
        }
    }

    private TextColumn? Column(Extract extract, string name)
    {
        if (extract.Has(name)) return extract[name] as TextColumn;
        if (name == "area" && Value("--area") is { } areas && extract.Has(areas)) return extract[areas] as TextColumn;
        return Enum.TryParse<Role>(name, ignoreCase: true, out var role) ? extract.Find(role) as TextColumn : null;
    }

    private Extract? Load() => loaded.Value;

    private static Extract? Load(string[] args, Func<string, string?> value)
    {
        if (FileOf(args, value) is not { } file) return null;
        try
        {
            return Extract.TryLoad(file.FullName, value("--schema") is { } schema ? TableSchema.Load(schema) : null,
                value("--sheet")).Extract;
        }
#pragma warning disable CA1031 // Without the rows there are fewer remedies, that is all.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    // Of a database nobody knows here how much a try reads.
    private static FileInfo? FileOf(string[] args, Func<string, string?> value) =>
        value("--source") is null && args.Skip(1).FirstOrDefault(arg => !arg.StartsWith('-') && File.Exists(arg)) is { } file
            ? new FileInfo(file) : null;

    private async Task<((int Shown, int All)? Told, ReleaseRefusedException? Refusal)> Try(string[] changed)
    {
        var copy = Path.Combine(Path.GetTempPath(), $"analys-{Guid.NewGuid():N}");
        try
        {
            changed = WithIn(WithoutIn(changed, "--out"), "--format", "json");
            if (Value("--ledger") is { } ledger)
            {
                foreach (var ending in (string[])["", ".head"])
                    if (File.Exists(ledger + ending)) File.Copy(ledger + ending, copy + ending);
                changed = WithIn(changed, "--ledger", copy);
            }

            using var bytes = new MemoryStream();
            var terminal = new Terminal(bytes, TextWriter.Null, TextWriter.Null, changed) { IsTrial = true };
            return (await App.RunOnceAsync(changed, terminal, cancel) == ExitCode.Done ? terminal.Told : null, terminal.Refusal);
        }
        finally
        {
            foreach (var ending in (string[])["", ".head", ".lock"]) File.Delete(copy + ending);
        }
    }

    private string? Value(string option) => ValueIn(args, option);

    private static string? ValueIn(string[] args, string option)
    {
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == option && i + 1 < args.Length) return args[i + 1];
            if (args[i].StartsWith(option + "=", StringComparison.Ordinal)) return args[i][(option.Length + 1)..];
        }

        return null;
    }

    private string[] With(string option, string value) => WithIn(args, option, value);

    private static string[] WithIn(string[] call, string option, string value) => [.. WithoutIn(call, option), option, value];

    private static string[] WithoutIn(string[] call, string option)
    {
        var rest = new List<string>();
        for (var i = 0; i < call.Length; i++)
        {
            if (call[i] == option) i++;
            else if (!call[i].StartsWith(option + "=", StringComparison.Ordinal)) rest.Add(call[i]);
        }

        return [.. rest];
    }
}
