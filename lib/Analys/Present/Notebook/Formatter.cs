namespace Analys.Present.Notebook;

/// <summary>Writes a value in one form for a notebook.</summary>
/// <param name="mimeType">The form.</param>
/// <param name="write">Gives the text, or null where the value is not of the type.</param>
public sealed class Formatter(string mimeType, Func<object, string?> write)
{
    /// <summary>The form, such as <c>text/html</c>.</summary>
    public string MimeType { get; } = mimeType;

    /// <summary>Writes the value; false where it is not of the type.</summary>
    /// <param name="instance">The value.</param>
    /// <param name="writer">Where to.</param>
    public bool Format(object instance, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (instance is null || write(instance) is not { } text) return false;
        writer.Write(text);
        return true;
    }
}
