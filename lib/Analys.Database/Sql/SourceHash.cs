using System.Security.Cryptography;
using System.Text;

namespace Analys.Database.Sql;

/// <summary>A hash that tells one source from another and shows neither server nor user.</summary>
internal static class SourceHash
{
    public static string Of(params string[] parts) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
}
