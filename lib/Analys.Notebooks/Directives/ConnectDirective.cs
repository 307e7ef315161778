using Analys.Notebooks.Engine;
using Analys.Notebooks.Sql;

namespace Analys.Notebooks.Directives;

/// <summary><c>#!connect sqlite --kernel-name NAME "Data Source=…"</c></summary>
internal static class ConnectDirective
{
    public static Task RunAsync(DirectiveCall call)
    {
        if (call.Line.Words is not ["sqlite", var connection])
            throw CellException.Directive("#!connect sqlite --kernel-name NAME \"Data Source=…\" is what can be connected.");
        var name = call.Line.Option("--kernel-name");
        var language = SqlCells.Open("sql-" + name, connection, call.Session);
        call.Session.Add(language);
        call.Context.Streams.Write("stdout", $"#!{language.Name} queries the database.\n");
        return Task.CompletedTask;
    }
}
