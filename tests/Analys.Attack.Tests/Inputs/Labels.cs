namespace Analys.Attack.Tests.Inputs;

/// <summary>Labels as people write them and as nobody should: whatever a reader might take for something else.</summary>
internal static class Labels
{
    private static readonly string[] Nasty =
    [
        "ensam, barn", "par, barn", "kon=man, 0-17", "0-17", "65-", "T", "a\"b", "'citat'", "Kista och Rinkeby", "Farsta", "Skarpnäck",
            "familj=par", "x | y", "whole", "2014",
        "a;b", "=1+1", "@x", "", "..", "—", "män", "Övriga", "counted", "others", "n/a", "0-5, kon=man", "line=median:60",
        "Östermalm, 0-17", "T|T", "a~b", "#", "{}", "[1]", "\\", "\u00A0x",
    ];

    /// <summary>Some labels, all different: half of the time plain ones, else strange ones.</summary>
    public static string[] Draw(Random random, int count, string plain)
    {
        if (random.Next(2) == 0) return [.. Enumerable.Range(1, count).Select(i => $"{plain}{i}")];
        return [.. Nasty.Where(label => label.Trim().Length > 0 && label is not (".." or "—")).OrderBy(_ => random.Next()).Take(count)];
    }

    /// <summary>A field of a CSV file.</summary>
    public static string Csv(string text) => text.AsSpan().IndexOfAny(",;\"\n ") < 0 ? text : $"\"{text.Replace("\"",
        "\"\"", StringComparison.Ordinal)}\"";
}
