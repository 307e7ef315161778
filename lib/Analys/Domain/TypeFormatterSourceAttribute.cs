namespace Analys.Domain;

/// <summary>Says which type shows this one in a notebook. Notebooks find the attribute by its name, so no notebook package is needed.</summary>
/// <remarks>
/// The formatters stand in a later stage than many of the types that they show: the type is named by a text, and no stage uses a later one.
/// The source has a parameterless constructor and <c>CreateTypeFormatters()</c>; each formatter has <c>MimeType</c> and <c>Format(object, TextWriter)</c>.
/// </remarks>
/// <param name="typeName">The full name of the source, in this assembly.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class TypeFormatterSourceAttribute(string typeName) : Attribute
{
    /// <summary>The full name of the source.</summary>
    public string TypeName { get; } = typeName;

    /// <summary>The source.</summary>
    public Type FormatterSourceType { get; } = typeof(TypeFormatterSourceAttribute).Assembly.GetType(typeName, throwOnError: true)!;
}
