using System.Diagnostics;
using System.Text;
using Analys.Database.Sql;

namespace Analys.Database.Tests.Sql;

/// <summary>A parser of T-SQL that is not ours (sqlfluff) takes every statement for SQL Server.</summary>
public sealed class TransactSqlTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("analys-tsql-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [SqlfluffFact]
    public void Every_statement_for_sql_server_is_transact_sql()
    {
        var texts = TextTests.All(new SqlServerDialect(), districts: 1, pivots: 3).Select(query => query.Text).Distinct().ToArray();
        Assert.True(texts.Length > 8);
        Assert.Equal("", Unparsable(texts));
    }

    [SqlfluffFact]
    public void The_parser_refuses_what_is_not_transact_sql()
    {
        // Short ones: of a long statement that is wrong the parser tries every reading before it gives up, for minutes.
        foreach (var wrong in (string[])["select sum(a from [b]", "select case when 1 = 1 then 2 from [b]", "select [a] from [b] group [a]",
            "select sum([a]) as [s] form [b] where [a] > 0", "select [a] from [b] limit 5"])
        {
            Assert.NotEqual("", Unparsable([wrong]));
        }
    }

    // The lines in which the parser names what it could not parse.
    private string Unparsable(IEnumerable<string> statements)
    {
        var file = Path.Combine(folder, "all.sql");
        File.WriteAllText(file, string.Join(";\n", statements) + ";\n", new UTF8Encoding(false));
        var start = new ProcessStartInfo("sqlfluff", ["parse", "--dialect", "tsql", "--nocolor", file])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var lines = process.StandardOutput.ReadToEnd().Split('\n')
            .Where(line => line.Contains("unparsable", StringComparison.OrdinalIgnoreCase)
                || line.Contains("PRS", StringComparison.Ordinal)).ToArray();
        process.WaitForExit();
        return process.ExitCode == 0 && lines.Length == 0 ? "" : $"{process.ExitCode}: {string.Join('\n', lines)}{errors.Result}";
    }
}

/// <summary>A test that needs Debian's sqlfluff.</summary>
internal sealed class SqlfluffFactAttribute : FactAttribute
{
    public SqlfluffFactAttribute()
    {
        if (!File.Exists("/usr/bin/sqlfluff")) Skip = "sqlfluff is not installed.";
    }
}
