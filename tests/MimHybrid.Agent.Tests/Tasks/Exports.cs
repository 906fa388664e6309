namespace MimHybrid.Agent.Tests.Tasks;

/// <summary>Tasks in the form in which Task Scheduler gives them back: other order, defaults left out, accounts as security ids.</summary>
internal static class Exports
{
    public const string Sid = "S-1-5-21-1004336348-1177238915-682003330-1105";

    /// <summary>Ours, as a Windows Server 2019 or later shows it: an empty line first, version 1.4, the account as a security id, Repetition before StartBoundary.</summary>
    public const string Ours =
        $"""

        <?xml version="1.0" encoding="UTF-16"?>
        <Task version="1.4" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
          <RegistrationInfo>
            <Date>2026-11-24T09:12:31.1234567</Date>
            <Author>CONTOSO\ada</Author>
            <URI>\MIM Hybrid Agent</URI>
          </RegistrationInfo>
          <Principals>
            <Principal id="Author">
              <UserId>{Sid}</UserId>
              <LogonType>Password</LogonType>
            </Principal>
          </Principals>
          <Settings>
            <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
            <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
            <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
            <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
            <Priority>5</Priority>
            <RestartOnFailure>
              <Count>3</Count>
              <Interval>PT1M</Interval>
            </RestartOnFailure>
            <StartWhenAvailable>true</StartWhenAvailable>
            <IdleSettings>
              <StopOnIdleEnd>false</StopOnIdleEnd>
              <RestartOnIdle>false</RestartOnIdle>
            </IdleSettings>
            <UseUnifiedSchedulingEngine>true</UseUnifiedSchedulingEngine>
          </Settings>
          <Triggers>
            <BootTrigger id="AtStartup">
              <Delay>PT900S</Delay>
            </BootTrigger>
            <TimeTrigger id="Watchdog">
              <Repetition>
                <Interval>PT5M</Interval>
              </Repetition>
              <StartBoundary>2020-01-01T00:00:00</StartBoundary>
            </TimeTrigger>
          </Triggers>
          <Actions Context="Author">
            <Exec>
              <Command>"%ProgramFiles%\MimHybrid\mimhybrid.exe"</Command>
              <Arguments>run</Arguments>
              <WorkingDirectory>%ProgramFiles%\MimHybrid\</WorkingDirectory>
            </Exec>
          </Actions>
        </Task>
        """;

    /// <summary>The task of the old page, as its steps make it: all that it does not mention has the default of Task Scheduler.</summary>
    public const string OldLoop =
        """
        <?xml version="1.0" encoding="UTF-16"?>
        <Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
          <RegistrationInfo>
            <Date>2020-04-15T10:00:00</Date>
            <Author>SERVER\Administrator</Author>
          </RegistrationInfo>
          <Triggers>
            <BootTrigger>
              <Enabled>true</Enabled>
              <Delay>PT15M</Delay>
            </BootTrigger>
          </Triggers>
          <Principals>
            <Principal id="Author">
              <UserId>SERVER\MIMSyncUser</UserId>
              <LogonType>Password</LogonType>
              <RunLevel>LeastPrivilege</RunLevel>
            </Principal>
          </Principals>
          <Settings>
            <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
            <DisallowStartIfOnBatteries>true</DisallowStartIfOnBatteries>
            <StopIfGoingOnBatteries>true</StopIfGoingOnBatteries>
            <AllowHardTerminate>true</AllowHardTerminate>
            <StartWhenAvailable>false</StartWhenAvailable>
            <RunOnlyIfNetworkAvailable>false</RunOnlyIfNetworkAvailable>
            <IdleSettings>
              <StopOnIdleEnd>true</StopOnIdleEnd>
              <RestartOnIdle>false</RestartOnIdle>
            </IdleSettings>
            <AllowStartOnDemand>true</AllowStartOnDemand>
            <Enabled>true</Enabled>
            <Hidden>false</Hidden>
            <RunOnlyIfIdle>false</RunOnlyIfIdle>
            <WakeToRun>false</WakeToRun>
            <ExecutionTimeLimit>P3D</ExecutionTimeLimit>
            <Priority>7</Priority>
          </Settings>
          <Actions Context="Author">
            <Exec>
              <Command>PowerShell.exe</Command>
              <Arguments>-ExecutionPolicy Bypass c:\scripts\runMIMSync.ps1</Arguments>
            </Exec>
          </Actions>
        </Task>
        """;

    /// <summary>As somebody edited it by hand.</summary>
    public static string Edited(string before, string after)
    {
        Assert.Contains(before, Ours, StringComparison.Ordinal);
        return Ours.Replace(before, after, StringComparison.Ordinal);
    }

    public static string? NameOf(string sid) => sid == Sid ? @"SERVER\MIMSyncUser" : null;
}
