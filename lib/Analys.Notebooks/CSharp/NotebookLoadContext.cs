using System.Reflection;
using System.Runtime.Loader;

namespace Analys.Notebooks.CSharp;

/// <summary>
/// Where a notebook's assemblies are loaded, apart from the host's: a notebook may refer to another version of a library than the host
/// itself uses. Only the framework and this assembly are shared, because values of their types pass between the two.
/// </summary>
internal sealed class NotebookLoadContext() : AssemblyLoadContext("notebook")
{
    private readonly Dictionary<string, Assembly> submissions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> referred = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> native = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<AssemblyDependencyResolver> resolvers = [];
    private readonly List<string> directories = [];
    private readonly Lock gate = new();

    public Assembly LoadSubmission(Stream assembly, Stream symbols)
    {
        var loaded = LoadFromStream(assembly, symbols);
        lock (gate) submissions[loaded.GetName().Name!] = loaded;
        return loaded;
    }

    /// <summary>Makes an assembly known, and what lies beside it findable.</summary>
    public void Refer(string path)
    {
        lock (gate)
        {
            referred[Path.GetFileNameWithoutExtension(path)] = path;
            var directory = Path.GetDirectoryName(path)!;
            if (!directories.Contains(directory)) directories.Add(directory);
            if (File.Exists(Path.ChangeExtension(path, ".deps.json"))) resolvers.Add(new AssemblyDependencyResolver(path));
        }
    }

    /// <summary>Makes a package's native library known.</summary>
    public void ReferNative(string path)
    {
        lock (gate) native[Path.GetFileNameWithoutExtension(path)] = path;
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var name = assemblyName.Name!;
        if (name == typeof(NotebookLoadContext).Assembly.GetName().Name) return typeof(NotebookLoadContext).Assembly;
        lock (gate)
        {
            if (submissions.TryGetValue(name, out var submission)) return submission;
            if (File.Exists(Path.Combine(FrameworkReferences.Directory, name + ".dll"))) return null;
            var path = referred.GetValueOrDefault(name)
                ?? resolvers.Select(resolver => resolver.ResolveAssemblyToPath(assemblyName)).FirstOrDefault(found => found is not null)
                ?? directories.Select(directory => Path.Combine(directory, name + ".dll")).FirstOrDefault(File.Exists);
            return path is null ? null : LoadFromAssemblyPath(path);
        }
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        lock (gate)
        {
            var plain = Path.GetFileNameWithoutExtension(unmanagedDllName);
            var path = native.GetValueOrDefault(plain) ?? native.GetValueOrDefault("lib" + plain)
                ?? resolvers.Select(resolver => resolver.ResolveUnmanagedDllToPath(unmanagedDllName)).FirstOrDefault(found => found is not null);
            return path is null ? 0 : LoadUnmanagedDllFromPath(path);
        }
    }
}
