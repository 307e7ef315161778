using System.Globalization;

namespace Analys.Disclosure;

/// <summary>A count x with 0 &lt; x &lt; T is unsafe; whether a zero is safe is a named choice.</summary>
/// <remarks>Protection levels are 0: any second possible value will do. Swedish: <i>tröskelvärde</i>.</remarks>
/// <param name="Threshold">T, the least count that may be published.</param>
/// <param name="ZerosAreSafe">True when a zero may be published: it tells of no one, but of everyone that they are not counted.</param>
public sealed record FrequencyThreshold(int Threshold = 5, bool ZerosAreSafe = true) : PrimaryRule
{
    /// <inheritdoc/>
    public override string Name => $"frequency<{Threshold.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Is this count unsafe?</summary>
    public bool IsUnsafe(double count) => count < Threshold && (count > 0 || !ZerosAreSafe);

    /// <inheritdoc/>
    public override CellProtection? Judge(TableCell cell) =>
        IsUnsafe(cell.Value) ? new CellProtection(Name, 0, 0, ZerosAreSafe ? 1 : 0, Threshold - 1) : null;
}
