using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Analys.Notebooks.CSharp;

/// <summary>The <c>#r</c> and <c>#load</c> lines at the head of a script, and the script without them but with all its lines in place.</summary>
internal sealed record ScriptHead(IReadOnlyList<ScriptHeadLine> Lines, string Rest)
{
    private const string Package = "nuget:";

    public static ScriptHead Take(string code)
    {
        if (!code.Contains("#r", StringComparison.Ordinal) && !code.Contains("#load", StringComparison.Ordinal)) return new ScriptHead([], code);
        var root = ScriptChain.Parse(code, "").GetCompilationUnitRoot();
        var text = new StringBuilder(code);
        var lines = new List<ScriptHeadLine>();
        foreach (var directive in root.DescendantTrivia().Select(trivia => trivia.GetStructure()).OfType<DirectiveTriviaSyntax>())
        {
            var argument = (directive as ReferenceDirectiveTriviaSyntax)?.File ?? (directive as LoadDirectiveTriviaSyntax)?.File;
            // One that stands too late, or lacks its string, is left for the compiler to complain about.
            if (argument is null || argument.Value.IsMissing || directive.ContainsDiagnostics) continue;
            Blank(text, directive.Span);
            lines.Add(Line(directive, argument.Value.ValueText));
        }
        return new ScriptHead(lines, text.ToString());
    }

    private static ScriptHeadLine Line(DirectiveTriviaSyntax directive, string argument)
    {
        var line = directive.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
        if (directive is LoadDirectiveTriviaSyntax) return new ScriptHeadLine(ScriptHeadKind.Load, argument, line);
        return argument.StartsWith(Package, StringComparison.OrdinalIgnoreCase)
            ? new ScriptHeadLine(ScriptHeadKind.Package, argument[Package.Length..].Trim(), line)
            : new ScriptHeadLine(ScriptHeadKind.Assembly, argument.Trim(), line);
    }

    private static void Blank(StringBuilder text, TextSpan span)
    {
        for (var i = span.Start; i < span.End; i++)
        {
            if (text[i] is not ('\r' or '\n')) text[i] = ' ';
        }
    }
}

/// <summary>What a line at the head of a script asks for.</summary>
internal enum ScriptHeadKind
{
    Assembly,
    Package,
    Load,
}

/// <summary>One line at the head of a script.</summary>
internal sealed record ScriptHeadLine(ScriptHeadKind Kind, string Argument, int Line);
