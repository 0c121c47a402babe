using System.Text.RegularExpressions;
using ChatOps.Tests.Scenarios;

namespace ChatOps.Tests.House;

/// <summary>What Dockerfile, compose.yaml and the systemd unit have to agree about.</summary>
public sealed class DeploymentRules
{
    [Fact]
    public void The_image_has_the_versions_the_user_and_the_volume_that_the_program_needs()
    {
        var framework = Regex.Match(Checkout.Read("Directory.Build.props"), "<TargetFramework>net(.*)</TargetFramework>").Groups[1].Value;
        Assert.Equal([$"mcr.microsoft.com/dotnet/sdk:{framework} AS build", $"mcr.microsoft.com/dotnet/aspnet:{framework}"], ImageFile.Ours.Froms);
        Assert.Matches("^[1-9][0-9]+$", ImageFile.Ours.User);
        Assert.Equal($"Filename={ImageFile.Ours.Volume}/chatops.db", ImageFile.Ours.Environment["Storage__ConnectionString"]);
        Assert.Equal("UTC", ImageFile.Ours.Environment["TZ"]);
        Assert.Equal([.. ImageFile.Ours.Entrypoint, "health"], ImageFile.Ours.HealthCommand);
    }

    [Fact]
    public void What_the_image_copies_is_let_through_and_is_there()
    {
        var let = Checkout.Read(".dockerignore").Split('\n').Where(line => line.StartsWith('!')).Select(line => line[1..]).ToList();
        var names = ImageFile.Ours.Copies.SelectMany(copy => copy.Sources).Select(name => name.TrimEnd('/')).ToList();
        Assert.All(names, name => Assert.True(Path.Exists(Path.Combine(Checkout.Root, name)), name));
        Assert.Equal(let.Order(StringComparer.Ordinal), names.Select(name => name.Split('/')[0]).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Compose_starts_both_read_only_on_the_loopback_of_the_host_and_with_one_secret()
    {
        var compose = ComposeFile.Ours;
        Assert.Equal(["bot", "alertmanager"], compose.Services);
        Assert.All(compose.Services, name =>
        {
            var service = compose.Service(name);
            Assert.Contains("\n    read_only: true\n    tmpfs:\n      - /tmp\n    volumes:\n", service);
            Assert.Contains("\n    network_mode: host\n", service);
            Assert.Contains("\n    healthcheck:\n      test: [\"CMD\", ", service);
            Assert.Contains("\n    cap_drop: [ALL]\n", service);
            Assert.DoesNotContain("ports:", service); // everybody would come from the bridge's address
            Assert.Contains(": ${CHATOPS_SECRET:?", service);
        });
        Assert.DoesNotContain('\t', Checkout.Read("compose.yaml"));
        Assert.Contains($"      - bot:{ImageFile.Ours.Volume}\n", compose.Service("bot"));
        Assert.Contains("      Urls: http://127.0.0.1:5080\n", compose.Service("bot"));
        Assert.Equal(["CMD", .. ImageFile.Ours.HealthCommand], compose.List("bot", "test"));
        Assert.Contains("--web.listen-address=127.0.0.1:9093", compose.List("alertmanager", "command"));
        Assert.Contains("url: http://127.0.0.1:5080/hooks/alertmanager", Checkout.Read("deploy/alertmanager.yml"));
    }

    [Fact]
    public void The_systemd_unit_writes_to_its_state_directory_only()
    {
        var unit = Checkout.Read("deploy/chatops.service").Split('\n');
        string[] needed = ["DynamicUser=yes", "ProtectSystem=strict", "StateDirectory=chatops", "Environment=Storage__ConnectionString=Filename=/var/lib/chatops/chatops.db", "RestartPreventExitStatus=2"];
        Assert.All(needed, line => Assert.Contains(line, unit));
        Assert.DoesNotContain("MemoryDenyWriteExecute=yes", unit);
    }
}
