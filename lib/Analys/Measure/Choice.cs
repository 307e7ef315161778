using Analys.Domain;

namespace Analys.Measure;

/// <summary>Reads choices that are given as text; what is not understood is a wrong call, and the message names its option.</summary>
internal static class Choice
{
    /// <summary>One of some words.</summary>
    /// <exception cref="CallException">It is another.</exception>
    public static string Of(string text, string option, params ReadOnlySpan<string> words) =>
        words.Contains(text) ? text : throw new CallException($"{option} is one of {string.Join(", ", words)}.");

    /// <summary>One of the members of an enumeration, in any case.</summary>
    /// <exception cref="CallException">It is none of them.</exception>
    public static T Of<T>(string text, string option)
        where T : struct, Enum =>
        Enum.GetNames<T>().FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known
            ? Enum.Parse<T>(known)
            : throw new CallException($"{option} is one of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}.");

    /// <summary>What is read from a text.</summary>
    /// <exception cref="CallException">It is not understood.</exception>
    public static T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException e)
        {
            throw new CallException(e.Message);
        }
    }
}
