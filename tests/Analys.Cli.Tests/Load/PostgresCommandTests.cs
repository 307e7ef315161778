using System.Globalization;
using Analys.Tests;
using Analys.Tests.Database;
using Npgsql;

namespace Analys.Cli.Tests.Load;

/// <summary>The command end to end on PostgreSQL: the file's figures from the server, wrong calls in one line, nothing secret in any of
/// them, nothing left running.</summary>
[Collection(nameof(PostgresServers))]
public sealed class PostgresCommandTests(PostgresServers servers) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("analys-postgres-").FullName;

    private PostgresCluster Cluster => servers.One;

    private string Address => "postgres:" + Cluster.Address();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [PostgresFact]
    public async Task A_loaded_register_gives_the_figures_of_its_file()
    {
        Assert.Equal(0, (await CommandRun.Of("synth", "--persons", "1200", "--seed", "3", "--years", "1", "--out", folder)).Code);
        var register = Path.Combine(folder, "syntetisk-register-2017.csv");
        var areas = Path.Combine(folder, "syntetisk-smaomraden-2017.csv");
        var plan = Repository.At("notebooks", "data", "stockholm", "verksamhetsplan-2018-indikatorer.csv");
        string[] groups = ["--unit", "Smaomrade", "--groups", "Svensk,Norden,Asien", "--total", "Totalt", "--within", "SDO14", "--pairs",
            "--replicates", "9", "--simulations", "9", "--confidential"];
        string[] poverty = ["--ages", "0-17,65-", "--by", "area,sex", "--measures",
            "at-risk-of-poverty-rate,relative-median-poverty-gap,sen,income-support-share", "--confidential"];
        foreach (var (command, file, schema, options) in ((string, string, string, string[])[])
        [
            ("poverty", register, "syntetisk-register", poverty),
            ("poverty", register, "syntetisk-register", ["--measures", "at-risk-of-poverty-rate", "--by", "area"]),
            ("inequality", register, "syntetisk-register", ["--by", "area", "--confidential"]),
            ("segregation", areas, "syntetisk-smaomraden", groups), ("indicators", plan, "verksamhetsplan-2018-indikatorer", []),
        ])
        {
            var table = Path.GetFileNameWithoutExtension(file);
            if (!Exists(table))
            {
                var load = await CommandRun.Of("load", file, "--into", Address, "--table", table);
                Assert.True(load.Code == 0, load.Errors);
                NothingSecret(load);
            }

            var expected = await CommandRun.Of([command, file, "--format", "json", .. options]);
            var actual =
                await CommandRun.Of([command, "--source", Address, "--table", table, "--schema", schema, "--format", "json", .. options]);
            Engines.Same(expected, actual);
            NothingSecret(actual);
            Assert.Equal($"postgres:{table}", Engines.Node(actual)["source"]![0]!["file"]!.ToString());
        }
    }

    [PostgresFact]
    public async Task The_address_may_come_from_the_environment_and_the_password_from_its_file()
    {
        await LoadCounts();
        var port = Cluster.Port.ToString(CultureInfo.InvariantCulture);
        var services =
            Save("services", $"[other]\nhost=nowhere.invalid\n[research]\nhost=127.0.0.1\nport={port}\ndbname=postgres\nuser=analys\n");
        var environments = new Dictionary<string, string>[]
        {
            new() { ["PGHOST"] = "127.0.0.1", ["PGPORT"] = port, ["PGDATABASE"] = "postgres", ["PGUSER"] = "analys" },
            new() { ["PGSERVICE"] = "research", ["PGSERVICEFILE"] = services },
        };
        string[] Call(string source) =>
            ["segregation", "--source", source, "--table", "counts", "--unit", "unit", "--groups", "A,B", "--measures", "dissimilarity",
                "--format", "json", "--confidential"];
        var expected = CommandProcess.Run(Call(Address));
        Assert.Equal(0, expected.Code);
        foreach (var environment in environments) Engines.Same(expected, CommandProcess.Run(Call("postgres:"), environment));

        Cluster.Demand("mycket-hemligt");
        try
        {
            WithPassword();
        }
        finally
        {
            Cluster.Trust();
        }

        void WithPassword()
        {
            var passwords = Save("pgpass", $"127.0.0.1:{port}:postgres:analys:mycket-hemligt\n");
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(passwords, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            Engines.Same(expected,
                CommandProcess.Run(Call("postgres:"), new Dictionary<string, string>(environments[0]) { ["PGPASSFILE"] = passwords }));
            Engines.Same(expected, CommandProcess.Run(Call("postgres:"),
                new Dictionary<string, string>(environments[1]) { ["PGPASSWORD"] = "mycket-hemligt" }));
            foreach (var environment in (Dictionary<string, string>[])[environments[0],
                new(environments[0]) { ["PGPASSWORD"] = "hemligt-men-fel" }])
            {
                Refused(CommandProcess.Run(Call("postgres:"), new Dictionary<string, string>(environment) { ["HOME"] = folder }),
                    "password");
            }
        }
    }

    [PostgresFact]
    public async Task A_wrong_call_is_told_in_one_line()
    {
        await LoadCounts();
        Cluster.Say("create role hemlig_person login; create view texts as select 'x' as unit, 'abc'::text as \"A\", 1 as \"B\"");
        var closed = Cluster.Address(PostgresCluster.FreePort());
        async Task Check(string address, string table, string words, params string[] more) =>
            Refused(await CommandRun.Of(["segregation", "--source", "postgres:" + address, "--table", table, "--unit", "unit", "--groups",
                "A,B", .. more]), words);
        await Check(Cluster.Address().Replace("Database=postgres", "Database=hemlig_databas", StringComparison.Ordinal), "counts",
            "no such database");
        await Check(Cluster.Address(), "hemlig_tabell", "no such table");
        await Check(Cluster.Address(), "hemligt.hemligt", "no such table");
        await Check(Cluster.Address().Replace("Username=analys", "Username=hemlig_person", StringComparison.Ordinal), "counts", "may not");
        await Check(Cluster.Address().Replace("Username=analys", "Username=hemlig_okand", StringComparison.Ordinal), "counts",
            "not accepted");
        await Check(closed, "counts", "does not answer");
        await Check(Cluster.Address().Replace("127.0.0.1", "hemlig-dator.invalid", StringComparison.Ordinal), "counts", "does not answer");
        await Check(Cluster.Address() + ";Password=hemligt", "counts", "no password");
        await Check(Cluster.Address() + ";Hemligt=1", "counts", "is not written");
        await Check(Cluster.Address(), "texts", "text, not numbers");
        Refused(await CommandRun.Of("load", Counts(), "--into", Address, "--table", "counts"), "already");
        Refused(await CommandRun.Of("load", Counts(), "--into", "postgres:" + closed, "--table", "other"), "does not answer");
        Refused(await CommandRun.Of("indicators", "--source", Address, "--table", "counts"), "role Indicator");
        Refused(await CommandRun.Of("segregation", "--source", Address, "--unit", "unit", "--groups", "A,B"), "--table");
        Assert.False(Exists("other"));
    }

    [PostgresFact]
    public void Ctrl_C_and_a_killed_client_leave_nothing_running()
    {
        Cluster.Say("create view slow as select 'x'::text as unit, 1::bigint as \"A\", 2::bigint as \"B\" from pg_sleep(300)");
        string[] call = ["segregation", "--source", Address, "--source", Address, "--table", "slow", "--unit", "unit", "--groups", "A,B",
            "--quiet"];
        using (var running = new CommandProcess(call))
        {
            Assert.True(SpinWait.SpinUntil(() => Running() == 2, TimeSpan.FromSeconds(60)));
            running.Signal("INT");
            var run = running.End();
            Assert.Equal((130, "", "analys: stopped\n"), (run.Code, run.Output, run.Errors));
            Assert.Equal(0, Running());
        }

        using (var running = new CommandProcess(call))
        {
            Assert.True(SpinWait.SpinUntil(() => Running() == 2, TimeSpan.FromSeconds(60)));
            running.Signal("KILL");
            Assert.True(SpinWait.SpinUntil(() => Running() == 0, TimeSpan.FromSeconds(60)));
        }

        Refused(CommandProcess.Run([.. call, "--timeout", "0.5"]), "ran too long");
    }

    private static void Refused(CommandRun run, string words)
    {
        Assert.True(run.Code == 2 && run.Output.Length == 0, run.Errors);
        Assert.Single(run.Errors.TrimEnd('\n').Split('\n'));
        Assert.Contains(words, run.Errors, StringComparison.Ordinal);
        NothingSecret(run);
    }

    private static void NothingSecret(CommandRun run)
    {
        foreach (var secret in (string[])["127.0.0.1", "Username=analys", "hemlig", "SslMode"])
        {
            Assert.DoesNotContain(secret, run.Output + run.Errors, StringComparison.OrdinalIgnoreCase);
        }
    }

    private async Task LoadCounts()
    {
        if (!Exists("counts")) Assert.Equal(0, (await CommandRun.Of("load", Counts(), "--into", Address, "--table", "counts")).Code);
    }

    private string Counts() => Save("counts.csv", "unit,A,B\na,80,20\nb,20,80\nc,50,50\n");

    private string Save(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private bool Exists(string table) => Scalar("select count(*) from pg_tables where tablename = @p", table) > 0;

    private long Running() =>
        Scalar("select count(*) from pg_stat_activity where state = 'active' and pid <> pg_backend_pid() and query like '%' || @p || '%'",
            "slow");

    private long Scalar(string sql, string parameter)
    {
        using var connection = Cluster.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddWithValue("p", parameter);
        return (long)command.ExecuteScalar()!;
    }
}
