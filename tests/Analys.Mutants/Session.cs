using System.Globalization;
using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Analys.Mutants;

/// <summary>Runs tests of one assembly in this process, one after the other: a process of its own for each mutant, so that what one of them
/// breaks (state, endless loops) does not meet the next.</summary>
internal sealed class Session : IMessageSink, IDisposable
{
    private readonly List<ITestCase> cases = [];
    private readonly ManualResetEventSlim done = new();
    private readonly Action<ITestCase> started;
    private readonly Action<ITestCase, decimal> finished;
    private readonly Action<ITestCase> failed;

    private Session(Action<ITestCase> started, Action<ITestCase, decimal> finished, Action<ITestCase> failed) =>
        (this.started, this.finished, this.failed) = (started, finished, failed);

    /// <summary>A test as it is named in lists: its class and method, all its data together.</summary>
    public static string Name(ITestCase test) => $"{test.TestMethod.TestClass.Class.Name}.{test.TestMethod.Method.Name}";

    /// <summary>Runs each test and writes which switches it came by: a line of "name, milliseconds, numbers".</summary>
    /// <param name="assembly">The assembly with the tests.</param>
    /// <param name="output">The file for the lines.</param>
    /// <returns>The number of tests that failed although no mutant is active; those are left out of the lines.</returns>
    public static int Cover(string assembly, string output)
    {
        var switches = Assembly.Load("Analys").GetType("Analys.Mutated", throwOnError: true)!;
        var hits = (bool[])switches.GetField("Hits")!.GetValue(null)!;
        using var lines = new StreamWriter(output);
        var wrong = new HashSet<string>(StringComparer.Ordinal);
        Run(assembly, _ => true, _ => Array.Clear(hits), (test, seconds) =>
        {
            if (wrong.Contains(Name(test))) return;
            var seen = Enumerable.Range(0, hits.Length).Where(i => hits[i]);
            lines.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Name(test)}\t{seconds * 1000:0}\t{string.Join(' ', seen)}"));
        }, test =>
        {
            Console.Error.WriteLine($"fails without a mutant: {Name(test)}");
            wrong.Add(Name(test));
        });
        return wrong.Count;
    }

    /// <summary>Runs some tests until one fails, and ends the process there.</summary>
    /// <param name="assembly">The assembly with the tests.</param>
    /// <param name="list">A file with their names.</param>
    /// <returns>0: all passed, the mutant lives.</returns>
    public static int Kill(string assembly, string list)
    {
        var wanted = File.ReadAllLines(list).ToHashSet(StringComparer.Ordinal);
        Run(assembly, wanted.Contains, _ => { }, (_, _) => { }, test =>
        {
            Console.WriteLine(Name(test));
            Environment.Exit(1);
        });
        return 0;
    }

    private static void Run(string assembly, Func<string, bool> wanted, Action<ITestCase> started, Action<ITestCase, decimal> finished,
        Action<ITestCase> failed)
    {
        var code = Assembly.LoadFrom(assembly);
        using var session = new Session(started, finished, failed);
        using var framework = new XunitTestFramework(session);
        using var discoverer = framework.GetDiscoverer(Reflector.Wrap(code));
        discoverer.Find(false, session, new Options());
        session.done.Wait();
        session.done.Reset();
        using var executor = framework.GetExecutor(code.GetName());
        executor.RunTests(session.cases.Where(test => wanted(Name(test))), session, new Options());
        session.done.Wait();
    }

    public void Dispose() => done.Dispose();

    bool IMessageSink.OnMessage(IMessageSinkMessage message)
    {
        switch (message)
        {
            case ITestCaseDiscoveryMessage found:
                cases.Add(found.TestCase);
                break;
            case ITestCaseStarting start:
                started(start.TestCase);
                break;
            case ITestCaseFinished end:
                finished(end.TestCase, end.ExecutionTime);
                break;
            case ITestFailed fail:
                failed(fail.TestCase);
                break;
            case IDiscoveryCompleteMessage or ITestAssemblyFinished:
                done.Set();
                break;
        }

        return true;
    }

    // One test after the other: what is hit belongs to the test that runs.
    private sealed class Options : ITestFrameworkDiscoveryOptions, ITestFrameworkExecutionOptions
    {
        private readonly Dictionary<string, object> values = new(StringComparer.Ordinal)
        {
            ["xunit.execution.DisableParallelization"] = true,
            // Said while the test stands still: told later, what it hit would be taken for another's.
            ["xunit.execution.SynchronousMessageReporting"] = true,
            ["xunit.discovery.PreEnumerateTheories"] = false,
        };

        public TValue GetValue<TValue>(string name) => values.TryGetValue(name, out var value) ? (TValue)value : default!;

        public void SetValue<TValue>(string name, TValue value) => values[name] = value!;
    }
}
