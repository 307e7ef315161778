using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Analys.Notebooks.Jupyter;

/// <summary>A message of the Jupyter protocol.</summary>
/// <param name="Routing">The frames before the delimiter, to be sent back as they came.</param>
/// <param name="Header">Who sent it, when, and of which type.</param>
/// <param name="Parent">The header of the message that it answers.</param>
/// <param name="Content">What it says.</param>
internal sealed record JupyterMessage(byte[][] Routing, JsonObject Header, JsonObject Parent, JsonObject Content)
{
    public string Type => (string?)Header["msg_type"] ?? "";

    public string Text(string key) => (string?)Content[key] ?? "";

    public bool Flag(string key, bool otherwise) => (bool?)Content[key] ?? otherwise;

    public int Number(string key) => (int?)Content[key] ?? 0;
}

/// <summary>Messages to frames and back. The signature covers the exact bytes; what is not signed with the key is not read.</summary>
internal sealed class MessageCodec(string key, TimeProvider time)
{
    private static readonly byte[] Delimiter = Encoding.ASCII.GetBytes("<IDS|MSG>");
    private static readonly JsonSerializerOptions Json =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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

/// <summary>What Jupyter tells a kernel in its connection file: where to listen and how to sign.</summary>
internal sealed record ConnectionFile
{
    [JsonPropertyName("transport")]
    public string Transport { get; init; } = "tcp";

    [JsonPropertyName("ip")]
    public required string Ip { get; init; }

    [JsonPropertyName("shell_port")]
    public required int ShellPort { get; init; }

    [JsonPropertyName("iopub_port")]
    public required int IopubPort { get; init; }

    [JsonPropertyName("stdin_port")]
    public required int StdinPort { get; init; }

    [JsonPropertyName("control_port")]
    public required int ControlPort { get; init; }

    [JsonPropertyName("hb_port")]
    public required int HeartbeatPort { get; init; }

    [JsonPropertyName("key")]
    public string Key { get; init; } = "";

    [JsonPropertyName("signature_scheme")]
    public string SignatureScheme { get; init; } = "hmac-sha256";

    public static ConnectionFile Read(string path)
    {
        try
        {
            var file = JsonSerializer.Deserialize<ConnectionFile>(File.ReadAllText(path))
                ?? throw new InvalidDataException("The connection file is empty.");
            if (file.Key.Length > 0 && file.SignatureScheme != "hmac-sha256")
                throw new InvalidDataException("The connection file asks for a signature scheme other than hmac-sha256.");
            return file;
        }
        catch (JsonException failure)
        {
            // The message of a JSON error may hold the key.
            throw new InvalidDataException($"The connection file is not what Jupyter writes (line {failure.LineNumber + 1}).");
        }
    }

    /// <summary>
    /// The address of a port: that of the file and no other, so the kernel is not offered to a network that was not asked for.
    /// </summary>
    public EndPoint EndPoint(int port)
    {
        if (Transport == "ipc")
            return new UnixDomainSocketEndPoint(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Ip}-{port}"));
        if (Transport != "tcp") throw new InvalidDataException("The connection file asks for a transport other than tcp and ipc.");
        var address = Ip is "localhost" ? IPAddress.Loopback : Ip is "*" ? IPAddress.Any : IPAddress.Parse(Ip);
        return new IPEndPoint(address, port);
    }
}
