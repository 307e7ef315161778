using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Analys.Load.Cubes;
using Analys.Load.Cubes.JsonStat;

namespace Analys.Tests.Load.Cubes;

/// <summary>A PxWeb API on this machine that answers selections of one cube, and fails as often as it is told.</summary>
internal sealed class PxWebServer : IDisposable
{
    private readonly HttpListener listener;
    private readonly Cube cube;
    private readonly int maxCells;
    private readonly int saidCells;

    /// <param name="cube">What it answers from.</param>
    /// <param name="maxCells">The most cells that it answers.</param>
    /// <param name="saidCells">The most cells that it says it answers; null for the same.</param>
    /// <param name="version">The version of the API.</param>
    public PxWebServer(Cube cube, int maxCells, int? saidCells = null, int version = 2)
    {
        this.saidCells = saidCells ?? maxCells;
        this.cube = cube;
        this.maxCells = maxCells;
        for (var port = 20_000 + Random.Shared.Next(20_000); ; port++)
        {
            // A listener that could not start is closed for good: each port gets its own.
            listener = new HttpListener();
            listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                listener.Start();
            }
            catch (HttpListenerException)
            {
                continue;
            }

            Address = new Uri($"http://127.0.0.1:{port}/api/v{version}/");
            break;
        }

        _ = Task.Run(ServeAsync);
    }

    public Uri Address { get; }

    public int Calls { get; private set; }

    public int LargestAnswer { get; private set; }

    public int FailuresLeft { get; set; }

    /// <summary>How many values of the first variable are left out of every answer.</summary>
    public int Short { get; set; }

    public void Dispose() => listener.Close();

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            try
            {
                Calls++;
                var (status, body) = FailuresLeft-- > 0 ? (FailuresLeft % 2 == 0 ? 429 : 503, []) : Answer(context.Request);
                context.Response.StatusCode = status;
                await context.Response.OutputStream.WriteAsync(body);
                context.Response.Close();
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // One client that went away, or one question that cannot be answered, is not the end of the server: others would wait.
                context.Response.Abort();
            }
        }
    }

    private (int Status, byte[] Body) Answer(HttpListenerRequest request)
    {
        var path = request.Url!.AbsolutePath;
        if (path.EndsWith("/config", StringComparison.Ordinal))
            return (200, Encoding.UTF8.GetBytes($$"""{ "maxDataCells": {{saidCells}} }"""));
        if (request.Url.Query == "?config")
            return (200, Encoding.UTF8.GetBytes($$"""{ "maxValues": {{saidCells}}, "maxCalls": 30, "timeWindow": 10 }"""));
        var first = path.EndsWith("/v1/BE/T1", StringComparison.Ordinal);
        if (!first && !path.Contains("/tables/T1/", StringComparison.Ordinal)) return (404, []);
        if (first && request.HttpMethod == "GET") return (200, MetadataOfVersion1());
        if (path.EndsWith("/metadata", StringComparison.Ordinal)) return (200, Metadata());
        using var body = JsonDocument.Parse(request.InputStream);
        var chosen = first
            ? body.RootElement.GetProperty("query").EnumerateArray().ToDictionary(item => item.GetProperty("code").GetString()!,
                item => item.GetProperty("selection").GetProperty("values").EnumerateArray().Select(code => code.GetString()!).ToList())
            : body.RootElement.GetProperty("selection").EnumerateArray().ToDictionary(
                item => item.GetProperty("variableCode").GetString()!,
                item => item.GetProperty("valueCodes").EnumerateArray().Select(code => code.GetString()!).ToList());
        if (Short > 0) chosen["Region"] = chosen["Region"][..^Short];
        var dimensions = cube.Dimensions.Select(dimension => dimension with
        {
            Codes = [.. chosen[dimension.Id]],
            Labels = [.. chosen[dimension.Id].Select(code => dimension.Labels[dimension.Codes.IndexOf(code)])],
        }).ToList();
        var cells = dimensions.Aggregate(1, (product, dimension) => product * dimension.Count);
        if (cells > maxCells) return (403, []);
        LargestAnswer = Math.Max(LargestAnswer, cells);
        var values = new double[cells];
        for (var cell = 0; cell < cells; cell++)
        {
            int rest = cell, stride = 1, from = 0;
            for (var i = dimensions.Count - 1; i >= 0; i--)
            {
                (rest, var at) = Math.DivRem(rest, dimensions[i].Count);
                from += cube.Dimensions[i].Codes.IndexOf(dimensions[i].Codes[at]) * stride;
                stride *= cube.Dimensions[i].Count;
            }

            values[cell] = cube.Values[from];
        }

        using var stream = new MemoryStream();
        JsonStatWriter.Write(stream, cube with { Dimensions = [.. dimensions], Values = values, Marks = null });
        return (200, stream.ToArray());
    }

    private byte[] MetadataOfVersion1() => JsonSerializer.SerializeToUtf8Bytes(new
    {
        title = "x",
        variables = cube.Dimensions.Select(dimension => new
        {
            code = dimension.Id,
            text = dimension.Label,
            values = dimension.Codes,
            valueTexts = dimension.Labels,
            time = dimension.Id == "Tid",
        }),
    });

    private byte[] Metadata()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("class", "dataset");
            json.WriteStartArray("id");
            foreach (var dimension in cube.Dimensions) json.WriteStringValue(dimension.Id);
            json.WriteEndArray();
            json.WriteStartObject("role");
            json.WriteStartArray("time");
            json.WriteStringValue("Tid");
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteStartObject("dimension");
            foreach (var dimension in cube.Dimensions)
            {
                json.WriteStartObject(dimension.Id);
                json.WriteString("label", dimension.Label);
                json.WriteStartObject("category");
                json.WriteStartObject("index");
                for (var i = 0; i < dimension.Count; i++) json.WriteNumber(dimension.Codes[i], i);
                json.WriteEndObject();
                json.WriteStartObject("label");
                for (var i = 0; i < dimension.Count; i++) json.WriteString(dimension.Codes[i], dimension.Labels[i]);
                json.WriteEndObject();
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    public static Cube Example()
    {
        CubeDimension Dimension(string id, int count, Func<int, string> code) => new(
            id, id, [.. Enumerable.Range(0, count).Select(code)], [.. Enumerable.Range(0, count).Select(i => $"{id} nr {i}")]);
        var region = Dimension("Region", 7, i => (180 + i).ToString("0000", CultureInfo.InvariantCulture));
        var sex = Dimension("Kon", 2, i => (i + 1).ToString(CultureInfo.InvariantCulture));
        var time = Dimension("Tid", 5, i => (2016 + i).ToString(CultureInfo.InvariantCulture));
        return new Cube
        {
            Title = "Exempel",
            Dimensions = [region, sex, time],
            Values = [.. Enumerable.Range(0, 70).Select(i => (double)i * i)]
        };
    }
}
