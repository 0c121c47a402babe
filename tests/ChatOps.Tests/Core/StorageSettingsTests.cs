using ChatOps.Core.Settings;
using ChatOps.Jobs;
using ChatOps.Storage;
using Microsoft.Extensions.Configuration;

namespace ChatOps.Tests.Core;

public sealed class StorageSettingsTests
{
    [Fact]
    public void Without_settings_it_is_a_file_that_is_backed_up_beside_itself()
    {
        var file = Assert.IsType<StorageSettings.LiteDb>(Read(null, null).Settings);

        Assert.Equal("/root-of-all/data/chatops.db", file.File);
        Assert.Equal("0 0 3 * * ?, UTC, into /root-of-all/data/backups; the newest 7 are kept", file.BackupWords);
    }

    [Fact]
    public void A_database_is_said_without_its_password()
    {
        var (settings, faults) = Read("postgres", "Host=db;Port=5433;Database=oncall;Username=bot;Password=hush");

        Assert.Empty(faults);
        Assert.Equal("PostgreSQL at db:5433, database oncall, user bot", settings.Words);
        Assert.DoesNotContain("hush", settings.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Postgers", null, "Storage:Provider: \"Postgers\" is not available in this version; did you mean Postgres?")]
    [InlineData("LiteBD", null, "Storage:Provider: \"LiteBD\" is not available in this version; did you mean LiteDb?")]
    [InlineData("Oracle", null, "Storage:Provider: \"Oracle\" is not available in this version; there are LiteDb and Postgres.")]
    [InlineData("Postgres", null, "Storage:ConnectionString: it is missing; write Host=")]
    [InlineData("Postgres", "Filename=data/chatops.db", "Storage:ConnectionString: it is not a connection string of Npgsql: ")]
    [InlineData("Postgres", "Host=db;Port=many;Database=x;Password=hush", "Storage:ConnectionString: it is not a connection string of Npgsql: ")]
    [InlineData("Postgres", "Host=db;Database=x;Password=hu;sh=x", "Storage:ConnectionString: it is not a connection string of Npgsql: ")]
    [InlineData("Postgres", "Database=chatops", "Storage:ConnectionString: Host is missing; write Host=")]
    [InlineData("Postgres", "Host=db", "Storage:ConnectionString: Database is missing; write Host=")]
    [InlineData("Postgres", "Host=db;Database=x;Multiplexing=true", "Storage:ConnectionString: Multiplexing=true would share")]
    public void Faults_are_said_in_words(string provider, string? connection, string fault)
    {
        var said = Assert.Single(Read(provider, connection).Faults);
        Assert.StartsWith(fault, said, StringComparison.Ordinal);
        Assert.DoesNotContain("sh=x", said, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", said, StringComparison.Ordinal);
    }

    private static (StorageSettings Settings, IReadOnlyList<string> Faults) Read(string? provider, string? connection)
    {
        var reader = new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection([new("Storage:Provider", provider), new("Storage:ConnectionString", connection)]).Build());
        return (StorageSettings.Read(reader.Section("Storage"), QuartzCron.Read, "/root-of-all"), reader.Faults);
    }
}
