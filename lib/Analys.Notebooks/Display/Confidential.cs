using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Analys.Notebooks.Display;

/// <summary>
/// How a library and a notebook speak of confidential data without knowing each other.
/// <list type="bullet">
/// <item>A value says that it is confidential by a property: <c>bool IsConfidential</c>, or <c>Confidentiality</c> that reads
/// <c>Confidential</c>. Unless it has formatters of its own, it is then not shown, nor laid into a database.</item>
/// <item>A library that makes such a value calls <c>(AppContext.GetData("Notebook.MarkConfidential") as Action)?.Invoke()</c>: the session
/// holds confidential data from then on, and messages of exceptions that others throw are cut to type and place.</item>
/// <item>A library whose own messages never repeat data says so by assembly metadata <c>MessagesHoldNoData</c>; those are shown.</item>
/// <item>A formatter asks <c>(AppContext.GetData("Notebook.IsSecure") as Func&lt;bool&gt;)?.Invoke()</c> whether the user has let this
/// session show confidential data, which <c>#!secure</c> does; every output is then marked.</item>
/// </list>
/// </summary>
internal static class Confidential
{
    public const string MarkKey = "Notebook.MarkConfidential";
    public const string SecureKey = "Notebook.IsSecure";
    public const string HoldsKey = "Notebook.HoldsConfidential";
    public const string WrittenKey = "Notebook.HasWritten";

    /// <summary>What stands in place of a message.</summary>
    public const string Withheld = "(the message is withheld, because the session holds confidential data; #!secure shows it)";

    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
    private static readonly ConcurrentDictionary<Type, Func<object, bool>?> Known = new();
    private static readonly ConcurrentDictionary<Assembly, bool> Vouching = new();

    /// <summary>Whether the session that the calling code runs in may show confidential data.</summary>
    public static bool IsSecure => Ask(SecureKey);

    /// <summary>Whether values of a type may say that they are confidential.</summary>
    public static bool CanSay(Type type) => Known.GetOrAdd(type, Find) is not null;

    /// <summary>Whether a value says that it is confidential.</summary>
    public static bool Says(object? value)
    {
        try
        {
            return value is not null && Known.GetOrAdd(value.GetType(), Find) is { } says && says(value);
        }
        catch (TargetInvocationException)
        {
            // A value that cannot answer is treated as one that says yes.
            return true;
        }
    }

    /// <summary>Whether a value is not to be shown here: it is confidential, brings no formatter, and the session is not secure.</summary>
    public static bool Hides(object value) => Says(value) && FormatterConvention.For(value.GetType()) is null && !IsSecure;

    /// <summary>Whether a value is plain numbers or texts in a row, in a session that holds confidential data: nobody can say whether they
    /// are a column of it.</summary>
    public static bool HoldsBack(object value) => value is IEnumerable and not string && Ask(HoldsKey) && !IsSecure
        && FormatterConvention.For(value.GetType()) is null && Element(value.GetType()) is { } element && IsPlain(element);

    private static bool IsPlain(Type element) => (Nullable.GetUnderlyingType(element) ?? element) is var type
        && (type.IsPrimitive || type == typeof(string) || type == typeof(decimal) || type == typeof(DateTime) || type == typeof(DateOnly)
            || type.IsAssignableTo(typeof(ITuple)) || type.Name.Contains("AnonymousType", StringComparison.Ordinal));

    /// <summary>What is shown in the place of such a row.</summary>
    public const string HeldBack = "(a list of plain values is not shown, because the session holds confidential data; #!secure shows it)";

    /// <summary>What is shown in place of a value.</summary>
    public static string Notice(object value) => $"({value.GetType().Name}: confidential, not shown; #!secure shows it)";

    /// <summary>Whether the message of an exception may repeat confidential data.</summary>
    public static bool Withholds(Exception failure) => Ask(HoldsKey) && !IsSecure && (failure.TargetSite?.Module.Assembly is { } thrower
        && IsCell(thrower) ? (AppContext.GetData(WrittenKey) as Func<string,
            bool>)?.Invoke(failure.Message) != true : !IsTrusted(failure.TargetSite?.Module.Assembly));

    /// <summary>The message of an exception, or what stands in its place.</summary>
    public static string Message(Exception failure) => Withholds(failure) ? Withheld : failure.Message;

    // A cell's own `throw` says what its author wrote, word for word, or what was put in from somewhere; the assembly of a cell has no
    // file.
    private static bool IsCell(Assembly assembly) =>
        assembly.Location.Length == 0 && assembly.GetName().Name!.StartsWith("cell-", StringComparison.Ordinal);

    private static Type? Element(Type type) => type.IsArray ? type.GetElementType()
        : type.GetInterfaces().Append(type).FirstOrDefault(one => one.IsGenericType
            && one.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            ?.GetGenericArguments()[0];

    private static bool IsTrusted(Assembly? thrower) => thrower is not null && Vouching.GetOrAdd(thrower, assembly =>
        assembly == typeof(Confidential).Assembly
        || assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Any(said => said is { Key: "MessagesHoldNoData", Value: "true" }));

    private static bool Ask(string key) => (AppContext.GetData(key) as Func<bool>)?.Invoke() == true;

    private static Func<object, bool>? Find(Type type)
    {
        if (type.GetProperty("IsConfidential", Own, null, typeof(bool), [], null) is { } flag) return value => (bool)flag.GetValue(value)!;
        return type.GetProperty("Confidentiality", Own) is { PropertyType.IsEnum: true } level
            ? value => level.GetValue(value)?.ToString() == "Confidential"
            : null;
    }
}
