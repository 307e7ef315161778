using System.Globalization;
using System.Text;
using Analys.Notebooks.CSharp;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Analys.Notebooks.Export;

/// <summary>The text of the program: usings first, then statements, then types.</summary>
internal sealed class ProgramText
{
    private readonly SortedSet<string> usings = new(StringComparer.Ordinal);
    private readonly StringBuilder statements = new();
    private readonly StringBuilder extensions = new();
    private readonly StringBuilder types = new();

    public void Using(string text) => usings.Add(text);

    public void Comment(string text)
    {
        statements.Append('\n');
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n')) statements.Append("// ").Append(line).Append('\n');
    }

    public void Statement(string text) => statements.Append(text).Append('\n');

    public void Script(SyntaxNode root, int cell)
    {
        var unit = (CompilationUnitSyntax)root;
        foreach (var directive in unit.Usings) usings.Add(directive.WithoutTrivia().ToString());
        statements.Append(CultureInfo.InvariantCulture, $"\n// cell {cell}\n");
        foreach (var member in unit.Members) Member(member, cell);
    }

    public string Build()
    {
        var text = new StringBuilder();
        foreach (var line in usings) text.Append(line).Append('\n');
        text.Append(statements);
        if (extensions.Length > 0) text.Append("\nstatic class NotebookExtensions\n{\n").Append(extensions).Append("}\n");
        return text.Append(types).ToString();
    }

    private void Member(MemberDeclarationSyntax member, int cell)
    {
        switch (member)
        {
            case GlobalStatementSyntax { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } last }:
                Lines($"Show({last.Expression.WithoutTrivia()});");
                break;
            case GlobalStatementSyntax statement:
                Lines(statement.ToFullString());
                break;
            case FieldDeclarationSyntax field:
                Lines(field.WithModifiers([]).WithAttributeLists([]).WithLeadingTrivia(field.GetLeadingTrivia()).ToFullString());
                break;
            case MethodDeclarationSyntax method when IsExtension(method):
                var rest = method.Modifiers.Where(modifier => !SyntaxFacts.IsAccessibilityModifier(modifier.Kind()));
                var bare = method.WithoutLeadingTrivia().WithModifiers(SyntaxFactory.TokenList(rest));
                extensions.Append("internal ").Append(bare.ToFullString().Trim('\r', '\n')).Append('\n');
                break;
            case MethodDeclarationSyntax method:
                var kept = method.Modifiers
                    .Where(modifier => modifier.IsKind(SyntaxKind.AsyncKeyword) || modifier.IsKind(SyntaxKind.UnsafeKeyword));
                Lines(method.WithModifiers(SyntaxFactory.TokenList(kept)).WithLeadingTrivia(method.GetLeadingTrivia()).ToFullString());
                break;
            case BaseTypeDeclarationSyntax or DelegateDeclarationSyntax:
                var open = member.Modifiers
                    .Where(modifier => !modifier.IsKind(SyntaxKind.PrivateKeyword) && !modifier.IsKind(SyntaxKind.ProtectedKeyword));
                types.Append('\n').Append(member.WithModifiers(SyntaxFactory.TokenList(open)).ToFullString().Trim('\r', '\n')).Append('\n');
                break;
            default:
                throw new InvalidDataException(string.Create(
                    CultureInfo.InvariantCulture, $"Cell {cell} declares a {member.Kind()} outside a type, which a program cannot."));
        }
    }

    private static bool IsExtension(MethodDeclarationSyntax method) =>
        method.ParameterList.Parameters.FirstOrDefault()?.Modifiers.Any(SyntaxKind.ThisKeyword) == true;

    private void Lines(string text) => statements.Append(text.Trim('\r', '\n')).Append('\n');
}

/// <summary>The <c>#:</c> lines of the program: its packages, assemblies and settings.</summary>
internal sealed class ProgramHead(string programDirectory, string notebookDirectory)
{
    private readonly PackageReferences packages = new();
    private readonly List<string> packageLines = [];
    private readonly List<string> assemblies = [];
    private readonly HashSet<string> referred = new(StringComparer.Ordinal);

    /// <summary>Where the notebook lies, seen from the program: its relative paths start there.</summary>
    public string WorkingDirectory { get; } = Path.GetRelativePath(programDirectory, notebookDirectory).Replace('\\', '/');

    /// <summary>Takes in what a script refers to, for the program and for the compiler.</summary>
    public async Task ReferAsync(ScriptHead script, ProgramText text, ScriptChain chain, CancellationToken cancellation)
    {
        foreach (var line in script.Lines)
        {
            if (line.Kind == ScriptHeadKind.Assembly)
            {
                var path = NotebookPaths.FindAssembly(line.Argument, notebookDirectory);
                if (Path.GetDirectoryName(path) == FrameworkReferences.Directory || assemblies.Contains(path)) continue;
                assemblies.Add(path);
                chain.Refer(path);
                Open(path, text, chain);
            }
            else if (line.Kind == ScriptHeadKind.Package
                && await packages.AddAsync(line.Argument, cancellation).ConfigureAwait(false) is { } assets)
            {
                var parts = line.Argument.Split(',', StringSplitOptions.TrimEntries);
                if (assets.IsHosts) assemblies.AddRange(assets.Runtime.Except(assemblies));
                else packageLines.Add($"#:package {parts[0]}@{parts[1]}");
                foreach (var path in assets.Compile.Where(referred.Add)) chain.Refer(path);
                foreach (var path in assets.Runtime) Open(path, text, chain);
            }
        }
    }

    public string Build(bool usesSql)
    {
        var text = new StringBuilder();
        // The directories above may hold settings of a project; the program is to build the same anywhere.
        string[] settings =
        [
            "TargetFramework=net10.0", "PublishAot=false", "ImplicitUsings=disable", "Nullable=disable", "AllowUnsafeBlocks=true",
            "TreatWarningsAsErrors=false", "EnforceCodeStyleInBuild=false", "RunAnalyzers=false", "GenerateDocumentationFile=false",
            "ManagePackageVersionsCentrally=false", "WarningLevel=0", "NuGetAudit=false",
        ];
        foreach (var line in packageLines) text.Append(line).Append('\n');
        if (usesSql && !packageLines.Exists(line => line.Contains("Microsoft.Data.Sqlite@", StringComparison.Ordinal)))
        {
            text.Append("#:package Microsoft.Data.Sqlite@").Append(ProgramRuntime.SqliteVersion).Append('\n');
            text.Append("#:package SQLitePCLRaw.bundle_e_sqlite3@").Append(ProgramRuntime.SqliteBundleVersion).Append('\n');
        }
        foreach (var setting in settings) text.Append("#:property ").Append(setting).Append('\n');
        if (assemblies.Count > 0)
            text.Append("#:property AdditionalExplicitAssemblyReferences=").AppendJoin(';', assemblies.Select(Relative)).Append('\n');
        return text.Append('\n').ToString();
    }

    private static void Open(string path, ProgramText text, ScriptChain chain)
    {
        foreach (var line in NotebookUsings.Of(path).Select(space => $"using {space};"))
        {
            text.Using(line);
            chain.Compile(ScriptChain.Parse(line, "usings"), CancellationToken.None);
        }
    }

    private string Relative(string path) => Path.GetRelativePath(programDirectory, path).Replace('\\', '/');
}

/// <summary>
/// What every exported program carries at its end: the display of values and the tables of SQL, in the very source of this library, so that
/// a program prints what the notebook shows. The source travels as a resource.
/// </summary>
internal static class ProgramRuntime
{
    private const string Prefix = "export/";

    public static string SqliteVersion { get; } = Version(typeof(Microsoft.Data.Sqlite.SqliteConnection));

    public static string SqliteBundleVersion { get; } = Version(typeof(SQLitePCL.raw));

    public static string Text(bool withSql)
    {
        var assembly = typeof(ProgramRuntime).Assembly;
        var text = new StringBuilder("\n// From here on: how values are shown");
        text.Append(withSql ? " and SQL is run.\n#pragma warning disable\n" : ".\n#pragma warning disable\n");
        foreach (var name in assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal))
        {
            if (!withSql && name.Contains("Sql", StringComparison.Ordinal)) continue;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            text.Append(Enclosed(reader.ReadToEnd()));
        }
        return text.ToString();
    }

    // Several namespaces in one file need braces, and each brings the usings that its file had, those of the project included.
    private static string Enclosed(string source)
    {
        var unit = SyntaxFactory.ParseCompilationUnit(source);
        if (unit.Members.FirstOrDefault() is not FileScopedNamespaceDeclarationSyntax space)
            return "\n" + unit.WithUsings([]).ToFullString().Trim() + "\n";
        string[] common =
            ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading", "System.Threading.Tasks"];
        var usings = common.Select(name => $"using {name};")
            .Concat(unit.Usings.Select(directive => directive.WithoutTrivia().ToString()))
            .Distinct();
        var members = string.Concat(space.Members.Select(member => member.ToFullString()));
        return $"\nnamespace {space.Name}\n{{\n{string.Join('\n', usings)}\n{members}\n}}\n";
    }

    private static string Version(Type type) => type.Assembly
        .GetCustomAttributes(typeof(System.Reflection.AssemblyInformationalVersionAttribute), false)
        .Cast<System.Reflection.AssemblyInformationalVersionAttribute>()
        .First().InformationalVersion.Split('+')[0];
}
