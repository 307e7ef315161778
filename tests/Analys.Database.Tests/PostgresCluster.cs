using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Analys.Tests.Database;

/// <summary>A PostgreSQL server of Debian's package on a free port of this machine, as a user that is not root, deleted
/// afterwards.</summary>
internal sealed class PostgresCluster : IDisposable
{
    private static readonly string? Bin = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
        .Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Order().LastOrDefault()
        : null;

    private readonly string folder;

    public PostgresCluster()
    {
        Port = FreePort();
        folder = Run("mktemp", "-d", "/tmp/analys-pg-XXXXXX").Trim();
        Run(Path.Combine(Bin!, "initdb"), "-D", $"{folder}/data", "-A", "trust", "-U", "analys", "-E", "UTF8", "--locale=C.UTF-8",
            "--no-sync");
        Run(Path.Combine(Bin!, "pg_ctl"), "-D", $"{folder}/data", "-w", "-l", $"{folder}/log", "-o",
            $"-p {Port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=30 -c shared_buffers=64MB", "start");
    }

    /// <summary>From now on, whoever comes over the network must give this password.</summary>
    public void Demand(string password)
    {
        Say($"set password_encryption = 'scram-sha-256'; alter user analys password '{password}'");
        Admit("scram-sha-256");
    }

    /// <summary>Whoever comes is believed again, as at the start.</summary>
    public void Trust()
    {
        Admit("trust");
        SpinWait.SpinUntil(IsOpen, TimeSpan.FromSeconds(30));
    }

    // The server reads its rules a moment after it was told to.
    private bool IsOpen()
    {
        try
        {
            using var connection = Open();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private void Admit(string method)
    {
        Run("sh", "-c", $"echo 'host all all 127.0.0.1/32 {method}' > {folder}/data/pg_hba.conf");
        Run(Path.Combine(Bin!, "pg_ctl"), "-D", $"{folder}/data", "reload");
    }

    public static bool IsThere => Bin is not null;

    public int Port { get; }

    public string Address(int? port = null) =>
        string.Create(CultureInfo.InvariantCulture,
            $"Host=127.0.0.1;Port={port ?? Port};Username=analys;Database=postgres;SslMode=Disable;Pooling=false");

    public NpgsqlConnection Open(int? port = null)
    {
        var connection = new NpgsqlConnection(Address(port));
        connection.Open();
        return connection;
    }

    public void Say(string sql)
    {
        using var connection = Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        Run(Path.Combine(Bin!, "pg_ctl"), "-D", $"{folder}/data", "-m", "immediate", "-w", "stop");
        Run("rm", "-rf", folder);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // A server refuses to run as root.
    private static string Run(string program, params string[] arguments)
    {
        var root = Environment.UserName == "root";
        var start = new ProcessStartInfo(root ? "runuser" : program) { RedirectStandardOutput = true, WorkingDirectory = "/tmp" };
        foreach (var argument in root ? ["-u", "postgres", "--", program, .. arguments] : arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        // pg_ctl's server keeps the pipe open: only programs that end are read to the end.
        var output = program.EndsWith("pg_ctl", StringComparison.Ordinal) ? "" : process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output : throw new InvalidOperationException($"{Path.GetFileName(program)} ended with {process.ExitCode}.");
    }
}
