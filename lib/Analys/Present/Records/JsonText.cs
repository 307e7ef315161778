using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Analys.Present.Records;

/// <summary>JSON as people read it: Swedish letters stand as letters; HTML's marks are still escaped.</summary>
internal static class JsonText
{
    public static JavaScriptEncoder Encoder { get; } = JavaScriptEncoder.Create(UnicodeRanges.All);
}
