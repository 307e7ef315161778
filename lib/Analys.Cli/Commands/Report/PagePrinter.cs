using System.Diagnostics;

namespace Analys.Cli.Commands.Report;

/// <summary>Prints a page to PDF with a browser that is installed: the page's own print style, text that can be searched, links.</summary>
/// <remarks>No browser is brought along: one weighs more than all the rest. Swedish: <i>skriv ut till PDF</i>.</remarks>
internal static class PagePrinter
{
    private static readonly string[] Names =
        ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome", "microsoft-edge-stable", "microsoft-edge",
            "msedge"];

    // A page takes seconds; a browser that waits for something would wait for ever.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>What to say where there is no browser.</summary>
    public const string None =
        "--pdf: no Chromium, Chrome or Edge was found, so no PDF was made. Install one, or open the page in any browser and print it to "
            + "PDF.";

    /// <summary>The browser; null where none is installed.</summary>
    public static string? Browser()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .ToList();
        if (OperatingSystem.IsWindows())
        {
            foreach (var root in new[] { Environment.SpecialFolder.ProgramFiles, Environment.SpecialFolder.ProgramFilesX86,
                Environment.SpecialFolder.LocalApplicationData })
            {
                foreach (var part in (string[])["Google/Chrome/Application", "Microsoft/Edge/Application", "Chromium/Application"])
                    folders.Add(Path.Combine(Environment.GetFolderPath(root), part));
            }
        }

        var ending = OperatingSystem.IsWindows() ? ".exe" : "";
        return Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name + ending))).FirstOrDefault(File.Exists)
            ?? ((string[])["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
                "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge", "/Applications/Chromium.app/Contents/MacOS/Chromium"])
                .FirstOrDefault(File.Exists);
    }

    /// <summary>Prints a page; false where the browser failed.</summary>
    /// <param name="browser">The browser.</param>
    /// <param name="page">The page.</param>
    /// <param name="pdf">The file to write; it is replaced.</param>
    public static bool Print(string browser, string page, string pdf)
    {
        var profile = Directory.CreateTempSubdirectory("analys-pdf-").FullName;
        try
        {
            var made = Path.Combine(profile, "page.pdf");
            var start = new ProcessStartInfo(browser)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false
            };
            foreach (var argument in (string[])["--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking",
                "--no-pdf-header-footer", $"--user-data-dir={Path.Combine(profile, "profile")}", $"--print-to-pdf={made}"])
                start.ArgumentList.Add(argument);
            // A container's root has no sandbox; a page of ours loads nothing from elsewhere.
            if (OperatingSystem.IsLinux() && Environment.UserName == "root") start.ArgumentList.Add("--no-sandbox");
            start.ArgumentList.Add(new Uri(Path.GetFullPath(page)).AbsoluteUri);
            using var process = Process.Start(start);
            if (process is null) return false;
            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            if (!process.WaitForExit(Longest)) process.Kill(entireProcessTree: true);
            process.WaitForExit();
            if (!File.Exists(made) || new FileInfo(made).Length == 0) return false;
            File.Copy(made, pdf, overwrite: true);
            return true;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
        finally
        {
            Remove(profile);
        }
    }

    // The browser's last child may still write as it ends.
    private static void Remove(string folder)
    {
        for (var attempt = 0; attempt < 5; attempt++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
                return;
            }
            catch (IOException)
            {
                Thread.Sleep(100);
            }
        }
    }
}
