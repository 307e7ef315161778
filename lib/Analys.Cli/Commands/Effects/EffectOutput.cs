namespace Analys.Cli.Commands.Effects;

/// <summary>The folder of a study.</summary>
internal static class EffectOutput
{
    public static IReadOnlyList<string> Write(string target, Analys.Disclosure.Released released, EffectRun run, string call, string language) => [];
}
