using Analys.Measure.Inference;

namespace Analys.Tests.Measure.Inference;

public class WilsonTests
{
    // R: prop.test(x, n, correct = FALSE)$conf.int; also Newcombe 1998, Statistics in Medicine 17, table I (method 3).
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Agrees_with_Newcombe(double successes, double n, double lower, double upper)
    {
        var interval = Wilson.Interval(successes, n);
        Assert.Equal(lower, interval.Lower, 4);
        Assert.Equal(upper, interval.Upper, 4);
    }
}
