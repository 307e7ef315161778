using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Analys.Domain;

namespace Analys.Load.Cubes;

/// <summary>What a site allows; null where it does not say.</summary>
/// <param name="Cells">The most cells of one answer.</param>
/// <param name="Calls">The most calls in the window.</param>
/// <param name="Window">The time over which calls are counted.</param>
internal sealed record PxWebLimits(int? Cells, int? Calls, TimeSpan? Window);

/// <summary>How a version of PxWeb's API is spoken to: where a table's variables and figures stand, and what is asked.</summary>
internal abstract class PxWebSite
{
    /// <summary>Where the site tells its limits.</summary>
    public abstract string Config { get; }

    /// <summary>The cells that sites of this version mostly allow.</summary>
    public abstract int UsualCells { get; }

    /// <summary>The version that an address names; null where it names none.</summary>
    public static PxWebSite? ByAddress(Uri address, string language)
    {
        var parts = address.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts.Contains("v2", StringComparer.OrdinalIgnoreCase) || parts.Contains("v2-beta", StringComparer.OrdinalIgnoreCase)
            ? new PxWebSiteV2(language)
            : parts.Contains("v1", StringComparer.OrdinalIgnoreCase) ? new PxWebSiteV1() : null;
    }

    /// <summary>The site and the table on it; a table's whole address tells both.</summary>
    /// <param name="api">The address of the API.</param>
    /// <param name="table">The table's id, or its address.</param>
    /// <exception cref="CallException">The address is none.</exception>
    public static (Uri Site, string Table) Place(string api, string table)
    {
        if (Uri.TryCreate(table, UriKind.Absolute, out var whole) && whole.Scheme is "http" or "https")
        {
            var path = whole.GetLeftPart(UriPartial.Path).TrimEnd('/');
            if (path.IndexOf("/tables/", StringComparison.Ordinal) is > 0 and var at)
                return (new Uri(path[..(at + 1)]), Uri.UnescapeDataString(path[(at + 8)..].Split('/')[0]));
            var last = path.LastIndexOf('/');
            return (new Uri(path[..(last + 1)]), Uri.UnescapeDataString(path[(last + 1)..]));
        }

        return Uri.TryCreate(api, UriKind.Absolute, out var site) && site.Scheme is "http" or "https" ? (site, table)
            : throw new CallException("--api is an address that begins with https:// or http://.");
    }

    /// <summary>Where a table's variables stand.</summary>
    public abstract string Metadata(string table);

    /// <summary>Reads a table's variables.</summary>
    /// <exception cref="PxWebException">They are none.</exception>
    public abstract PxWebTableInfo Info(byte[] bytes);

    /// <summary>Where figures are asked for.</summary>
    public abstract string Data(string table);

    /// <summary>The question for some codes of each variable.</summary>
    public abstract string Body(List<(CubeDimension Variable, ImmutableArray<string> Codes)> call);

    /// <summary>The limits that a site tells, in the names of either version.</summary>
    /// <exception cref="PxWebException">The answer is none.</exception>
    public static PxWebLimits Limits(byte[] bytes)
    {
        using var document = JsonDocument.Parse(JsonSource.Clean(bytes));
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object) throw new PxWebException("The site does not tell its limits.") { IsAbsent = true };
        var (cells, calls) = (Whole("maxDataCells") ?? Whole("maxValues"), Whole("maxCallsPerTimeWindow") ?? Whole("maxCalls"));
        if (cells is null && calls is null && !root.TryGetProperty("apiVersion", out _))
            throw new PxWebException("The site does not tell its limits.") { IsAbsent = true };
        return new PxWebLimits(cells, calls, Whole("timeWindow") is { } seconds ? TimeSpan.FromSeconds(seconds) : null);

        int? Whole(string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt32(out var number) && number > 0 ? number : null;
    }

    /// <summary>JSON that is written by a function.</summary>
    protected static string Json(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream)) write(json);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>A name as a part of an address.</summary>
    protected static string Escape(string text) => Uri.EscapeDataString(text);
}

/// <summary>Version 2: tables have ids, and the language is asked for.</summary>
internal sealed class PxWebSiteV2(string language) : PxWebSite
{
    public override string Config => "config";

    public override int UsualCells => 150_000;

    public override string Metadata(string table) => $"tables/{Escape(table)}/metadata?lang={Escape(language)}&outputFormat=json-stat2";

    public override PxWebTableInfo Info(byte[] bytes) => PxWebTableInfo.Read(bytes);

    public override string Data(string table) => $"tables/{Escape(table)}/data?lang={Escape(language)}&outputFormat=json-stat2";

    public override string Body(List<(CubeDimension Variable, ImmutableArray<string> Codes)> call) => Json(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("selection");
        foreach (var (variable, codes) in call)
        {
            json.WriteStartObject();
            json.WriteString("variableCode", variable.Id);
            json.WriteStartArray("valueCodes");
            foreach (var code in codes) json.WriteStringValue(code);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });
}

/// <summary>Version 1: a table is a path, and the language stands in the address.</summary>
internal sealed class PxWebSiteV1 : PxWebSite
{
    public override string Config => "?config";

    public override int UsualCells => 100_000;

    public override string Metadata(string table) => Path(table);

    public override string Data(string table) => Path(table);

    public override PxWebTableInfo Info(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(JsonSource.Clean(bytes));
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new PxWebException("The metadata are not those of a table.");
        }
    }

    public override string Body(List<(CubeDimension Variable, ImmutableArray<string> Codes)> call) => Json(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("query");
        foreach (var (variable, codes) in call)
        {
            json.WriteStartObject();
            json.WriteString("code", variable.Id);
            json.WriteStartObject("selection");
            json.WriteString("filter", "item");
            json.WriteStartArray("values");
            foreach (var code in codes) json.WriteStringValue(code);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("response");
        json.WriteString("format", "json-stat2");
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static PxWebTableInfo Read(JsonElement root)
    {
        // A level of the database is a list of what is below it.
        if (root.ValueKind == JsonValueKind.Array)
        {
            var below = root.EnumerateArray().Take(12).Select(item => item.TryGetProperty("id", out var id) ? id.ToString() : "")
                .Where(id => id.Length > 0);
            throw new PxWebException($"This is a folder of tables, not a table. In it: {string.Join(", ", below)}.");
        }

        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("variables", out var list)
            || list.ValueKind != JsonValueKind.Array)
            throw new PxWebException("The metadata are not those of a table.");
        var variables = new List<CubeDimension>();
        var optional = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in list.EnumerateArray())
        {
            var id = item.GetProperty("code").GetString()!;
            ImmutableArray<string> codes = [.. item.GetProperty("values").EnumerateArray().Select(value => value.ToString())];
            ImmutableArray<string> labels = item.TryGetProperty("valueTexts", out var texts)
                ? [.. texts.EnumerateArray().Select(value => value.ToString())] : codes;
            if (codes.IsEmpty || labels.Length != codes.Length) throw new PxWebException("The metadata have a variable without values.");
            variables.Add(new CubeDimension(id, item.TryGetProperty("text", out var text) ? text.ToString() : id, codes, labels)
            {
                Role = IsSet(item, "time") ? CubeRole.Time : CubeRole.Classification,
            });
            if (IsSet(item, "elimination")) optional.Add(id);
        }

        return new PxWebTableInfo(variables, optional);
    }

    private static bool IsSet(JsonElement item, string name) => item.TryGetProperty(name, out var flag)
        && flag.ValueKind == JsonValueKind.True;

    private static string Path(string table) => string.Join('/', table.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Escape));
}
