using Analys.Database.Sql;
using Analys.Domain;

namespace Analys.Cli.Errors;

/// <summary>The machine failed, not the call and not the data.</summary>
/// <param name="message">What failed, and what helps.</param>
internal sealed class MachineException(string message) : Exception(message);

/// <summary>Tells faults of the machine (the disk is full, rights are missing) from those of the call. Swedish: <i>maskinfel</i>.</summary>
internal static class MachineFault
{
    // Numbers of the system: Unix as such, Windows below 0x80070000.
    private static readonly int[] Full = [28, 122, unchecked((int)0x80070070), unchecked((int)0x80070027)];
    private static readonly int[] Rights = [1, 13, 30, unchecked((int)0x80070005), unchecked((int)0x80070013)];
    private static readonly int[] Broken = [5, 23, 24, unchecked((int)0x8007045D)];

    private static readonly string[] DatabaseFull = ["SQLite 13", "SQLite 10", "SQLite 8", "53100"];

    /// <summary>A file of the call that stands there and may not be read; null for none.</summary>
    /// <param name="args">The call.</param>
    public static string? Unreadable(IEnumerable<string> args)
    {
        foreach (var file in args.Where(File.Exists))
        {
            try
            {
                using var stream = File.OpenRead(file);
            }
            catch (UnauthorizedAccessException)
            {
                return $"there is no right to read {Path.GetFileName(file)}.";
            }
            catch (IOException)
            {
                // Whatever else hinders it was said already.
            }
        }

        return null;
    }

    /// <summary>What failed; null where the machine did not.</summary>
    /// <param name="e">What was thrown.</param>
    /// <param name="args">The call: a folder where a file is wanted is refused by the system in the same words as a missing right.</param>
    public static string? Of(Exception e, IReadOnlyList<string> args) => e switch
    {
        MachineException => e.Message,
        OutOfMemoryException => "the machine has too little memory for this call: take a database or a CSV file as --source, which is read "
            + "in parts.",
        UnauthorizedAccessException when !args.Any(Directory.Exists) => "there is no right to read or write a file or folder of the call.",
        // A database says in numbers of its own that its disk is full, or that it may not be written to.
        SourceException source when DatabaseFull.Any(code => source.Message.Contains($"({code})", StringComparison.Ordinal)) =>
            $"the disk of the database is full, or it may not be written to. {source.Message}",
        IOException io => Words(io.HResult) is { } words ? $"{words}; nothing half written is left." : null,
        _ => null,
    };

    /// <summary>The exception for a file that could not be written: the machine's fault or the call's.</summary>
    /// <param name="e">What was thrown.</param>
    /// <param name="what">What was to be written.</param>
    public static Exception Writing(Exception e, string what) => e switch
    {
        UnauthorizedAccessException => new MachineException($"{what} cannot be written: there is no right to. Nothing half written is "
            + "left."),
        IOException when Words(e.HResult) is { } words =>
            new MachineException($"{what} cannot be written: {words}. Nothing half written is left."),
        _ => new CallException($"{what} cannot be written: check that the folder can be made and that no file stands where a folder is "
            + "wanted."),
    };

    private static string? Words(int number) => Full.Contains(number) ? "the disk is full"
        : Rights.Contains(number) ? "there is no right to write there"
        : Broken.Contains(number) ? "the system cannot read or write" : null;
}
