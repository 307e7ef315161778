using Analys.Domain;
using Analys.Measure.Spatial;

namespace Analys.Measure.Segregation.Spatial;

/// <summary>Segregation among environments of several widths, and the macro/micro ratio.</summary>
/// <remarks>
/// By default biweight kernels of 500 m to 4 km, as in Reardon et al.; the shape is that of the option kernel, where k nearest people may stand
/// instead of widths. Swedish: <i>segregation efter skala</i>.
/// </remarks>
public static class MultiscalarProfile
{
    private static readonly MeasureOption Widths = new("widths", "500m,1km,2km,4km", "Multiscalar profile: widths of the kernel with their unit, with commas between");

    /// <summary>The measure.</summary>
    public static ProfileMeasure Measure { get; } = new(
        new Definition(
            "multiscalar-profile", "Segregation by scale", "Segregation efter skala", "H̃, D̃, R̃ and isolation by the kernel's width; macro/micro = largest over smallest",
            Units.Index, ValueRange.Any, "Reardon et al. 2008, Demography 45(3)"),
        "width")
    {
        NeedsGeography = true,
        Options = [SpatialOptions.Kernel, Widths, SpatialOptions.SelfDistance],
        Configure = (arguments, counts) =>
        {
            var call = new SpatialCall("multiscalar-profile", arguments, counts);
            var shape = SpatialCall.Read(call.Given(SpatialOptions.Kernel.Name), Kernel.Parse)?.Shape;
            if (shape is null or KernelShape.NearestPeople) shape = KernelShape.Biweight;
            Length[] widths = [.. (call.Given(Widths.Name) ?? Widths.Default!).Split(',')
                .Select(text => SpatialCall.Read<Length?>(text, part => Length.Parse(part))!.Value).Distinct().OrderBy(width => width.Metres)];
            var kernels = widths.Select(width => new Kernel(shape.Value, width)).ToArray();
            var ready = Measure! with { Scales = [.. widths.Select(width => width.ToString())] };
            var around = kernels.Select(kernel => call.Surroundings(kernel, SelfDistance.Zero)).ToArray();
            var parameters = call.Parameters.SetItem(SpatialOptions.Kernel.Name, kernels[0].ToString().Split(':')[0]);
            return around[0].Surroundings is null
                ? ready with { Lack = around[0].Lack, Parameters = parameters }
                : ready with
                {
                    Around = (rows, groups) => Array.ConvertAll(around, scale => scale.Surroundings!.Sums(rows, groups)),
                    Parameters = parameters,
                };
        },
    };
}
