using Analys.Database.Pushed;
using Analys.Database.Sql;
using Analys.Disclosure.Tables;
using Analys.Domain;
using Analys.Load;
using Analys.Load.Cubes;
using Analys.Load.Schema;
using Analys.Load.Undescribed;
using Analys.Measure;
using Analys.Measure.Effects;
using Analys.Measure.Segregation;
using Analys.Report.Recipes;

namespace Analys.Cli.Errors;

/// <summary>The failures that were foreseen: what is said of them, and how the command ends. Findings of an extract have a table of their
/// own.</summary>
internal static class Failures
{
    /// <summary>What is said of a failure; null where nobody foresaw it.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="args">The call.</param>
    public static (string Message, int Code)? Of(Exception failure, string[] args) => failure switch
    {
        SchemaException or GeometryException or CellException or EffectException or CountException or PxWebException
            or TableModelException or ModelException => (failure.Message, ExitCode.DataIsWrong),
        _ when MachineFault.Of(failure, args) is { } fault => (fault, ExitCode.MachineFailed),
        ReleaseRefusedException => (failure.Message, ExitCode.ReleaseRefused),
        ColumnNotFoundException or SheetNotFoundException or SchemaNotFoundException or PolicyException or RecipeException
            or CallException or ParameterException or MeasureOptionException or NotPushedException or SourceException or LedgerException
            => (failure.Message, ExitCode.CallIsWrong),
        UnauthorizedAccessException or DirectoryNotFoundException or PathTooLongException => (
            "a file or folder of the call cannot be read or written: check that it is there, and that a file stands where a file is "
                + "wanted.", ExitCode.CallIsWrong),
        // Of a notebook that is none; the message speaks of its form.
        InvalidDataException => (failure.Message, ExitCode.DataIsWrong),
        OperationCanceledException => ("stopped", ExitCode.Cancelled),
        InvalidOperationException when failure.Source?.StartsWith("System.Text.Json", StringComparison.Ordinal) == true => (
            "a text in a JSON file is damaged: it ends in the middle of a character.", ExitCode.DataIsWrong),
        _ => null,
    };
}
