using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Analys.Domain;

/// <summary>JSON as people read it: Swedish letters stand as letters; HTML's marks are still escaped.</summary>
public static class JsonText
{
    /// <summary>The encoder of everything that is written as JSON.</summary>
    public static JavaScriptEncoder Encoder { get; } = JavaScriptEncoder.Create(UnicodeRanges.All);
}
