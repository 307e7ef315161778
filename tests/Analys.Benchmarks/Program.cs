using BenchmarkDotNet.Running;

if (args is ["report"]) Analys.Benchmarks.ReportBenchmarks.Run(Console.Out);
else if (args is ["notebook"]) Analys.Benchmarks.NotebookBenchmarks.Run(Console.Out);
else if (args is ["spatial"]) Analys.Benchmarks.SpatialBenchmarks.Run(Console.Out);
else if (args is ["fuzz", ..])
    return Analys.Benchmarks.ReaderFuzz.Run(Console.Out, args.Length > 1
        ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 100_000) == 0 ? 0 : 1;
else if (args is ["database", ..])
    Analys.Benchmarks.DatabaseBenchmarks.Run(Console.Out, args.Length > 1
        ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 5_000_000);
else if (args is ["stream", ..])
    Analys.Benchmarks.StreamBenchmarks.Run(Console.Out, args.Length > 1
        ? double.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 10);
else if (args is ["coverage", "poverty", ..])
    Analys.Benchmarks.Coverage.PovertyCoverage.Run(Console.Out, args.Length > 2
        ? int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture) : 1000, args.Length > 3
        ? int.Parse(args[3], System.Globalization.CultureInfo.InvariantCulture) : 1);
else if (args is ["coverage", ..])
    Analys.Benchmarks.Coverage.SegregationCoverage.Run(Console.Out, args.Length > 1
        ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 300, args.Length > 2
        ? int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture) : 1);
else if (args is ["release"]) Analys.Benchmarks.ReleaseBenchmarks.Run(Console.Out);
else if (args is ["optimal", ..])
    Analys.Benchmarks.ReleaseBenchmarks.RunOptimal(Console.Out, args.Length > 1
        ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 200);
else if (args is ["table", ..]) Analys.Benchmarks.Table.TableBenchmarks.Run(Console.Out, args[1..]);
else BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
