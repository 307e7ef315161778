using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Analys.Load.Cubes;

/// <summary>Sends the calls: not too many at once, again after a failure, and from disk where they were answered before.</summary>
internal sealed class PxWebTransport(PxWebOptions options, TimeProvider time) : IDisposable
{
    private const int MaxAnswer = 512 << 20;
    private static readonly TimeSpan MostPatience = TimeSpan.FromMinutes(2);
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(100), MaxResponseContentBufferSize = MaxAnswer };
    private readonly Queue<long> calls = new();

    private int callsPerWindow = options.CallsPerWindow;
    private TimeSpan window = options.Window;

    /// <summary>The age of the oldest kept answer that was used; null where none was.</summary>
    public TimeSpan? OldestKept { get; private set; }

    /// <summary>Holds to what the site says of itself.</summary>
    public void Obey(PxWebLimits limits)
    {
        if (limits.Calls is not { } most || limits.Window is not { } time) return;
        (callsPerWindow, window) = (most, time);
    }

    /// <summary>The answer to a call, read; kept on disk only where it could be read.</summary>
    /// <param name="path">The path below the address of the API.</param>
    /// <param name="body">What is posted; null for a call that only gets.</param>
    /// <param name="read">Reads the answer, or says why it is none.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<T> SendAsync<T>(string path, string? body, Func<byte[], T> read, CancellationToken cancel)
    {
        var kept = Kept(path, body);
        if (kept is not null && File.Exists(kept) && time.GetUtcNow() - File.GetLastWriteTimeUtc(kept) is var age
            && (options.Offline || options.MaxAge is not { } most || age <= most))
        {
            try
            {
                var known = read(await File.ReadAllBytesAsync(kept, cancel));
                if (OldestKept is null || age > OldestKept) OldestKept = age;
                return known;
            }
            catch (PxWebException) when (!options.Offline)
            {
                // What was kept is damaged: it is fetched once more.
            }
        }

        if (options.Offline) throw new PxWebException("The answer is not kept on disk, and the client is offline.");
        var bytes = await TryAsync(path, body, cancel);
        var answer = read(bytes);
        if (kept is not null)
        {
            Directory.CreateDirectory(options.CacheFolder!);
            // Whole or not at all: another process may read it.
            var draft = kept + "." + Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture);
            await File.WriteAllBytesAsync(draft, bytes, cancel);
            File.Move(draft, kept, overwrite: true);
        }

        return answer;
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
                    throw response.StatusCode switch
                    {
                        HttpStatusCode.NotFound =>
                            new PxWebException("The API has no such table, or its address (--api) is another (404).") { IsAbsent = true },
                        HttpStatusCode.Forbidden or HttpStatusCode.RequestEntityTooLarge => new PxWebRefusalException(),
                        HttpStatusCode.Unauthorized => new PxWebException("The API asks for a log-in (401): it is not open to all."),
                        HttpStatusCode.BadRequest =>
                            new PxWebException("The API does not understand the call (400): is --api of another version?")
                            { IsAbsent = body is null },
                        _ => new PxWebException(reason),
                    };
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

            if (attempt >= options.Tries) throw new PxWebException($"{reason} It was tried {attempt} times.");
            var wait = options.BackOff * Math.Pow(2, attempt - 1);
            if (after is { } asked && asked > wait) wait = asked;
            if (wait > MostPatience)
                throw new PxWebException($"{reason} It asks to wait {Math.Ceiling(wait.TotalMinutes)} minutes: try again then.");
            await Task.Delay(wait, time, cancel);
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
            throw new PxWebException("The answer is no JSON but perhaps a web page: is --api the address of the API itself?")
            {
                IsAbsent =
                true
            };
        }
    }

    // No more than so many calls in any window of time.
    private async Task WaitForTurnAsync(CancellationToken cancel)
    {
        while (calls.Count >= callsPerWindow)
        {
            var passed = time.GetElapsedTime(calls.Peek());
            if (passed >= window) calls.Dequeue();
            else await Task.Delay(window - passed + TimeSpan.FromMilliseconds(1), time, cancel);
        }

        calls.Enqueue(time.GetTimestamp());
    }

    private string? Kept(string path, string? body) => options.CacheFolder is null
        ? null
        : Path.Combine(options.CacheFolder,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{options.Address}\n{path}\n{body}"))) + ".json");

    public void Dispose() => http.Dispose();
}
