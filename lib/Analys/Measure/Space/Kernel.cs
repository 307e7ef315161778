using System.Globalization;
using Analys.Measure.Inference;

namespace Analys.Measure.Space;

/// <summary>The shapes of kernels.</summary>
internal enum KernelShape
{
    /// <summary>exp(−d / L).</summary>
    Exponential,

    /// <summary>1 for d ≤ r, else 0.</summary>
    Boxcar,

    /// <summary>exp(−d² / 2s²), untruncated.</summary>
    Gaussian,

    /// <summary>(1 − d/r) for d ≤ r, else 0.</summary>
    Triangular,

    /// <summary>(1 − (d/r)²)² for d ≤ r, else 0.</summary>
    Biweight,

    /// <summary>The k nearest people.</summary>
    NearestPeople,
}

/// <summary>How much those who live at a distance belong to a place's environment.</summary>
/// <remarks>Written <c>exp:1km</c>, <c>boxcar:2km</c>, <c>gaussian:500m</c>, <c>triangular:1km</c>, <c>biweight:2km</c>,
/// <c>knn:1600</c>.</remarks>
/// <param name="Shape">The shape.</param>
/// <param name="Width">The length L, r or s; 0 for <see cref="KernelShape.NearestPeople"/>.</param>
/// <param name="People">How many people; 0 for kernels of distance.</param>
internal sealed record Kernel(KernelShape Shape, Length Width, double People = 0)
{
    /// <summary>The decay of Massey &amp; Denton's measures: exp(−d), d in kilometres.</summary>
    public static Kernel MasseyDenton { get; } = new(KernelShape.Exponential, Length.FromKilometres(1));

    /// <summary>Beyond this distance in metres the weight is 0, or too small to change a double; infinite where it never is.</summary>
    /// <remarks>exp(−64) is 2e−28: beside a weight of 1 for the place itself nothing of it is left in a double.</remarks>
    public double Reach => Shape switch
    {
        KernelShape.Exponential => 64 * Width.Metres,
        KernelShape.Gaussian => 11.5 * Width.Metres,
        KernelShape.NearestPeople => double.PositiveInfinity,
        _ => Width.Metres,
    };

    /// <summary>The k nearest people.</summary>
    /// <param name="k">How many, above 0.</param>
    public static Kernel Nearest(double k) => k > 0 && double.IsFinite(k)
        ? new(KernelShape.NearestPeople, default, k)
        : throw new ArgumentOutOfRangeException(nameof(k), "k nearest people: k is above 0.");

    /// <summary>The weight at a distance.</summary>
    /// <param name="metres">The distance in metres.</param>
    /// <exception cref="InvalidOperationException">The kernel is the k nearest people, which no distance decides.</exception>
    public double Weight(double metres) => Shape switch
    {
        KernelShape.Exponential => PortableMath.Exp(-metres / Width.Metres),
        KernelShape.Boxcar => metres <= Width.Metres + Distances.Tie ? 1 : 0,
        KernelShape.Gaussian => PortableMath.Exp(-metres * metres / (2 * Width.Metres * Width.Metres)),
        KernelShape.Triangular => Math.Max(0, 1 - (metres / Width.Metres)),
        KernelShape.Biweight => metres >= Width.Metres ? 0 : Square(1 - (metres / Width.Metres * (metres / Width.Metres))),
        _ => throw new InvalidOperationException("The k nearest people have no weight by distance."),
    };

    /// <summary>Reads a kernel.</summary>
    /// <param name="text">As <c>exp:1km</c> or <c>knn:1600</c>.</param>
    /// <exception cref="FormatException">The text is not a kernel; the message says how one is written.</exception>
    public static Kernel Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Split(':') is not [var name, var size]) throw new FormatException(Written);
        if (name == "knn")
        {
            return double.TryParse(size, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var k) && k > 0
                && double.IsFinite(k)
                ? Nearest(k)
                : throw new FormatException("knn is followed by a number of people above 0: knn:1600.");
        }

        var shape = name switch
        {
            "exp" => KernelShape.Exponential,
            "boxcar" => KernelShape.Boxcar,
            "gaussian" => KernelShape.Gaussian,
            "triangular" => KernelShape.Triangular,
            "biweight" => KernelShape.Biweight,
            _ => throw new FormatException(Written),
        };
        return new Kernel(shape, Length.Parse(size));
    }

    /// <summary>The kernel as it is written.</summary>
    public override string ToString() => Shape switch
    {
        KernelShape.Exponential => $"exp:{Width}",
        KernelShape.Boxcar => $"boxcar:{Width}",
        KernelShape.Gaussian => $"gaussian:{Width}",
        KernelShape.Triangular => $"triangular:{Width}",
        KernelShape.Biweight => $"biweight:{Width}",
        _ => string.Create(CultureInfo.InvariantCulture, $"knn:{People}"),
    };

    private const string Written = "A kernel is written exp:1km, boxcar:2km, gaussian:500m, triangular:1km, biweight:2km or knn:1600.";

    private static double Square(double value) => value * value;
}

/// <summary>A length with its unit: <c>800m</c>, <c>2km</c>, <c>0.5km</c>. A bare number is not a length.</summary>
/// <param name="Metres">In metres.</param>
internal readonly record struct Length(double Metres)
{
    /// <summary>In kilometres.</summary>
    public double Kilometres => Metres / 1000;

    /// <summary>A length in kilometres.</summary>
    /// <param name="kilometres">The number.</param>
    public static Length FromKilometres(double kilometres) => new(kilometres * 1000);

    /// <summary>Reads a length.</summary>
    /// <param name="text">A positive number with a decimal point and the unit <c>m</c> or <c>km</c>.</param>
    /// <exception cref="FormatException">The text is not a length, or has no unit.</exception>
    public static Length Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.Trim();
        var (number, scale) = trimmed.EndsWith("km", StringComparison.OrdinalIgnoreCase) ? (trimmed[..^2], 1000.0)
            : trimmed.EndsWith('m') ? (trimmed[..^1], 1.0)
            : throw new FormatException("A length has its unit: 800m or 2km.");
        return double.TryParse(number, NumberStyles.AllowDecimalPoint | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture,
            out var value)
            && double.IsFinite(value) && value > 0
            ? new Length(value * scale)
            : throw new FormatException("A length is a positive number with a decimal point and its unit: 800m, 0.5km.");
    }

    /// <summary>The length as it is written: whole and half kilometres in km, else in m.</summary>
    public override string ToString() => Metres >= 1000 || Metres % 500 == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{Kilometres}km")
        : string.Create(CultureInfo.InvariantCulture, $"{Metres}m");
}
