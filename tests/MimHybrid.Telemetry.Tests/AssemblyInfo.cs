using Xunit.Sdk;
using Xunit.v3;

// Meters and sources of spans belong to the process: one test at a time hears only itself.
[assembly: Parallelization(Mode = ParallelMode.None)]
