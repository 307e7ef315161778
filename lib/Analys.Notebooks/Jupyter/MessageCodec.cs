using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Analys.Notebooks.Jupyter;

/// <summary>Messages to frames and back. The signature covers the exact bytes; what is not signed with the key is not read.</summary>
internal sealed class MessageCodec(string key, TimeProvider time)
{
    private static readonly byte[] Delimiter = Encoding.ASCII.GetBytes("<IDS|MSG>");
    private static readonly JsonSerializerOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly byte[] key = Encoding.UTF8.GetBytes(key);
    private readonly string session = Guid.NewGuid().ToString("N");
    private int count;

    public JupyterMessage? Read(byte[][] frames)
    {
        var at = Array.FindIndex(frames, frame => frame.AsSpan().SequenceEqual(Delimiter));
        if (at < 0 || frames.Length < at + 6) return null;
        if (key.Length > 0 && !CryptographicOperations.FixedTimeEquals(Sign(frames.AsSpan(at + 2, 4)), frames[at + 1])) return null;
        try
        {
            return new JupyterMessage(frames[..at], Part(frames[at + 2]), Part(frames[at + 3]), Part(frames[at + 5]));
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    public byte[][] Write(byte[][] routing, string type, JsonObject parent, JsonObject content)
    {
        var header = new JsonObject
        {
            ["msg_id"] = string.Create(CultureInfo.InvariantCulture, $"{session}_{Interlocked.Increment(ref count)}"),
            ["session"] = session,
            ["username"] = "kernel",
            ["date"] = time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture),
            ["msg_type"] = type,
            ["version"] = "5.3",
        };
        byte[][] parts = [Bytes(header), Bytes(parent), Encoding.ASCII.GetBytes("{}"), Bytes(content)];
        return [.. routing, Delimiter, key.Length > 0 ? Sign(parts) : [], .. parts];
    }

    private static JsonObject Part(byte[] frame) => JsonNode.Parse(frame)?.AsObject() ?? [];

    private static byte[] Bytes(JsonObject part) => JsonSerializer.SerializeToUtf8Bytes(part, Json);

    private byte[] Sign(ReadOnlySpan<byte[]> parts)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        foreach (var part in parts) hash.AppendData(part);
        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
