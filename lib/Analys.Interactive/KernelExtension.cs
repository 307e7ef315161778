using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Directives;

namespace Analys.Interactive;

/// <summary>
/// What <c>#r "nuget: Analys.Interactive"</c> brings to a notebook of .NET Interactive: formatters, <c>#!sql</c> over the variables of C#
/// cells, and <c>#!analys-release</c>.
/// </summary>
public static class KernelExtension
{
    private const string Sql = "sql";

    /// <summary>Adds all of it. The package's script calls this when it is loaded; a second call changes nothing.</summary>
    /// <param name="root">The kernel that the others hang under.</param>
    public static void Load(Kernel root)
    {
        ArgumentNullException.ThrowIfNull(root);
        ValueFormatters.Register();
        if (root is not CompositeKernel composite || composite.ChildKernels.OfType<CSharpKernel>().FirstOrDefault() is not { } csharp)
            return;
        if (composite.ChildKernels.Any(kernel => kernel.Name == Sql)) return;
        composite.Add(new SqlKernel(Sql, csharp));
        csharp.AddDirective<ReleaseCommand>(Release, (command, context) => ReleaseAsync(command, csharp, context));
    }

    private static KernelActionDirective Release => new("#!analys-release")
    {
        Description = "Releases the results in a variable under a policy, and shows what is released.",
        KernelCommandType = typeof(ReleaseCommand),
        Parameters =
        {
            new KernelDirectiveParameter("--results", "The variable with the results.") { AllowImplicitName = true, Required = true },
            new KernelDirectiveParameter("--policy", "The policy; stockholm if it is left out.").AddCompletions(() => Policy.Shipped),
            new KernelDirectiveParameter("--name", "A variable to keep what is released in."),
        },
    };

    private static async Task ReleaseAsync(ReleaseCommand command, CSharpKernel csharp, KernelInvocationContext context)
    {
        if (!csharp.TryGetValue<object>(command.Results, out var value) || value is not Results results)
        {
            context.Fail(command, message: $"{command.Results} is no variable with results.");
            return;
        }
        try
        {
            var released = results.Release(Policy.Load(command.Policy));
            if (command.Name is { Length: > 0 } name) await csharp.SetValueAsync(name, released, released.GetType()).ConfigureAwait(false);
            context.Display(released);
        }
        catch (Exception refused) when (refused is ReleaseRefusedException or PolicyException)
        {
            context.Fail(command, message: refused.Message);
        }
    }

    /// <summary><c>#!analys-release</c> with its options.</summary>
    internal sealed class ReleaseCommand : KernelDirectiveCommand
    {
        /// <summary>The variable with the results.</summary>
        public string Results { get; set; } = "";

        /// <summary>The policy's name, or its file.</summary>
        public string Policy { get; set; } = "stockholm";

        /// <summary>The variable to keep what is released in.</summary>
        public string? Name { get; set; }
    }
}
