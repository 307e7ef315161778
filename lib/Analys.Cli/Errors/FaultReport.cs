using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Analys.Domain;

namespace Analys.Cli.Errors;

/// <summary>The report of an unforeseen error: where in the program it arose, and of the call the names of its options. Never a message
/// of an exception, a value of an option or a name of a file: they may hold data.</summary>
internal static class FaultReport
{
    /// <summary>Writes the report and says where it is; null where it cannot be written.</summary>
    public static string? Write(Exception e, IReadOnlyList<string> args)
    {
        try
        {
            var path = Path.Combine(Path.GetTempPath(),
                $"analys-fault-{DateTime.UtcNow.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}-{Environment.ProcessId}.txt");
            File.WriteAllText(path, Text(e, args));
            return path;
        }
        catch (Exception unwritten) when (unwritten is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>What stands in the report.</summary>
    public static string Text(Exception e, IReadOnlyList<string> args)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"analys {Product.Version}, {RuntimeInformation.FrameworkDescription}, "
            + $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}");
        var command = args.Where(arg => CommandList.Names.Contains(arg)).Take(1);
        // An option that is none may be anything.
        var options = args.Where(arg => arg.StartsWith("--", StringComparison.Ordinal)).Select(arg => arg.Split('=', ':')[0])
            .Where(name => name.Length is > 2 and < 30 && name.Skip(2).All(letter => char.IsAsciiLetterLower(letter) || letter == '-'));
        text.AppendLine(CultureInfo.InvariantCulture, $"call: analys {string.Join(' ', command.Concat(options))} (values are left out)");
        for (var at = e; at is not null; at = at.InnerException)
        {
            text.AppendLine().AppendLine(at.GetType().FullName);
            text.AppendLine(at.StackTrace);
        }

        return text.ToString();
    }
}
