using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Analys.Notebooks.Engine;
using Microsoft.CodeAnalysis;

namespace Analys.Notebooks.CSharp;

/// <summary>
/// Where a notebook's assemblies are loaded, apart from the host's: a notebook may refer to another version of a library than the host
/// itself uses. Only the framework and this assembly are shared, because values of their types pass between the two.
/// </summary>
internal sealed class NotebookLoadContext() : AssemblyLoadContext("notebook")
{
    // What draws hands callbacks to its native library, which is there once in a process, and so must the caller be: a second one would
    // get the first one's calls and end the process.
    private static readonly string[] OncePerProcess = ["SkiaSharp", "HarfBuzzSharp"];

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
            // Without an answer here the host's own is taken.
            return path is null || IsHosts(name, path) ? null : LoadFromAssemblyPath(path);
        }
    }

    private static bool IsHosts(string name, string path)
    {
        if (!OncePerProcess.Contains(name, StringComparer.OrdinalIgnoreCase)) return false;
        var own = Path.Combine(AppContext.BaseDirectory, name + ".dll");
        return File.Exists(own) && AssemblyName.GetAssemblyName(own).FullName == AssemblyName.GetAssemblyName(path).FullName;
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        lock (gate)
        {
            var plain = Path.GetFileNameWithoutExtension(unmanagedDllName);
            var path = native.GetValueOrDefault(plain) ?? native.GetValueOrDefault("lib" + plain) ?? Beside(unmanagedDllName)
                ?? resolvers
                    .Select(resolver => resolver.ResolveUnmanagedDllToPath(unmanagedDllName))
                    .FirstOrDefault(found => found is not null);
            return path is null ? 0 : LoadUnmanagedDllFromPath(path);
        }
    }

    // The host's build lays native libraries under its own folder, by the name of the machine that they are for.
    private string? Beside(string name)
    {
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        var machine = $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        string[] folders = ["", $"runtimes/{machine}/native", $"runtimes/{system}/native"];
        var ending = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        string[] files = [name, name + ending, $"lib{name}{ending}"];
        return directories
            .SelectMany(directory => folders.SelectMany(folder => files.Select(file => Path.Combine(directory, folder, file))))
            .FirstOrDefault(File.Exists);
    }
}

/// <summary>
/// The assemblies that every cell may use: the framework's, and this one for <c>display</c>. The host's other assemblies are left out: a
/// notebook says itself what it refers to, and would otherwise run in one host and not in the next.
/// </summary>
internal static class FrameworkReferences
{
    private static readonly Lazy<IReadOnlyList<(AssemblyMetadata Metadata, XmlDocumentation Documentation, string Path)>> Loaded =
        new(Load);

    /// <summary>
    /// References for one session. The files are read once for all, but no two sessions share a reference: the compiler keeps what it has
    /// made of a reference with it, and then now and then takes another session's picture of a type for its own, and does not know it.
    /// </summary>
    public static IEnumerable<MetadataReference> ForSession() => Loaded.Value.Select(file =>
        ((AssemblyMetadata)file.Metadata.Copy()).GetReference(file.Documentation, filePath: file.Path));

    /// <summary>The directory of the framework.</summary>
    public static string Directory { get; } = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    /// <summary>Where the assemblies lie.</summary>
    public static IReadOnlyList<string> Paths { get; } = Find();

    private static List<string> Find()
    {
        var trusted = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator);
        return [.. trusted.Where(path => Path.GetDirectoryName(path) == Directory), typeof(FrameworkReferences).Assembly.Location];
    }

    private static List<(AssemblyMetadata, XmlDocumentation, string)> Load() =>
        [.. Paths.Select(path => (AssemblyMetadata.CreateFromFile(path), new XmlDocumentation(path), path))];
}

/// <summary>
/// Finds the files that a notebook names: beside the notebook, in the process's directory, and for assemblies beside the host.
/// </summary>
internal static class NotebookPaths
{
    public static string Find(string name, string? directory) =>
        Candidates(name, directory).FirstOrDefault(File.Exists) ?? throw CellException.Directive($"The file \"{name}\" was not found.");

    /// <summary>An assembly; <c>#r "System.Data"</c> and a library that the host ships need no path and no extension.</summary>
    public static string FindAssembly(string name, string? directory)
    {
        string[] beside = [AppContext.BaseDirectory, FrameworkReferences.Directory];
        string[] names = name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? [name] : [name, name + ".dll"];
        return names.SelectMany(candidate => Candidates(candidate, directory)).FirstOrDefault(File.Exists)
            ?? names
                .SelectMany(candidate => beside.Select(place => Path.Combine(place, Path.GetFileName(candidate))))
                .FirstOrDefault(File.Exists)
            ?? throw CellException.Directive(
                $"The assembly \"{name}\" was not found beside the notebook nor beside the command that runs it.");
    }

    private static IEnumerable<string> Candidates(string name, string? directory)
    {
        if (directory is not null) yield return Path.GetFullPath(name, Path.GetFullPath(directory));
        yield return Path.GetFullPath(name);
    }
}

/// <summary>A type as C# writes it, or the nearest one that a cell can name.</summary>
internal static class TypeText
{
    public static string Nameable(Type? type)
    {
        for (var candidate = type; candidate is not null && candidate != typeof(object); candidate = candidate.BaseType)
        {
            if (IsNameable(candidate)) return Full(candidate);
        }
        var faces = type?.GetInterfaces().Where(IsNameable).OrderByDescending(face => face.GetInterfaces().Length);
        return faces?.Select(Full).FirstOrDefault() ?? "object";
    }

    public static string Full(Type type)
    {
        if (type.IsArray) return $"{Full(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        var arguments = new Queue<Type>(type.GetGenericArguments());
        var parts = new Stack<Type>();
        for (var part = type; part is not null; part = part.DeclaringType) parts.Push(part);
        var names = parts.Select(part => Segment(part, arguments)).ToArray();
        var prefix = type.Namespace is { Length: > 0 } space ? $"global::{space}." : "";
        return prefix + string.Join('.', names);
    }

    /// <summary>A type as a reader likes to see it.</summary>
    public static string Short(Type type)
    {
        if (type.IsArray) return $"{Short(type.GetElementType()!)}[]";
        var name = type.Name.Split('`')[0];
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Short))}>" : name;
    }

    private static string Segment(Type part, Queue<Type> arguments)
    {
        var cut = part.Name.IndexOf('`', StringComparison.Ordinal);
        if (cut < 0) return part.Name;
        var own = int.Parse(part.Name.AsSpan(cut + 1), System.Globalization.CultureInfo.InvariantCulture);
        var texts = Enumerable.Range(0, own).Select(_ => Full(arguments.Dequeue())).ToArray();
        return $"{part.Name[..cut]}<{string.Join(", ", texts)}>";
    }

    // A cell's own types stand in a submission class without a name that C# can write; they are left to `object`.
    private static bool IsNameable(Type type)
    {
        if (type.IsArray) return IsNameable(type.GetElementType()!);
        if (!type.IsVisible || type.IsPointer || type.Name.Contains('<', StringComparison.Ordinal) || type.Assembly.IsDynamic) return false;
        if (type.FullName is null || type.FullName.Contains('#', StringComparison.Ordinal)) return false;
        return type.Assembly.Location.Length > 0 && type.GetGenericArguments().All(IsNameable);
    }
}
