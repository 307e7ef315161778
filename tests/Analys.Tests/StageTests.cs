using System.Reflection;
using System.Text.RegularExpressions;

namespace Analys.Tests;

/// <summary>Load → Measure → Disclosure → Present over Domain: read from the compiled assembly, in signatures and bodies alike.</summary>
public partial class StageTests
{
    // A stage and the stages that it may use. Measure and Present do not know each other; they meet at Domain's result.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Domain"] = ["Domain"],
        ["Load"] = ["Domain", "Load"],
        ["Measure"] = ["Domain", "Load", "Measure"],
        ["Disclosure"] = ["Domain", "Load", "Disclosure"],
        ["Present"] = ["Domain", "Disclosure", "Present"],
    };

    [Fact]
    public void No_stage_uses_a_later_one()
    {
        var wrong = Uses(typeof(Result).Assembly)
            .Where(use => !Allowed[use.From].Contains(use.To))
            .Select(use => $"{use.Type} uses {use.Target}")
            .Distinct().Order().ToList();
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    [Fact]
    public void Every_type_stands_in_one_stage()
    {
        var stray = typeof(Result).Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith("Analys", StringComparison.Ordinal) == true && StageOf(type) is null)
            .Select(type => type.FullName);
        Assert.Empty(stray);
        Assert.Empty(Facade.Where(type => type.Count() > 1).Select(type => $"{type.Key} stands in {string.Join(" and ", type)}"));
    }

    [Fact]
    public void No_stage_names_a_type_of_a_later_one_by_a_string()
    {
        var assembly = typeof(Result).Assembly;
        var wrong =
            from type in assembly.GetTypes()
            let stage = StageOf(type)
            where stage is not null
            from attribute in type.GetCustomAttributesData()
            from argument in attribute.ConstructorArguments
            where argument.Value is string
            let named = assembly.GetType((string)argument.Value!)
            where named is not null && !Allowed[stage].Contains(StageOf(named))
            select $"{type.FullName} names {named.FullName}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void The_test_sees_arrows()
    {
        // If the metadata were read wrongly, the first test could not fail.
        var uses = Uses(typeof(Result).Assembly).Select(use => (use.From, use.To)).ToHashSet();
        Assert.Contains(("Present", "Disclosure"), uses);
        Assert.Contains(("Measure", "Load"), uses);
    }

    // The types of the façade are declared in namespace Analys wherever their file stands: the folder of the file is their stage.
    private static readonly ILookup<string, string> Facade =
    (
        from file in Directory.EnumerateFiles(Repository.At("lib", "Analys"), "*.cs", SearchOption.AllDirectories)
        let text = File.ReadAllText(file)
        where FacadeNamespace().IsMatch(text)
        let stage = Path.GetRelativePath(Repository.At("lib", "Analys"), file).Split(Path.DirectorySeparatorChar)[0]
        from Match declared in Declaration().Matches(text)
        select (Name: declared.Groups["name"].Value, Stage: stage)
    ).Distinct().ToLookup(type => type.Name, type => type.Stage);

    private static string? StageOf(Type type)
    {
        while (type.DeclaringType is { } outer) type = outer;
        return type.Namespace?.Split('.') switch
        {
            ["Analys"] => Facade[type.Name.Split('`')[0]].FirstOrDefault(),
            ["Analys", var stage, ..] when Allowed.ContainsKey(stage) => stage,
            _ => null,
        };
    }

    [GeneratedRegex(@"^namespace Analys;", RegexOptions.Multiline)]
    private static partial Regex FacadeNamespace();

    [GeneratedRegex(@"^(public|internal) [a-z ]*?(class|record struct|record|struct|interface|enum|delegate \S+) (?<name>\w+)",
        RegexOptions.Multiline)]
    private static partial Regex Declaration();

    private static IEnumerable<(string From, string To, string Type, string Target)> Uses(Assembly assembly)
    {
        var resolver = assembly.ManifestModule;
        foreach (var type in assembly.GetTypes())
        {
            if (StageOf(type) is not { } from) continue;
            foreach (var target in Signatures(type).Concat(Bodies(type, resolver)))
            {
                if (target.Assembly == assembly && StageOf(target) is { } to)
                    yield return (from, to, type.FullName!, target.FullName!);
            }
        }
    }

    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static IEnumerable<Type> Signatures(Type type)
    {
        var types = new List<Type?> { type.BaseType };
        types.AddRange(type.GetInterfaces());
        foreach (var field in type.GetFields(All)) types.Add(field.FieldType);
        foreach (var method in type.GetMethods(All))
        {
            types.Add(method.ReturnType);
            types.AddRange(method.GetParameters().Select(parameter => parameter.ParameterType));
        }

        return types.OfType<Type>().SelectMany(Parts);
    }

    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType) return Parts(type.GetElementType()!);
        return type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition()) : [type];
    }

    // Every four bytes of a body that resolve to a type or member are taken as a use: too many rather than too few.
    private static IEnumerable<Type> Bodies(Type type, Module module)
    {
        foreach (var method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
        {
            if (method.GetMethodBody()?.GetILAsByteArray() is not { } il) continue;
            Type[] typeArguments = type.IsGenericType ? type.GetGenericArguments() : [];
            Type[] methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : [];
            for (var i = 0; i + 4 < il.Length; i++)
            {
                // call, callvirt, newobj, ldsfld, stsfld, ldtoken, castclass, isinst, newarr, ldftn
                if (!(il[i] is 0x28 or 0x6F or 0x73 or 0x7E or 0x80 or 0xD0 or 0x74 or 0x75 or 0x8D
                    || (il[i] == 0x06 && i > 0 && il[i - 1] == 0xFE))) continue;
                if (Resolve(module, BitConverter.ToInt32(il, i + 1), typeArguments, methodArguments) is { } target) yield return target;
            }
        }
    }

    private static Type? Resolve(Module module, int token, Type[] typeArguments, Type[] methodArguments)
    {
        if ((token >> 24) is not (0x01 or 0x02 or 0x04 or 0x06 or 0x0A or 0x1B or 0x2B)) return null;
        try
        {
            var member = module.ResolveMember(token, typeArguments, methodArguments);
            return member as Type ?? member?.DeclaringType;
        }
        catch (Exception e) when (e is ArgumentException or BadImageFormatException)
        {
            return null;
        }
    }
}
