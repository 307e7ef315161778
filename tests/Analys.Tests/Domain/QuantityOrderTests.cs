namespace Analys.Tests.Domain;

public class QuantityOrderTests
{
    [Fact]
    public void Values_compare_and_sort_like_numbers_and_what_is_not_known_is_neither_above_nor_below()
    {
        Quantity[] values = [Quantity.Known(2), Quantity.Suppressed("threshold"), Quantity.Rounded(3, "step"), Quantity.Known(-1),
            Quantity.Undefined("nobody")];
        Assert.Equal([3, 2, -1], values.OrderByDescending(value => value).Where(value => value.HasNumber).Select(value => value.Number));
        Assert.False(values.OrderByDescending(value => value).Last().HasNumber);
        Assert.True(values[0] > 1.5 && values[0] >= 2 && values[3] < 0 && values[0] < values[2] && values[2] >= values[0]);
        Assert.False(values[1] > 0 || values[1] <= 0 || values[1] > values[0] || values[1] < values[0]);
        Assert.Equal(["2", "suppressed: threshold", "3", "-1", "undefined: nobody"], values.Select(value => value.ToString()));
        var result = new Result { Measure = new Definition("m", "m", "m", "m", Units.Share, ValueRange.Unit, "m"), Value = values[0] };
        Assert.True(result > 1 && !(result > 2) && result >= 2 && result <= 2 && !(result < 2));
    }
}
