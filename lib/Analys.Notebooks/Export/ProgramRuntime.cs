using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Analys.Notebooks.Export;

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
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
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
        if (unit.Members.FirstOrDefault() is not FileScopedNamespaceDeclarationSyntax space) return "\n" + unit.WithUsings([]).ToFullString().Trim() + "\n";
        string[] common = ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading", "System.Threading.Tasks"];
        var usings = common.Select(name => $"using {name};").Concat(unit.Usings.Select(directive => directive.WithoutTrivia().ToString())).Distinct();
        return $"\nnamespace {space.Name}\n{{\n{string.Join('\n', usings)}\n{string.Concat(space.Members.Select(member => member.ToFullString()))}\n}}\n";
    }

    private static string Version(Type type) => type.Assembly
        .GetCustomAttributes(typeof(System.Reflection.AssemblyInformationalVersionAttribute), false)
        .Cast<System.Reflection.AssemblyInformationalVersionAttribute>()
        .First().InformationalVersion.Split('+')[0];
}
