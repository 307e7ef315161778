using Analys.Load.Schema;

namespace Analys.Tests.Load.Formats;

/// <summary>The page of roles and keys has every one of them.</summary>
public sealed class RolesPageTests
{
    private static readonly string Page = File.ReadAllText(Repository.At("lib", "Analys", "Load", "Schema", "README.md"));

    [Fact]
    public void Every_role_stands_on_the_page() =>
        Assert.All(Enum.GetNames<Role>().Where(name => name != nameof(Role.None)),
            name => Assert.Contains($"`{char.ToLowerInvariant(name[0])}{name[1..]}`", Page, StringComparison.Ordinal));

    [Fact]
    public void Every_key_stands_on_the_page() =>
        Assert.All(FieldReader.AnalysKeys.Concat(TableSchemaReader.AnalysKeys).Concat(TableSchemaReader.DialectKeys),
            key => Assert.Contains($"`{key}`", Page, StringComparison.Ordinal));

    [Theory]
    [InlineData("""{"fields":[{"name":"a","analys":{"rol":"area"}}]}""")]
    [InlineData("""{"fields":[{"name":"a"}],"analys":{"confidential":true}}""")]
    [InlineData("""{"fields":[{"name":"a"}],"analys":{"dialect":{"header":1}}}""")]
    public void A_key_that_is_not_known_is_said(string schema) =>
        Assert.Contains("unknown key", Assert.Throws<SchemaException>(() => TableSchema.Parse(schema, "s")).Message,
            StringComparison.Ordinal);
}
