using System.Reflection;

namespace Analys.Domain;

/// <summary>What the library says of itself in what it writes.</summary>
public static class Product
{
    /// <summary>The version, without the build's commit.</summary>
    public static string Version { get; } =
        typeof(Product).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>What stands over everything that was not protected.</summary>
    public const string ConfidentialNotice = "CONFIDENTIAL: not protected by disclosure control; must not leave the secure environment";
}
