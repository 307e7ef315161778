using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Analys.Load.Cubes;

/// <summary>How the client behaves.</summary>
internal sealed record PxWebOptions
{
    /// <summary>The address of the API, version 2.</summary>
    public Uri Address { get; init; } = new("https://statistikdatabasen.scb.se/api/v2/");

    /// <summary>The language of labels.</summary>
    public string Language { get; init; } = "sv";

    /// <summary>Where answers are kept; null to keep none.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>Whether to use kept answers only.</summary>
    public bool Offline { get; init; }

    /// <summary>The most cells of one answer; null to ask the API.</summary>
    public int? MaxCells { get; init; }

    /// <summary>How many calls may be made in <see cref="Window"/>.</summary>
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
public sealed class PxWebException(string message) : Exception(message);

/// <summary>A small client of PxWeb's API v2, as Statistics Sweden and other offices run it.</summary>
/// <remarks>
/// Large selections are split into calls under the API's limit of cells and put together again; calls are held under its limit of calls;
/// answers are kept on disk. Public statistics only: nothing of an extract is ever sent.
/// </remarks>
internal sealed class PxWebClient : IDisposable
{
    private const int MaxCalls = 500;
    private readonly PxWebOptions options;
    private readonly PxWebTransport transport;

    /// <summary>Makes a client.</summary>
    /// <param name="options">How it behaves.</param>
    /// <param name="time">The clock; null for the system's.</param>
    public PxWebClient(PxWebOptions? options = null, TimeProvider? time = null)
    {
        this.options = options ?? new PxWebOptions();
        transport = new PxWebTransport(this.options, time ?? TimeProvider.System);
    }

    /// <summary>The variables of a table with all their values; the cube has no figures.</summary>
    /// <param name="table">The table's id, such as <c>TAB6471</c>.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="PxWebException">The table cannot be had.</exception>
    public async Task<IReadOnlyList<CubeDimension>> GetVariablesAsync(string table, CancellationToken cancel = default)
    {
        var bytes = await transport.SendAsync($"tables/{Escape(table)}/metadata?lang={Escape(options.Language)}&outputFormat=json-stat2",
            null, cancel);
        return PxWebTableInfo.Read(bytes).Variables;
    }

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
        var info =
            PxWebTableInfo.Read(await transport.SendAsync(
                $"tables/{Escape(table)}/metadata?lang={Escape(options.Language)}&outputFormat=json-stat2", null, cancel));
        var chosen = PxWebSelection.Resolve(info, selection);
        var limit = options.MaxCells ?? await MaxCellsAsync(cancel);
        var calls = PxWebSelection.Split(chosen, limit);
        if (calls.Count > MaxCalls)
            throw new PxWebException($"The selection needs {calls.Count} calls; {MaxCalls} are allowed. Select less.");
        var parts = new List<Cube>();
        foreach (var call in calls)
        {
            cancel.ThrowIfCancellationRequested();
            var bytes = await transport.SendAsync($"tables/{Escape(table)}/data?lang={Escape(options.Language)}&outputFormat=json-stat2",
                Body(call), cancel);
            var document = JsonStatDocument.Parse(bytes);
            if (!document.IsValid || document.Datasets is not [var part])
                throw new PxWebException("The answer is not a JSON-stat dataset.");
            var asked = call.Aggregate(1L, (cells, variable) => cells * variable.Codes.Count);
            if (part.Values.Length != asked) throw new PxWebException($"The answer has {part.Values.Length} cells where {asked} were asked for.");
            parts.Add(part);
        }

        return parts.Count == 1 ? parts[0] : PxWebSelection.Join(parts, chosen);
    }

    /// <inheritdoc/>
    public void Dispose() => transport.Dispose();

    private async Task<int> MaxCellsAsync(CancellationToken cancel)
    {
        using var config = JsonDocument.Parse(await transport.SendAsync("config", null, cancel));
        return config.RootElement.ValueKind == JsonValueKind.Object && config.RootElement.TryGetProperty("maxDataCells", out var cells)
            && cells.TryGetInt32(out var limit) && limit > 0 ? limit : 150_000;
    }

    private static string Body(IReadOnlyList<(string Variable, IReadOnlyList<string> Codes)> call)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteStartArray("selection");
            foreach (var (variable, codes) in call)
            {
                json.WriteStartObject();
                json.WriteString("variableCode", variable);
                json.WriteStartArray("valueCodes");
                foreach (var code in codes) json.WriteStringValue(code);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string Escape(string text) => Uri.EscapeDataString(text);
}

/// <summary>Sends the calls: not too many at once, again after a failure, and from disk where they were answered before.</summary>
internal sealed class PxWebTransport(PxWebOptions options, TimeProvider time) : IDisposable
{
    private const int MaxAnswer = 512 << 20;
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(100), MaxResponseContentBufferSize = MaxAnswer };
    private readonly Queue<long> calls = new();

    public async Task<byte[]> SendAsync(string path, string? body, CancellationToken cancel)
    {
        var kept = Kept(path, body);
        if (kept is not null && File.Exists(kept)) return await File.ReadAllBytesAsync(kept, cancel);
        if (options.Offline) throw new PxWebException("The answer is not kept on disk, and the client is offline.");
        var bytes = await TryAsync(path, body, cancel);
        if (kept is not null)
        {
            Directory.CreateDirectory(options.CacheFolder!);
            // Whole or not at all: another process may read it.
            var draft = kept + "." + Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture);
            await File.WriteAllBytesAsync(draft, bytes, cancel);
            File.Move(draft, kept, overwrite: true);
        }

        return bytes;
    }

    private async Task<byte[]> TryAsync(string path, string? body, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            await WaitForTurnAsync(cancel);
            string reason;
            TimeSpan? after = null;
            try
            {
                var address = options.Address.AbsoluteUri.EndsWith('/') ? options.Address : new Uri(options.Address.AbsoluteUri + "/");
                using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, new Uri(address, path));
                if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
                using var response = await http.SendAsync(request, cancel);
                if (response.IsSuccessStatusCode) return Json(await response.Content.ReadAsByteArrayAsync(cancel));
                reason = $"The API answered {(int)response.StatusCode}.";
                after = response.Headers.RetryAfter?.Delta ?? response.Headers.RetryAfter?.Date - time.GetUtcNow();
                if (response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout)
                    && (int)response.StatusCode < 500)
                {
                    throw new PxWebException(response.StatusCode switch
                    {
                        HttpStatusCode.NotFound => "The API has no such table, or its address (--api) is another.",
                        HttpStatusCode.Forbidden => "The API refuses the call (403): it asks for more cells than the site allows, or the site is closed to programs. Select less.",
                        _ => reason,
                    });
                }
            }
            catch (HttpRequestException)
            {
                reason = "The API cannot be reached.";
            }
            catch (TaskCanceledException) when (!cancel.IsCancellationRequested)
            {
                reason = "The API did not answer in time.";
            }

            if (attempt >= options.Tries) throw new PxWebException(reason);
            var wait = options.BackOff * Math.Pow(2, attempt - 1);
            await Task.Delay(after is { } asked && asked > wait && asked < TimeSpan.FromMinutes(2) ? asked : wait, time, cancel);
        }
    }

    // What is no JSON is not an answer: a log-in or an error page must not be kept either.
    private static byte[] Json(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(JsonSource.Clean(bytes));
            return bytes;
        }
        catch (JsonException)
        {
            throw new PxWebException("The answer is no JSON but perhaps a web page: is --api the address of the API itself?");
        }
    }

    // No more than so many calls in any window of time.
    private async Task WaitForTurnAsync(CancellationToken cancel)
    {
        while (calls.Count >= options.CallsPerWindow)
        {
            var passed = time.GetElapsedTime(calls.Peek());
            if (passed >= options.Window) calls.Dequeue();
            else await Task.Delay(options.Window - passed + TimeSpan.FromMilliseconds(1), time, cancel);
        }

        calls.Enqueue(time.GetTimestamp());
    }

    private string? Kept(string path, string? body) => options.CacheFolder is null
        ? null
        : Path.Combine(options.CacheFolder,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{options.Address}\n{path}\n{body}"))) + ".json");

    public void Dispose() => http.Dispose();
}
