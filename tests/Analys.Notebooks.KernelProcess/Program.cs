using Analys.Notebooks.Jupyter;

await JupyterKernel.RunAsync(args[0]);
return 0;
