using System.CommandLine;
using Analys.Domain;
using Analys.Present.Svg;
using Analys.Report;

namespace Analys.Cli.Commands.Report;

/// <summary><c>analys profile AREA [FILES]</c>: one area's indicators beside the whole, its neighbours in rank and its own past, as a file
/// of its own.</summary>
internal static class ProfileCommand
{
    public static Command Create(Terminal terminal)
    {
        var areas = new Argument<string>("AREA")
        {
            Description =
            "The area, by name or as the page's address has it (farsta); several comma-separated, or all"
        };
        var choices = new ReportChoices();
        var output =
            new Option<string?>("--out")
            {
                Description =
            "The file to write (.html); a folder for several areas. profil-AREA.html when left out"
            };
        var command = new Command("profile", "Write the profile of an area: every indicator on one printed page") { areas, choices.Data,
            output };
        var pdf = ReportCommand.Pdf();
        command.Add(pdf);
        foreach (var option in choices.All.Where(option => option.Name != "--areas")) command.Add(option);
        command.SetAction(call =>
        {
            var options = choices.Read(call, ".");
            var (context, _) = ReportCommand.Context(options);
            var report = ReportMaker.Make(context, options.Title);
            foreach (var line in report.LeftOut) terminal.Errors.WriteLine($"analys: left out: {line}");
            if (report.Profiles.Count == 0) return report.AnyRefused ? ExitCode.ReleaseRefused : ExitCode.DataIsWrong;
            var asked = call.GetRequiredValue(areas).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            var chosen = asked is ["all"] ? [.. report.Profiles.Keys] : asked.Select(name => Find(report, name)).Distinct().ToList();
            if (chosen.Count == 0) throw new CallException("AREA is empty: name an area.");
            var target = call.GetValue(output);
            if (chosen.Count == 1 && (target is null || !Directory.Exists(target)))
            {
                var path = target ?? $"profil-{AreaSlug.Of(chosen[0])}.html";
                if (!path.EndsWith(".html",
                    StringComparison.OrdinalIgnoreCase)) throw new CallException("--out ends with .html, or is a folder that exists.");
                OutputFile.Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(report.Profiles[chosen[0]]())));
                terminal.Output.WriteLine(path);
                return call.GetValue(pdf) ? ReportCommand.Print(terminal, [path]) : ExitCode.Done;
            }

            var written = new List<string>();
            foreach (var area in chosen)
            {
                var path = Path.Combine(target ?? ".", $"profil-{AreaSlug.Of(area)}.html");
                written.Add(path);
                OutputFile.Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(report.Profiles[area]())));
                terminal.Output.WriteLine(path);
            }

            return call.GetValue(pdf) ? ReportCommand.Print(terminal, written) : ExitCode.Done;
        });
        return command;
    }

    private static string Find(ReportDocument report, string name) =>
        report.Profiles.Keys.FirstOrDefault(area => AreaName.Key(area) == AreaName.Key(name))
            ?? report.Profiles.Keys.FirstOrDefault(area => AreaSlug.Of(area) == AreaSlug.Of(name))
        ?? throw new CallException($"There is no such area in the tables.{Nearest.Hint(name, report.Profiles.Keys)} The areas are "
            + $"{string.Join(", ", report.Profiles.Keys)}.");
}
