using System.Reflection;

namespace Analys.Tests;

/// <summary>Load → Measure → Disclosure → Present over Domain: read from the compiled assembly, in signatures and bodies alike.</summary>
public class StageTests
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
    public void Every_type_stands_in_a_stage()
    {
        var stray = typeof(Result).Assembly.GetExportedTypes().Where(type => Stage(type.Namespace) is null).Select(type => type.FullName);
        Assert.Empty(stray);
    }

    [Fact]
    public void The_test_sees_arrows()
    {
        // If the metadata were read wrongly, the first test could not fail.
        var uses = Uses(typeof(Result).Assembly).Select(use => (use.From, use.To)).ToHashSet();
        Assert.Contains(("Present", "Disclosure"), uses);
        Assert.Contains(("Measure", "Load"), uses);
    }

    private static string? Stage(string? ns) =>
        ns?.Split('.') is ["Analys", var stage, ..] && Allowed.ContainsKey(stage) ? stage : null;

    private static IEnumerable<(string From, string To, string Type, string Target)> Uses(Assembly assembly)
    {
        var resolver = assembly.ManifestModule;
        foreach (var type in assembly.GetTypes())
        {
            if (Stage(type.Namespace) is not { } from) continue;
            foreach (var target in Signatures(type).Concat(Bodies(type, resolver)))
            {
                if (target.Assembly == assembly && Stage(target.Namespace) is { } to)
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
