namespace Analys.Load.JsonStat;

/// <summary>What each rule expects, in words.</summary>
internal static class JsonStatRules
{
    public static string Expected(string code) => code switch
    {
        "ID_SIZE_LEN_MISMATCH" => "as many sizes as dimensions",
        "DIM_KEY_ID_MISMATCH" => "each dimension of id described, and no other",
        "VALUE_LEN_MISMATCH" => "a value for each cell",
        "SPARSE_KEY_OUT_OF_RANGE" => "values at cells of the table",
        "ROLE_ID_UNKNOWN" => "roles of dimensions that exist",
        "STATUS_LEN_MISMATCH" => "a status for each cell",
        "STATUS_KEY_OUT_OF_RANGE" => "statuses at cells of the table",
        "METRIC_UNIT_MISSING" => "units for the metric",
        "INDEX_COUNT_MISMATCH" => "as many categories as the dimension's size",
        "INDEX_POSITIONS_INVALID" => "each position once",
        "LABEL_KEY_UNKNOWN" or "UNIT_KEY_UNKNOWN" or "COORD_KEY_UNKNOWN" or "NOTE_KEY_UNKNOWN" => "labels, units, coordinates and notes of categories that exist",
        "LABEL_KEY_INCOMPLETE" => "a label for each category",
        "CHILD_ID_UNKNOWN" => "children that are categories",
        "CHILD_CYCLE" => "a hierarchy without a circle",
        "CUBE_SIZE_OVERFLOW" => "fewer than 200 million cells",
        "BUNDLE_DEPRECATED" => "a collection instead of a bundle",
        "PARSE_ERROR" => "JSON",
        _ => "a document as JSON-stat defines it",
    };
}
