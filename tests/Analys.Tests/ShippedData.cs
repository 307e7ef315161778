namespace Analys.Tests;

/// <summary>The public figures that ship with the project.</summary>
internal static class ShippedData
{
    public static string Folder { get; } = Repository.At("notebooks", "data", "stockholm");

    public static Extract Load(string name) => Extract.Load(Path.Combine(Folder, name + ".csv"));
}
