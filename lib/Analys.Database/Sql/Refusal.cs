using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Analys.Database.Sql;

/// <summary>What a database's refusal is told as: its code and what that means, never its words, which may hold data, names of users or addresses.</summary>
internal static class Refusal
{
    private const string Password = "the user or password is not accepted; see PGPASSWORD, PGPASSFILE or ~/.pgpass";
    private const string Stopped = "a statement ran too long or was stopped; see --timeout";

    public static string Of(Exception refusal) => refusal switch
    {
        DbException { SqlState: { Length: > 0 } state } => Told(state, Meaning(state)),
        SqliteException e => Told($"SQLite {e.SqliteErrorCode}", Meaning(e)),
        SocketException or NpgsqlException { InnerException: SocketException } => "The database server does not answer.",
        TimeoutException or NpgsqlException { InnerException: TimeoutException } => "The database server does not answer in time.",
        NpgsqlException { InnerException: IOException } => "The connection to the database server was lost.",
        // The driver says so only in words.
        NpgsqlException e when e.Message.Contains("password", StringComparison.OrdinalIgnoreCase) => $"The database server wants a password: {Password}.",
        _ => Told(refusal.InnerException?.GetType().Name ?? refusal.GetType().Name, null),
    };

    private static string Told(string code, string? meaning) => $"The database refused ({code}){(meaning is null ? "" : ": " + meaning)}.";

    private static string? Meaning(string state) => state switch
    {
        "28P01" or "28000" => Password,
        "3D000" => "there is no such database",
        "42P01" or "3F000" => "there is no such table",
        "42P07" => "the table is there already",
        "42703" => "there is no such column",
        "42501" => "the user may not do that",
        "22P02" or "42846" => "a column holds text where numbers are asked for",
        "57014" => Stopped,
        "57P01" or "57P02" or "57P03" => "the server is stopping or starting",
        "53300" => "the server has no connection left",
        _ => null,
    };

    private static string? Meaning(SqliteException e) => e.SqliteErrorCode switch
    {
        1 when e.Message.Contains("no such table", StringComparison.Ordinal) => "there is no such table",
        1 when e.Message.Contains("no such column", StringComparison.Ordinal) => "there is no such column",
        1 when e.Message.Contains("already exists", StringComparison.Ordinal) => "the table is there already",
        5 or 6 => "another program is writing",
        8 => "the file may not be written",
        9 => Stopped,
        11 or 26 => "the file is no database, or damaged",
        14 => "there is no such file, or it cannot be opened",
        _ => null,
    };
}
