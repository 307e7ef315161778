using Analys.Measure;

namespace Analys.Tests.Measure;

public sealed class CatalogueTypesTests
{
    [Theory]
    [InlineData("Analys.Measure")]
    [InlineData("Analys.Measure.Segregation")]
    [InlineData("Analys.Measure.Income.Poverty")]
    public void The_assembly_s_own_table_names_the_types_that_the_run_time_knows(string place)
    {
        var known = typeof(CatalogueTypes).Assembly.GetTypes().Where(type => !type.IsNested
            && (type.Namespace == place || type.Namespace?.StartsWith(place + ".", StringComparison.Ordinal) == true)
            && type.GetProperties(System.Reflection.BindingFlags.DeclaredOnly | System.Reflection.BindingFlags.Public
                | System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static
                | System.Reflection.BindingFlags.Instance).Length > 0).ToList();
        Assert.NotEmpty(known);
        Assert.Equal(known, CatalogueTypes.Below(place));
    }
}
