namespace Analys.Domain;

/// <summary>The call is wrong, not the data: an option, a name or a combination that cannot be meant. The message says how to put it
/// right.</summary>
/// <remarks>
/// Internal: the command turns it into exit code 2, in whichever of our own assemblies it arises. A caller of the library sees what C#
/// promises of a wrong argument, <see cref="ArgumentException"/>, and needs no type of ours to catch it.
/// </remarks>
/// <param name="message">What is wrong, without any value of the data.</param>
internal sealed class CallException(string message) : ArgumentException(message);
