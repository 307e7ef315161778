using System.Globalization;

namespace Analys.Notebooks.Directives;

/// <summary><c>#!time</c></summary>
internal static class TimeDirective
{
    public static Task RunAsync(DirectiveCall call)
    {
        var time = call.Session.Options.Time;
        var start = time.GetTimestamp();
        call.Context.AtEnd(() => call.Context.Streams.Write(
            "stdout", string.Create(CultureInfo.InvariantCulture, $"Wall time: {time.GetElapsedTime(start).TotalMilliseconds:0.0} ms\n")));
        return Task.CompletedTask;
    }
}
