using System.Text;
using System.Text.Json;
using Analys.Cli;

namespace Analys.Attack.Tests.Play;

/// <summary>A figure as an outsider reads it.</summary>
internal sealed record Row(
    string Measure, string? Area, string? Period, string? Population, string? Group, string? Reference, IReadOnlyDictionary<string,
        string> Parameters,
    double? Value, double? Error, double? Lower, double? Upper, double? N, double? Step)
{
    /// <summary>What the printed value stands for: itself within the digits of double, or within half its step.</summary>
    public (double Low, double High) Interval => Around(Value!.Value);

    /// <summary>What any number of the row stands for.</summary>
    public (double Low, double High) Around(double number)
    {
        var half = Step is > 0 and { } step ? step / 2 : 1e-12 * Math.Max(1e-3, Math.Abs(number));
        return (number - half, number + half);
    }

    /// <summary>A parameter, or nothing.</summary>
    public string? Of(string parameter) => Parameters.GetValueOrDefault(parameter);
}

/// <summary>A table as an outsider reads it.</summary>
internal sealed record TableCells(IReadOnlyDictionary<string, (double? Value, string Status)> Cells, IReadOnlyList<(string Total,
    string[] Parts)> Equations)
{
    /// <summary>Whether the reader cannot tell why a cell is withheld.</summary>
    public bool HasOneMark => Cells.Values.All(cell => cell.Status is "P" or "S");
}

/// <summary>The command, called in this process or as a program of its own.</summary>
internal static class Command
{
    /// <summary>The program to start for each call; null for calls in this process.</summary>
    public static string? Program { get; set; }

    /// <summary>How the last calls went, for a report of what was refused: exit code and first line of the errors.</summary>
    public static async Task<(int Code, string Output, string Errors)> Run(params string[] call)
    {
        if (Program is { } program) return await Start(program, call);
        using var bytes = new MemoryStream();
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await App.RunAsync(call, bytes, output, errors, CancellationToken.None);
        return (code, output + Encoding.UTF8.GetString(bytes.ToArray()), errors.ToString());
    }

    /// <summary>The figures of a call; null where it was refused.</summary>
    /// <exception cref="InvalidOperationException">The call itself was wrong: an attacker who does not get to play proves
    /// nothing.</exception>
    public static async Task<IReadOnlyList<Row>?> Rows(params string[] call)
    {
        var run = await Run([.. call, "--format", "json"]);
        if (run.Code == 3) return null;
        if (run.Code != 0) throw new InvalidOperationException($"{run.Code}: {run.Errors} ({string.Join(' ', call)})");
        return Read(run.Output);
    }

    /// <summary>The figures of a call's JSON.</summary>
    public static IReadOnlyList<Row> Read(string output)
    {
        using var document = JsonDocument.Parse(output);
        return [.. document.RootElement.GetProperty("results").EnumerateArray().Select(Read)];
    }

    /// <summary>The table of a call of <c>release</c>; null where it was refused.</summary>
    public static async Task<TableCells?> Table(params string[] call)
    {
        var run = await Run(["release", .. call, "--format", "json"]);
        if (run.Code == 3) return null;
        if (run.Code != 0) throw new InvalidOperationException($"{run.Code}: {run.Errors} ({string.Join(' ', call)})");
        using var document = JsonDocument.Parse(run.Output);
        var cells = document.RootElement.GetProperty("cells").EnumerateObject().ToDictionary(
            cell => cell.Name,
            cell => (cell.Value.TryGetProperty("v", out var v) && v.ValueKind == JsonValueKind.Number ? v.GetDouble() : (double?)null,
                cell.Value.GetProperty("status").GetString()!));
        var equations = document.RootElement.GetProperty("equations").EnumerateArray().Select(equation => (equation[0].GetString()!,
            equation[1].EnumerateArray().Select(part => part.GetString()!).ToArray()));
        return new TableCells(cells, [.. equations]);
    }

    private static Row Read(JsonElement row)
    {
        var isSeen = row.GetProperty("status").GetString() is "known" or "rounded" or "provisional" or "estimated";
        return new Row(
            row.GetProperty("measure").GetString()!, Text("area"), Text("period"), Text("population"), Text("group"), Text("reference"),
            row.GetProperty("parameters").EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.ToString()),
            isSeen ? Number("value") : null, Number("standardError"), Number("lower"), Number("upper"), Number("n"), Number("step"));

        string? Text(string name) => row.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String
            ? found.GetString() : null;
        double? Number(string name) => row.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.Number
            ? found.GetDouble() : null;
    }

    private static async Task<(int, string, string)> Start(string program, string[] call)
    {
        var start = new System.Diagnostics.ProcessStartInfo("dotnet", [program, .. call])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        using var process = System.Diagnostics.Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}
