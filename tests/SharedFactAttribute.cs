namespace Analys.Tests;

/// <summary>A test over the reference material beside the repository; skipped, with a word, where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute()
    {
        if (!Directory.Exists(Repository.Shared)) Skip = "The reference material (../shared) is not beside this checkout.";
    }
}

/// <summary>As <see cref="SharedFactAttribute"/>, for theories.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute()
    {
        if (!Directory.Exists(Repository.Shared)) Skip = "The reference material (../shared) is not beside this checkout.";
    }
}
