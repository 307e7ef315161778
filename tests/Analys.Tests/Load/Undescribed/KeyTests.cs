namespace Analys.Tests.Load.Undescribed;

/// <summary>Constraints over rows, and those that are not checked.</summary>
public class KeyTests
{
    [Fact]
    public void Unique_keys_are_enforced_and_pass_over_missing_values()
    {
        var schema =
            TestFile.Schema(
                """{"fields":[{"name":"a"},{"name":"b","type":"integer"},{"name":"c","type":"integer"}],"uniqueKeys":[["a","b"],["c"]]}""");
        using var file = new TestFile("t.csv", "a,b,c\nx,1,1\nx,2,2\nx,1,3\ny,,3\ny,,\n");
        Assert.Equal([("unique-error", 4L, "a, b"), ("unique-error", 5L, "c")],
            Extract.TryLoad(file.Path, schema).Findings.Select(finding => (finding.Code, finding.Row!.Value, finding.Column!)));
    }

    [Fact]
    public void A_constraint_that_is_not_checked_is_said()
    {
        var schema = TestFile.Schema("""{"fields":[{"name":"a","type":"object","constraints":{"jsonSchema":{"type":"object"}}}]}""");
        using var file = new TestFile("t.csv", "a\n\"{\"\"x\"\": 1}\"\n");
        var notice = Assert.Single(Extract.Load(file.Path, schema).Notices);
        Assert.Equal(("unchecked-constraint", "a"), (notice.Code, notice.Column));
    }
}
