using Analys.Tests.Database;

namespace Analys.Benchmarks.Table;

/// <summary>A row of the table.</summary>
/// <param name="Work">What is done.</param>
/// <param name="AtMost">The budget in seconds.</param>
/// <param name="Call">The command's arguments.</param>
/// <param name="Inputs">The files that it reads.</param>
internal sealed record TableRow(string Work, double AtMost, string[] Call, params TableInput[] Inputs)
{
    /// <summary>The peer's name.</summary>
    public string PeerName { get; init; } = "";

    /// <summary>What the peer took on 2026-11-30.</summary>
    public double? Peer { get; init; }

    /// <summary>The peer in R, printing its seconds.</summary>
    public string? Script { get; init; }

    /// <summary>Whether the peer takes minutes.</summary>
    public bool PeerIsSlow { get; init; }

    /// <summary>What bounds our time.</summary>
    public string Limit { get; init; } = "";

    /// <summary>Why the row cannot be run here.</summary>
    public string? Missing { get; init; }

    /// <summary>Whether a server works beside the command, whose seconds are not counted.</summary>
    public bool HasServer { get; init; }
}

/// <summary>The rows, and the server that some of them ask.</summary>
internal sealed class TableRows : IDisposable
{
    private readonly TableInput people, schema, million, city, thousand, points, stream;
    private readonly string folder;
    private readonly Lazy<PostgresCluster> server = new(() => new PostgresCluster());

    /// <summary>Rows whose inputs stand in a folder.</summary>
    public TableRows(string folder)
    {
        this.folder = folder;
        TableInput In(string name, Action<string> write) => new(Path.Combine(folder, name), write);
        people = In("people.csv", path => TableInputs.People(path, 5_000_000));
        schema = In("people.schema.json", TableInputs.Schema);
        million = In("million.csv", path => TableInputs.People(path, 1_000_000));
        city = In("city.csv", path => TableInputs.City(path, 6_000, 10));
        thousand = In("thousand.csv", path => TableInputs.City(path, 1_000, 2));
        points = In("points.csv", path => TableInputs.City(path, 100_000, 4));
        stream = In("stream.csv", path => StreamBenchmarks.WriteFile(path, 1));
    }

    /// <summary>All rows, in the order of the budgets.</summary>
    public IEnumerable<TableRow> All() =>
        [.. Start(), .. Poverty(), .. Segregation(), .. Space(), .. Sources()];

    /// <inheritdoc/>
    public void Dispose()
    {
        if (server.IsValueCreated) server.Value.Dispose();
    }

    private static IEnumerable<TableRow> Start()
    {
        const string limit = "the runtime's own start, 0.045 s, and reading our assemblies";
        yield return new("start: analys --version", 0.15, ["--version"]) { Limit = limit };
        yield return new("start: analys measures", 0.15, ["measures"]) { Limit = limit };
    }

    private IEnumerable<TableRow> Poverty()
    {
        yield return new("load and check 5 M x 8", 1.2, ["check", people.Path], people)
        {
            PeerName = "data.table::fread",
            Peer = 1.40,
            Script = $"library(data.table); cat(system.time(d <- fread('{people.Path}', sep=';'))[['elapsed']])",
            Limit = "bytes through the parser and the screening of every cell",
        };
        yield return new("load 5 M x 8 and AROP of all and of children by district", 1.5,
            ["poverty", people.Path, "--ages", "0-,0-17", "--measures", "at-risk-of-poverty-rate", .. Columns], people)
        {
            PeerName = "fread and data.table",
            Peer = 2.23,
            Script = $$"""
                library(data.table); cat(system.time({ d <- fread('{{people.Path}}', sep=';'); setorder(d, income)
                z <- 0.6 * d$income[which(cumsum(d$weight) >= sum(d$weight) / 2)[1]]
                r <- rbind(d[, sum(weight * (income < z)) / sum(weight), by=district],
                           d[age < 18, sum(weight * (income < z)) / sum(weight), by=district]) })[['elapsed']])
                """,
            Limit = "loading; then the order of five million incomes",
        };
        yield return new("AROP by region, 100 bootstraps, 1 M rows", 2.5,
            ["poverty", million.Path, "--replicates", "100", "--measures", "at-risk-of-poverty-rate", .. Columns], million)
        {
            PeerName = "laeken",
            Peer = 321,
            PeerIsSlow = true,
            Script = $"""
                library(data.table); library(laeken); d <- as.data.frame(fread('{million.Path}', sep=';'))
                cat(system.time(arpr('income', weights='weight', breakdown='district', data=d, var='bootstrap', design=NULL, R=100,
                  bootType='naive', seed=1))[['elapsed']])
                """,
            Limit = "a draw for each household and replicate, and one reading of all weights",
        };
    }

    private IEnumerable<TableRow> Segregation()
    {
        const string draws = "one random number and one table look-up for each cell and replicate";
        yield return new("M and H 6 000 x 10, 100 bootstraps", 0.5,
            Counts(city, 10, "--measures", "mutual-information,information-theory", "--replicates", "100"), city)
        { PeerName = "R segregation", Peer = 3.15, Limit = draws };
        yield return new("local M 6 000 x 10, 100 bootstraps", 0.6,
            Counts(city, 10, "--measures", "local-mutual-information", "--replicates", "100"), city)
        { PeerName = "R segregation", Peer = 10.8, Limit = draws + "; 6 000 records" };
        yield return new("density-corrected D 6 000", 0.3, Counts(city, 2, "--measures", "density-corrected-dissimilarity"), city)
        { PeerName = "pysal segregation", Peer = 61.7, Limit = "start-up; then the likelihood's cells" };
        yield return new("person permutation 1 000 units x 500", 0.4,
            Counts(thousand, 2, "--measures", "dissimilarity", "--null", "persons", "--replicates", "500"), thousand)
        { PeerName = "pysal segregation", Peer = 344, Limit = "hypergeometric draws" };
        yield return new("multigroup Gini 6 000 x 10", 0.25, Counts(city, 10, "--measures", "multigroup-gini"), city)
        { PeerName = "pysal segregation", Peer = 5.2, Limit = "start-up" };
    }

    private IEnumerable<TableRow> Space()
    {
        string[] at = ["--x", "x", "--y", "y"];
        yield return new("kernel H 6 000 x 10, 2 km", 0.5,
            Counts(city, 10, ["--measures", "spatial-information-theory", "--kernel", "boxcar:2km", .. at]), city)
        { PeerName = "pysal segregation", Peer = 13.0, Limit = "pairs within two kilometres" };
        yield return new("distortion 6 000 x 10", 1.2, Counts(city, 10, ["--measures", "distortion", .. at]), city)
        { PeerName = "pysal segregation", Peer = 26.1, Limit = "a logarithm for each pair of units and group" };
        yield return new("k nearest people, 100 000 points, k to 51 200", 3,
            Counts(points, 4, ["--measures", "nearest-people-profile", .. at]), points)
        { Limit = "sums over the neighbours of every point" };
    }

    private IEnumerable<TableRow> Sources()
    {
        string[] figures = ["--ages", "0-,0-17", "--measures", "at-risk-of-poverty-threshold,at-risk-of-poverty-rate", "--by", "area",
            "--confidential", "--schema", schema.Path];
        yield return new("31 figures of 5 M persons from DuckDB", 4, ["poverty", "--source", $"duckdb:{people.Path}", .. figures],
            people, schema)
        { Limit = "our reading and checking of the file, then its copy into columns" };
        var database = new TableInput(Path.Combine(folder, "people.db"),
            path => Machine.Run(["load", people.Path, "--schema", schema.Path, "--into", $"sqlite:{path}", "--table", "people"]));
        yield return new("31 figures of 5 M persons from SQLite", 82, ["poverty", "--source", $"sqlite:{database.Path}", "--table", "people", .. figures],
            people, schema, database)
        { Limit = "its interpreter on one core: every pass decodes every row" };
        if (!PostgresCluster.IsThere)
        {
            yield return new("31 figures of 5 M persons from PostgreSQL", 4, []) { Missing = "no server is installed" };
        }
        else
        {
            var table = new TableInput(Path.Combine(folder, "postgres"), path =>
            {
                Machine.Run(["load", people.Path, "--schema", schema.Path, "--into", $"postgres:{server.Value.Address()}", "--table", "people"]);
                server.Value.Say("vacuum analyze people");
                File.WriteAllText(path, "");
            });
            if (!server.IsValueCreated) File.Delete(table.Path);
            yield return new("31 figures of 5 M persons from PostgreSQL", 4,
                ["poverty", "--source", $"postgres:{server.Value.Address()}", "--table", "people", .. figures], people, schema, table)
            { HasServer = true, Limit = "sums by household, on two connections" };
        }

        var described = new TableInput(Path.Combine(folder, "stream.schema.json"), StreamBenchmarks.WriteSchema);
        yield return new("31 figures of 1 GB streamed", 12,
            ["poverty", "--source", stream.Path, "--schema", described.Path, "--by", "area", "--ages", "0-,0-17", "--measures",
                "at-risk-of-poverty-threshold,at-risk-of-poverty-rate", "--policy", "stockholm"], stream, described)
        { PeerName = "DuckDB SQL by hand", Peer = 19.3, Limit = "parsing, on both cores" };
    }

    private static readonly string[] Columns = ["--income", "income", "--weight", "weight", "--household", "household", "--age", "age",
        "--by", "district", "--confidential"];

    private static string[] Counts(TableInput input, int groups, params string[] more) => ["segregation", input.Path, "--unit", "unit",
        "--groups", string.Join(',', Enumerable.Range(0, groups).Select(group => $"g{group}")), "--confidential", .. more];
}
