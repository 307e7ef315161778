namespace Analys.Cli.Help;

/// <summary>The examples of a command: calls on files of the repository, each with the question that it answers. A test runs every one of
/// them, so what help shows works.</summary>
/// <param name="Command">The command's path, such as <c>effect plan</c>.</param>
/// <param name="English">The question in English.</param>
/// <param name="Swedish">The question in Swedish.</param>
/// <param name="Call">The call as it is written.</param>
/// <param name="IsRun">Whether a test can run it: not one that needs a network or a user's own folders.</param>
internal sealed record Example(string Command, string English, string Swedish, string Call, bool IsRun)
{
    private static readonly Lazy<Example[]> Read = new(() => [.. Parse()]);

    /// <summary>All examples.</summary>
    public static IReadOnlyList<Example> All => Read.Value;

    /// <summary>The examples of a command.</summary>
    public static IEnumerable<Example> Of(string command) => All.Where(example => example.Command == command);

    // A block is [command], then for each example en:, sv: and the call after $ (or % where it is not run).
    private static IEnumerable<Example> Parse()
    {
        using var reader = new StreamReader(CliTexts.Open("examples.txt"));
        string command = "", english = "", swedish = "";
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('[')) command = line.Trim('[', ']');
            else if (line.StartsWith("en: ", StringComparison.Ordinal)) english = line[4..];
            else if (line.StartsWith("sv: ", StringComparison.Ordinal)) swedish = line[4..];
            else if (line.StartsWith("$ ", StringComparison.Ordinal) || line.StartsWith("% ", StringComparison.Ordinal))
                yield return new Example(command, english, swedish, line[2..], line[0] == '$');
        }
    }
}
