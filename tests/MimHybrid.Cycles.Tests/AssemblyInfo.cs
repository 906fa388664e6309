[assembly: AssemblyFixture(typeof(FoldersInMemory))]
