using System.Text;
using Analys.Load.Schema;

namespace Analys.Tests.Load;

/// <summary>A file that lives as long as its test.</summary>
internal sealed class TestFile : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("analys-").FullName;

    public TestFile(string name, string text, Encoding? encoding = null)
        : this(name, (encoding ?? new UTF8Encoding(false)).GetBytes(text))
    {
    }

    public TestFile(string name, byte[] bytes)
    {
        Path = System.IO.Path.Combine(folder, name);
        File.WriteAllBytes(Path, bytes);
    }

    public string Path { get; }

    public string Beside(string name) => System.IO.Path.Combine(folder, name);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    public static TableSchema Schema(string json) => TableSchema.Parse(json, "test");
}
