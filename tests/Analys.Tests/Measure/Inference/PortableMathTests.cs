using System.Runtime.Intrinsics;
using Analys.Measure.Inference;

namespace Analys.Tests.Measure.Inference;

/// <summary>The functions whose bits are the same everywhere agree with the run-time's to the last place but one, vector with scalar
/// exactly.</summary>
public class PortableMathTests
{
    [Fact]
    public void Exponentials_of_a_row_have_the_bits_of_single_ones()
    {
        // Seven: a vector and a rest; below −708 both are 0.
        double[] x = [0, -0.3, 12.75, -700, -709, -1e308, double.NegativeInfinity];
        var together = x.ToArray();
        PortableMath.Exp(together.AsSpan());
        Assert.Equal(x.Select(PortableMath.Exp), together);
    }

    [Fact]
    public void Logarithm_and_exponential_have_all_their_digits()
    {
        var random = new RandomStream(1, 2);
        for (var i = 0; i < 20_000; i++)
        {
            double x = Math.Exp(80 * (random.NextDouble() - 0.5)), y = 1400 * (random.NextDouble() - 0.5), near = 1
                + (1e-3 * (random.NextDouble() - 0.5));
            Close(Math.Log(x), PortableMath.Log(x));
            Close(Math.Log(near), PortableMath.Log(near));
            Close(Math.Exp(y), PortableMath.Exp(y));
            Assert.Equal(Math.Tanh(y / 100), PortableMath.Tanh(y / 100), 1e-15);
            Assert.Equal(1, PortableMath.Pow(x, 0.3) / Math.Pow(x, 0.3), 1e-14);
            var small = 1e-9 * (random.NextDouble() + 0.1);
            Assert.Equal(1, PortableMath.Log1p(small) / (small - (small * small / 2) + (small * small * small / 3)), 1e-15);
        }
    }

    [Fact]
    public void A_vector_has_the_bits_of_its_lanes()
    {
        var random = new RandomStream(1, 3);
        for (var i = 0; i < 5_000; i++)
        {
            var x = Vector256.Create(random.NextDouble(), 1e6 * random.NextDouble(), 1e-9 * random.NextDouble(), 1
                + (1e-6 * random.NextDouble()));
            var y = Vector256.Create(-random.NextDouble(), -700 * random.NextDouble(), 30 * random.NextDouble(),
                -900 * random.NextDouble());
            var (logs, powers) = (PortableMath.Log(x), PortableMath.Exp(y));
            for (var lane = 0; lane < 4; lane++)
            {
                Assert.Equal(BitConverter.DoubleToInt64Bits(PortableMath.Log(x[lane])), BitConverter.DoubleToInt64Bits(logs[lane]));
                Assert.Equal(BitConverter.DoubleToInt64Bits(PortableMath.Exp(y[lane])), BitConverter.DoubleToInt64Bits(powers[lane]));
            }
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-1000, 0)]
    [InlineData(double.NegativeInfinity, 0)]
    public void Ends_of_the_exponential(double x, double value) => Assert.Equal(value, PortableMath.Exp(x));

    private static void Close(double expected, double actual) => Assert.InRange(Math.Abs(expected - actual), 0,
        2 * (Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected)));
}
