using Xunit.v3;

// These tests wait for other processes more than they work: two a processor.
[assembly: Parallelization(MaxThreads = 4)]
