using System.Globalization;

namespace Analys.Domain;

/// <summary>Swedish alphabetical order (å, ä, ö last), the same on every machine whatever its culture.</summary>
public static class SwedishOrder
{
    /// <summary>Compares names as a Swedish reader expects them sorted.</summary>
    public static StringComparer Comparer { get; } = StringComparer.Create(CultureInfo.GetCultureInfo("sv-SE"), CompareOptions.None);
}
