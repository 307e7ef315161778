using Analys.Database.Pushed;
using Analys.Database.Sql;

namespace Analys.Database.Tests.Examples;

/// <summary>A register that stays in its file or database: the same figures, without its rows.</summary>
public sealed class RegisterExamples : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("analys").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_figures_of_a_register_are_those_of_its_rows_in_memory()
    {
        var inMemory = SyntheticData.Register(folder, persons: 2000, seed: 1);
        var file = Path.Combine(folder, "syntetisk-register-2017.csv");
        using var register = RegisterSource.Open(file, schema: inMemory.Schema);
        string[] rate = ["at-risk-of-poverty-rate"];
        Assert.Equal(inMemory.Poverty(measures: rate, by: []).Select(row => row.Value.Number),
            register.Poverty(rate, new StudyChoices { By = [] }).Select(row => row.Value.Number));
    }

    [Fact]
    public void What_needs_the_rows_or_cannot_be_opened_is_refused()
    {
        var rows = SyntheticData.Register(folder, persons: 1000, seed: 1);
        using var register = RegisterSource.Open(Path.Combine(folder, "syntetisk-register-2017.csv"), schema: rows.Schema);
        Assert.Throws<NotPushedException>(() => register.Inequality(["amato"]));
        Assert.Throws<SourceException>(() => RegisterSource.Open($"sqlite:{Path.Combine(folder, "none.db")}", "people"));
    }
}
