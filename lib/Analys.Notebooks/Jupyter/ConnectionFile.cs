using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Analys.Notebooks.Jupyter;

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
            var file = JsonSerializer.Deserialize<ConnectionFile>(File.ReadAllText(path)) ?? throw new InvalidDataException("The connection file is empty.");
            if (file.Key.Length > 0 && file.SignatureScheme != "hmac-sha256") throw new InvalidDataException("The connection file asks for a signature scheme other than hmac-sha256.");
            return file;
        }
        catch (JsonException failure)
        {
            // The message of a JSON error may hold the key.
            throw new InvalidDataException($"The connection file is not what Jupyter writes (line {failure.LineNumber + 1}).");
        }
    }

    /// <summary>The address of a port: that of the file and no other, so the kernel is not offered to a network that was not asked for.</summary>
    public EndPoint EndPoint(int port)
    {
        if (Transport == "ipc") return new UnixDomainSocketEndPoint(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Ip}-{port}"));
        if (Transport != "tcp") throw new InvalidDataException("The connection file asks for a transport other than tcp and ipc.");
        var address = Ip is "localhost" ? IPAddress.Loopback : Ip is "*" ? IPAddress.Any : IPAddress.Parse(Ip);
        return new IPEndPoint(address, port);
    }
}
