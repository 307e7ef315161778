using BenchmarkDotNet.Running;

if (args is ["spatial"]) Analys.Benchmarks.SpatialBenchmarks.Run(Console.Out);
else BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
