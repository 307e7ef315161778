using System.Text.Json.Nodes;
using Analys.Notebooks.Jupyter;

namespace Analys.Notebooks.Tests.Jupyter;

public sealed class KernelSpecTests : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("analys-spec");

    [Fact]
    public void It_is_written_and_removed()
    {
        var path = KernelSpec.Install(["analys", "kernel", "run", "--connection-file", "{connection_file}"], directory.FullName);
        var spec = JsonNode.Parse(File.ReadAllText(path))!;
        Assert.Equal("message", (string?)spec["interrupt_mode"]);
        Assert.Equal("C#", (string?)spec["language"]);
        Assert.EndsWith(Path.Combine("kernels", ".net-csharp", "kernel.json"), path, StringComparison.Ordinal);
        Assert.True(KernelSpec.Uninstall(directory.FullName));
        Assert.False(Directory.Exists(Path.GetDirectoryName(path)));
        Assert.False(KernelSpec.Uninstall(directory.FullName));
    }

    [Fact]
    public void One_from_elsewhere_is_set_aside_and_put_back()
    {
        var path = Path.Combine(directory.FullName, "kernels", KernelSpec.Name, "kernel.json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "{\"argv\": [\"dotnet-interactive\"]}");
        Assert.False(KernelSpec.Uninstall(directory.FullName));
        KernelSpec.Install(["analys", "{connection_file}"], directory.FullName);
        KernelSpec.Install(["analys", "{connection_file}"], directory.FullName);
        Assert.True(KernelSpec.Uninstall(directory.FullName));
        Assert.Contains("dotnet-interactive", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_line_without_the_connection_file_is_refused() =>
        Assert.Throws<ArgumentException>(() => KernelSpec.Install(["analys"], directory.FullName));

    public void Dispose() => directory.Delete(recursive: true);
}
