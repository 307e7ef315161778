using System.Text;
using Analys.Notebooks.CSharp;

namespace Analys.Notebooks.Export;

/// <summary>The <c>#:</c> lines of the program: its packages, assemblies and settings.</summary>
internal sealed class ProgramHead(string programDirectory, string notebookDirectory)
{
    private readonly PackageReferences packages = new();
    private readonly List<string> packageLines = [];
    private readonly List<string> assemblies = [];

    /// <summary>Where the notebook lies, seen from the program: its relative paths start there.</summary>
    public string WorkingDirectory { get; } = Path.GetRelativePath(programDirectory, notebookDirectory).Replace('\\', '/');

    /// <summary>Takes in what a script refers to, for the program and for the compiler.</summary>
    public async Task ReferAsync(ScriptHead script, ScriptChain chain, CancellationToken cancellation)
    {
        foreach (var line in script.Lines)
        {
            if (line.Kind == ScriptHeadKind.Assembly)
            {
                var path = NotebookPaths.FindAssembly(line.Argument, notebookDirectory);
                if (Path.GetDirectoryName(path) == FrameworkReferences.Directory || assemblies.Contains(path)) continue;
                assemblies.Add(path);
                chain.Refer(path);
            }
            else if (line.Kind == ScriptHeadKind.Package && await packages.AddAsync(line.Argument, cancellation).ConfigureAwait(false) is { } assets)
            {
                var parts = line.Argument.Split(',', StringSplitOptions.TrimEntries);
                packageLines.Add($"#:package {parts[0]}@{parts[1]}");
                foreach (var path in assets.Compile) chain.Refer(path);
            }
        }
    }

    public string Build(bool usesSql)
    {
        var text = new StringBuilder();
        // The directories above may hold settings of a project; the program is to build the same anywhere.
        string[] settings =
        [
            "TargetFramework=net10.0", "PublishAot=false", "ImplicitUsings=disable", "Nullable=disable", "AllowUnsafeBlocks=true", "TreatWarningsAsErrors=false",
            "EnforceCodeStyleInBuild=false", "RunAnalyzers=false", "GenerateDocumentationFile=false", "ManagePackageVersionsCentrally=false", "WarningLevel=0", "NuGetAudit=false",
        ];
        foreach (var line in packageLines) text.Append(line).Append('\n');
        if (usesSql && !packageLines.Exists(line => line.Contains("Microsoft.Data.Sqlite@", StringComparison.Ordinal)))
        {
            text.Append("#:package Microsoft.Data.Sqlite@").Append(ProgramRuntime.SqliteVersion).Append('\n');
            text.Append("#:package SQLitePCLRaw.bundle_e_sqlite3@").Append(ProgramRuntime.SqliteBundleVersion).Append('\n');
        }
        foreach (var setting in settings) text.Append("#:property ").Append(setting).Append('\n');
        if (assemblies.Count > 0) text.Append("#:property AdditionalExplicitAssemblyReferences=").AppendJoin(';', assemblies.Select(Relative)).Append('\n');
        return text.Append('\n').ToString();
    }

    private string Relative(string path) => Path.GetRelativePath(programDirectory, path).Replace('\\', '/');
}
