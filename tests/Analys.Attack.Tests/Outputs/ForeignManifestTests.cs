using System.Text.Json;
using System.Text.Json.Nodes;
using Analys.Attack.Tests.Play;

namespace Analys.Attack.Tests.Outputs;

/// <summary>A manifest that somebody else has written makes <c>reproduce</c> read nothing outside the manifest's folder, by whatever name
/// and whatever link.</summary>
public sealed class ForeignManifestTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("analys-manifest").FullName;
    private readonly string elsewhere = Directory.CreateTempSubdirectory("analys-elsewhere").FullName;

    [Theory]
    [InlineData("recipe", "ELSEWHERE/secret")]
    [InlineData("recipe", "../UP/secret")]
    [InlineData("recipe", "link")]
    [InlineData("recipe", "door/secret")]
    [InlineData("data", "ELSEWHERE/secret")]
    [InlineData("data", "door/secret")]
    [InlineData("geometry", "ELSEWHERE/secret")]
    [InlineData("policy", "ELSEWHERE/secret")]
    [InlineData("policy", "door/secret")]
    public async Task Nothing_outside_its_folder_is_read(string option, string path)
    {
        var secret = Path.Combine(elsewhere, "secret");
        await File.WriteAllTextAsync(secret, "hemligt");
        File.CreateSymbolicLink(Path.Combine(folder, "link"), secret);
        Directory.CreateSymbolicLink(Path.Combine(folder, "door"), elsewhere);
        var named = path.Replace("ELSEWHERE", elsewhere, StringComparison.Ordinal).Replace("UP", Path.GetFileName(elsewhere),
            StringComparison.Ordinal);
        var manifest = new JsonObject
        {
            ["command"] = "report",
            ["outputs"] = new JsonArray(new JsonObject { ["file"] = "a.html", ["sha256"] = "00" }),
            ["options"] = new JsonObject { ["language"] = "sv" },
            ["source"] = new JsonArray(),
            ["policy"] = "stockholm",
        };
        if (option == "policy") manifest["policy"] = named;
        else manifest["options"]![option] = named;
        var file = Path.Combine(folder, "manifest.json");
        await File.WriteAllTextAsync(file, manifest.ToJsonString(new JsonSerializerOptions()));
        var run = await Command.Run("reproduce", file, "--language", "en");
        Assert.Equal(2, run.Code);
        Assert.Contains("outside its own folder", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", run.Errors, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        Directory.Delete(folder, recursive: true);
        Directory.Delete(elsewhere, recursive: true);
    }
}
