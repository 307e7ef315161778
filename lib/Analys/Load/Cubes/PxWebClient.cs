using System.Collections.Immutable;
using Analys.Load.Cubes.JsonStat;

namespace Analys.Load.Cubes;

/// <summary>How the client behaves.</summary>
internal sealed record PxWebOptions
{
    /// <summary>The address of the API, version 1 or 2.</summary>
    public Uri Address { get; init; } = new("https://statistikdatabasen.scb.se/api/v2/");

    /// <summary>The language of labels.</summary>
    public string Language { get; init; } = "sv";

    /// <summary>Where answers are kept; null to keep none.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>Whether to use kept answers only.</summary>
    public bool Offline { get; init; }

    /// <summary>Kept answers that are older are fetched anew; null for any age.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>The most cells of one answer; null to ask the API.</summary>
    public int? MaxCells { get; init; }

    /// <summary>How many calls may be made in <see cref="Window"/>, where the API does not say.</summary>
    public int CallsPerWindow { get; init; } = 30;

    /// <summary>The time over which calls are counted.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many times a call is tried.</summary>
    public int Tries { get; init; } = 5;

    /// <summary>The first wait after a failure; each further wait is twice as long.</summary>
    public TimeSpan BackOff { get; init; } = TimeSpan.FromSeconds(1);
}

/// <summary>A table could not be fetched; the message says why.</summary>
/// <param name="message">What happened.</param>
internal sealed class PxWebException(string message) : Exception(message)
{
    /// <summary>Whether there is nothing at the address, or something else than an API.</summary>
    internal bool IsAbsent { get; init; }
}

/// <summary>An answer says that a call asks for too much, or that the site is closed to programs.</summary>
internal sealed class PxWebRefusalException() : Exception("The API refuses the call (403).");

/// <summary>A small client of PxWeb's API, versions 1 and 2, as Statistics Sweden and other offices run it.</summary>
/// <remarks>
/// Large selections are split into calls under the API's limit of cells and put together again, and split further where it refuses them all
/// the same; calls are held under its limit of calls; answers that were found right are kept on disk. Public statistics only: nothing of an
/// extract is ever sent.
/// </remarks>
internal sealed class PxWebClient : IDisposable
{
    private const int MaxCalls = 500;

    // A site that is closed to programs refuses the smallest call too: it need not be asked cell by cell.
    private const int MostHalvings = 6;
    private readonly PxWebOptions options;
    private readonly PxWebTransport transport;
    private PxWebSite? site;
    private int sent;

    /// <summary>Makes a client.</summary>
    /// <param name="options">How it behaves.</param>
    /// <param name="time">The clock; null for the system's.</param>
    public PxWebClient(PxWebOptions? options = null, TimeProvider? time = null)
    {
        this.options = options ?? new PxWebOptions();
        transport = new PxWebTransport(this.options, time ?? TimeProvider.System);
    }

    /// <summary>The age of the oldest kept answer that was used; null where none was.</summary>
    public TimeSpan? OldestKept => transport.OldestKept;

    /// <summary>The variables of a table with all their values; the cube has no figures.</summary>
    /// <param name="table">The table's id, such as <c>TAB6471</c>; in version 1 its path.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="PxWebException">The table cannot be had.</exception>
    public async Task<IReadOnlyList<CubeDimension>> GetVariablesAsync(string table, CancellationToken cancel = default) =>
        (await InfoAsync(table, cancel)).Variables;

    /// <summary>Fetches a selection of a table.</summary>
    /// <param name="table">The table's id.</param>
    /// <param name="selection">By variable the codes and expressions (<see cref="PxWebSelection"/>); a variable that is not named is left
    /// out where the table allows it, else taken whole.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="PxWebException">The table cannot be had, or a code is not one of it.</exception>
    public async Task<Cube> GetAsync(string table, IReadOnlyDictionary<string, IReadOnlyList<string>> selection,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(selection);
        var chosen = PxWebSelection.Resolve(await InfoAsync(table, cancel), selection);
        var limit = options.MaxCells ?? await LimitAsync(cancel);
        var calls = PxWebSelection.Split(chosen, limit);
        if (calls.Count > MaxCalls)
            throw new PxWebException($"The selection needs {calls.Count} calls; {MaxCalls} are allowed. Select less.");
        var parts = new List<Cube>();
        sent = 0;
        foreach (var call in calls) await FetchAsync(table, call, parts, 0, cancel);
        return parts.Count == 1 ? parts[0] : PxWebSelection.Join(parts, chosen);
    }

    /// <inheritdoc/>
    public void Dispose() => transport.Dispose();

    // A call that is refused is asked in halves.
    private async Task FetchAsync(string table, List<(CubeDimension Variable, ImmutableArray<string> Codes)> call, List<Cube> parts,
        int halvings, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (++sent > 2 * MaxCalls) throw new PxWebException($"The selection needs more than {MaxCalls} calls. Select less.");
        var cells = call.Aggregate(1L, (product, variable) => product * variable.Codes.Length);
        try
        {
            var known = await SiteAsync(cancel);
            parts.Add(await transport.SendAsync(known.Data(table), known.Body(call), bytes => Part(bytes, call, cells), cancel));
        }
        catch (PxWebRefusalException)
        {
            if (cells < 2 || (parts.Count == 0 && halvings >= MostHalvings))
            {
                throw new PxWebException(
                    "The API refuses the call (403): it asks for more cells than the site allows, or the site is closed to programs. "
                        + "Select less.");
            }

            foreach (var half in PxWebSelection.Split(call, (int)Math.Max(1, cells / 2)))
                await FetchAsync(table, half, parts, halvings + 1, cancel);
        }
    }

    // Fewer cells than were asked for are no answer, and must not be kept as one.
    private static Cube Part(byte[] bytes, List<(CubeDimension Variable, ImmutableArray<string> Codes)> call, long asked)
    {
        var document = JsonStatDocument.Parse(bytes);
        if (!document.IsValid || document.Datasets is not [var part]) throw new PxWebException("The answer is not a JSON-stat dataset.");
        if (part.Values.Length != asked)
            throw new PxWebException($"The answer has {part.Values.Length} cells where {asked} were asked for.");
        foreach (var (variable, codes) in call)
        {
            if (part.Dimensions.FirstOrDefault(dimension => dimension.Id == variable.Id) is not { } answered
                || !answered.Codes.ToHashSet(StringComparer.Ordinal).SetEquals(codes))
                throw new PxWebException($"The answer has other values of {variable.Id} than were asked for.");
        }

        return part;
    }

    private async Task<PxWebTableInfo> InfoAsync(string table, CancellationToken cancel)
    {
        var known = await SiteAsync(cancel);
        try
        {
            return await transport.SendAsync(known.Metadata(table), null, known.Info, cancel);
        }
        catch (PxWebRefusalException)
        {
            throw new PxWebException("The API refuses to tell of the table (403): the site may be closed to programs.");
        }
    }

    // What a site does not say is what most have.
    private async Task<int> LimitAsync(CancellationToken cancel)
    {
        var known = await SiteAsync(cancel);
        try
        {
            var limits = await transport.SendAsync(known.Config, null, PxWebSite.Limits, cancel);
            transport.Obey(limits);
            return limits.Cells ?? known.UsualCells;
        }
        catch (Exception e) when (e is PxWebRefusalException or PxWebException { IsAbsent: true })
        {
            return known.UsualCells;
        }
    }

    // The address mostly tells the version; where it does not, only version 2 answers to the name of its settings.
    private async Task<PxWebSite> SiteAsync(CancellationToken cancel)
    {
        if (site is not null) return site;
        if (PxWebSite.ByAddress(options.Address, options.Language) is { } told) return site = told;
        try
        {
            await transport.SendAsync("config", null, PxWebSite.Limits, cancel);
            return site = new PxWebSiteV2(options.Language);
        }
        catch (Exception e) when (e is PxWebRefusalException or PxWebException { IsAbsent: true })
        {
            return site = new PxWebSiteV1();
        }
    }
}
