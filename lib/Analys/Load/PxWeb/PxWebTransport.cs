using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Analys.Load.PxWeb;

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
                if (response.IsSuccessStatusCode) return await response.Content.ReadAsByteArrayAsync(cancel);
                reason = $"The API answered {(int)response.StatusCode}.";
                after = response.Headers.RetryAfter?.Delta;
                if (response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout) && (int)response.StatusCode < 500)
                {
                    throw new PxWebException(response.StatusCode == HttpStatusCode.NotFound ? "The API has no such table." : reason);
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
        : Path.Combine(options.CacheFolder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{options.Address}\n{path}\n{body}"))) + ".json");

    public void Dispose() => http.Dispose();
}
