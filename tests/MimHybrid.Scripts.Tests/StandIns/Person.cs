using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace MimHybrid.Scripts.Tests.StandIns;

/// <summary>The person before the console: answers questions of yes and no, and reads everything that is written.</summary>
internal sealed class Person : PSHost
{
    private readonly Screen screen = new();

    /// <summary>The answer to every question: the number of the choice, 0 for yes.</summary>
    public int Answer { set => screen.Answer = value; }

    /// <summary>Before the console of this server.</summary>
    public void Sits(WindowsWorld world) => screen.World = world;

    public IReadOnlyList<string> Questions => screen.Questions;

    public IReadOnlyList<string> Read => screen.Lines;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "Test";

    public override Version Version { get; } = new(1, 0);

    public override CultureInfo CurrentCulture => screen.World?.Culture ?? CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override PSHostUserInterface UI => screen;

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode)
    {
    }

    private sealed class Screen : PSHostUserInterface
    {
        public WindowsWorld? World { get; set; }

        public int Answer { get; set; }

        public List<string> Questions { get; } = [];

        public List<string> Lines { get; } = [];

        public override PSHostRawUserInterface? RawUI => null;

        public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
        {
            Questions.Add($"{caption}: {message}");
            // With "yes to all" among the choices, yes is still the first and no the one that says so.
            return Answer == 0 ? 0 : choices.ToList().FindIndex(choice => choice.Label.Contains("No", StringComparison.Ordinal));
        }

        public override void Write(string value) => Lines.Add(value);

        public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Lines.Add(value);

        public override void WriteLine(string value) => Lines.Add(value);

        public override void WriteErrorLine(string value) => Lines.Add(value);

        public override void WriteDebugLine(string message) => Lines.Add(message);

        public override void WriteVerboseLine(string message) => Lines.Add(message);

        public override void WriteWarningLine(string message) => Lines.Add(message);

        public override void WriteProgress(long sourceId, ProgressRecord record)
        {
        }

        public override string ReadLine() => throw new NotSupportedException();

        public override SecureString ReadLineAsSecureString() => throw new NotSupportedException();

        public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
            descriptions.ToDictionary(field => field.Name, _ => PSObject.AsPSObject(World!.Answers.TryDequeue(out var answer) ? answer : ""));

        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName)
        {
            World!.PasswordsAsked++;
            return new PSCredential(userName, WindowsWorld.Secure());
        }

        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) =>
            PromptForCredential(caption, message, userName, targetName);
    }
}
