using System.Text.Json.Nodes;

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
