using ChatOps.Core.People;
using NodaTime;

namespace ChatOps.Tests.Scenarios;

/// <summary>Signing up and asking, as volunteers do it.</summary>
public sealed class OncallScenarios
{
    [Fact]
    public async Task The_first_volunteer_is_on_call_at_once_and_the_channel_hears_of_it()
    {
        await using var world = await World.Begin();
        Assert.Equal("Nobody is on call for core. /oncall join signs you up.", await world.Says("igor", "/oncall who"));
        Assert.StartsWith("You are in core. You are on call now, until Mon 30 Nov 09:00 UTC", await world.Says("igor", "/oncall join"));
        Assert.Equal("igor joined core. On call: igor, until Mon 30 Nov 09:00 UTC.", await world.Hears());
        Assert.StartsWith("You are in core already", await world.Says("Igor", "oncall join"));
    }

    [Fact]
    public async Task Who_and_next_answer_for_any_time_in_the_speakers_zone()
    {
        await using var world = await World.Begin();
        await world.Says("igor", "/oncall join");
        await world.Says("ana", "/oncall join core");
        Assert.Equal("igor is on call for core, until Mon 30 Nov 09:00 UTC.\nNext: ana, from Mon 30 Nov 09:00 UTC.", await world.Says("jakub", "/oncall who"));
        Assert.Equal("ana will be on call for core on Mon 30 Nov 10:00 UTC, until Mon 7 Dec 09:00 UTC.\nNext: igor, from Mon 7 Dec 09:00 UTC.", await world.Says("jakub", "/oncall who --at \"next monday 10:00\""));
        Assert.Equal(
            "igor will be on call for core on Mon 30 Nov 08:30 UTC (Mon 30 Nov 09:30 CET for you), until Mon 30 Nov 09:00 UTC (Mon 30 Nov 10:00 CET for you).\nNext: ana, from Mon 30 Nov 09:00 UTC (Mon 30 Nov 10:00 CET for you).",
            await world.Says("jakub", "@bot oncall who —at next monday 9:30", "Europe/Berlin"));
        Assert.Equal("Next on call for core: ana, from Mon 30 Nov 09:00 UTC until Mon 7 Dec 09:00 UTC.", await world.Says("jakub", "/oncall next"));
        await world.Hears();
        await world.Hears();
    }

    [Fact]
    public async Task Leaving_keeps_the_week_that_has_begun()
    {
        await using var world = await World.Begin();
        await world.Says("igor", "/oncall join");
        await world.Says("ana", "/oncall join");
        Assert.StartsWith("You are out of core. You stay on call until Mon 30 Nov 09:00 UTC.", await world.Says("igor", "/oncall leave"));
        Assert.StartsWith("igor is on call", await world.Says("ana", "/oncall who"));
        await world.Pass(Duration.FromDays(7));
        Assert.StartsWith("ana is on call", await world.Says("ana", "/oncall who"));
        Assert.StartsWith("You are not in core", await world.Says("jakub", "/oncall leave"));
        for (var i = 0; i < 3; i++)
        {
            await world.Hears();
        }

        Assert.StartsWith("Handover of core\n@igor hands over to @ana", await world.Hears());
        Assert.StartsWith("@ana, you have core for 1 h", await world.Hears());
    }

    [Fact]
    public async Task A_handoff_keeps_its_local_time_over_the_change_of_clocks()
    {
        await using var world = await World.Begin("--Rotations:0:Name=core", "--Rotations:0:TimeZone=Europe/Berlin", "--Rotations:0:Handoff=Monday 09:00");
        await world.Says("igor", "/oncall join");
        await world.Says("ana", "/oncall join");
        Assert.Contains("until Mon 5 Apr 2027 09:00 CEST", await world.Says("igor", "/oncall who --at 2027-03-30 12:00"));
        Assert.Contains("from Mon 30 Nov 09:00 CET", await world.Says("igor", "/oncall next"));
        await world.Hears();
        await world.Hears();
    }

    [Fact]
    public async Task An_admin_sets_the_handoff_and_nobody_else()
    {
        await using var world = await World.Begin("--Roles:Admins=corey");
        await world.Says("igor", "/oncall join");
        Assert.Equal("That is for admins only: corey.", await world.Says("igor", "/oncall rotation handoff core tuesday 10:00"));
        Assert.Contains("Tuesday", await world.Says("corey", "/oncall rotation handoff core tuesday 10:00 --zone Europe/Berlin"));
        Assert.Contains("\"noon ish\" is not a day and a time", await world.Says("corey", "/oncall rotation handoff core noon ish"));
        Assert.Contains("Did you mean Europe/Berlin?", await world.Says("corey", "/oncall rotation handoff core monday 09:00 --zone berlin"));
        await world.Hears();
        Assert.StartsWith("corey set the handoff of core to Tuesday 10:00 Europe/Berlin.", await world.Hears());
    }

    [Fact]
    public async Task Where_only_responders_are_named_nobody_else_is_one_and_they_are_the_admins()
    {
        await using var world = await World.Begin("--Roles:Responders=igor");
        Assert.Equal("That is for responders only: igor.", await world.Says("ana", "/incident start Login is slow"));
        Assert.Equal("That is for admins only: igor.", await world.Says("ana", "/oncall rotation handoff core tuesday 10:00"));
        Assert.Contains("Tuesday", await world.Says("igor", "/oncall rotation handoff core tuesday 10:00"));
        await world.HearsAll();
    }

    [Fact]
    public async Task Where_only_admins_are_named_everybody_is_a_responder()
    {
        await using var world = await World.Begin("--Roles:Admins=corey");
        Assert.StartsWith("I-1", await world.Says("ana", "/incident start Login is slow"));
        await world.HearsAll();
    }

    [Theory]
    [InlineData(null, null, true, "Admins: everybody. Responders: everybody.")]
    [InlineData(null, null, false, "Admins: nobody yet (Roles:Admins names them). Responders: everybody.")]
    [InlineData(null, "bo", true, "Admins: bo. Responders: bo.")]
    [InlineData("ada", null, true, "Admins: ada. Responders: everybody.")]
    [InlineData("ada", "bo", false, "Admins: ada. Responders: ada, bo.")]
    public void Who_has_which_role_is_said_in_a_sentence(string? admin, string? responder, bool openAdmins, string says) =>
        Assert.Equal(says, new Roles(admin is null ? null : [admin], responder is null ? null : [responder], openAdmins).Sentence);

    [Theory]
    [InlineData(true, "corey", "@sre", "U0123ABCD", "ana@example.org")]
    [InlineData(false, "@sre, U0123ABCD, ana@example.org", "corey")]
    public void What_the_roles_name_in_vain_is_said(bool hasSlack, string inVain, params string[] others)
    {
        var roles = new Roles([.. inVain.Split(", "), .. others], others, openAdmins: false);
        Assert.StartsWith($"Roles:Admins or Roles:Responders name {inVain}: ", Assert.Single(roles.CarefulWords(hasSlack)), StringComparison.Ordinal);
        Assert.Empty(new Roles(others, null, openAdmins: false).CarefulWords(hasSlack));
    }

    [Fact]
    public async Task Twenty_who_join_at_once_are_all_in_line_once()
    {
        await using var world = await World.Begin();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => world.Says($"p{i:D2}", "/oncall join")));
        var card = await world.Says("p00", "/oncall rotation");
        var people = card.Split('\n').Single(line => line.StartsWith("People: ", StringComparison.Ordinal))["People: ".Length..].Split(", ");
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"p{i:D2}"), people.Order(StringComparer.Ordinal));
        for (var i = 0; i < 20; i++)
        {
            Assert.Contains("joined core.", await world.Hears());
        }
    }

    [Fact]
    public async Task My_zone_is_remembered_and_a_stale_form_is_told_what_changed()
    {
        await using var world = await World.Begin();
        var opened = await world.Post("/local/command", new { user = "ana", channel = "on-call", text = "/oncall me" });
        var form = opened.GetProperty("form").GetProperty("formId").GetString();
        var wrong = await world.Post("/local/form", new { user = "ana", formId = form, values = new { zone = "Atlantis", email = "" } });
        Assert.StartsWith("I do not know the time zone \"Atlantis\".", wrong.GetProperty("errors").GetProperty("zone").GetString());
        Assert.Equal("Noted, ana: time zone America/New_York, e-mail not set.", await world.Says("ana", "/oncall me --zone america/new_york"));
        var stale = await world.Post("/local/form", new { user = "ana", formId = form, values = new { zone = "UTC", email = "" } });
        Assert.StartsWith("This changed while the form was open: your zone is now America/New_York", stale.GetProperty("replies")[0].GetProperty("text").GetString());
        await world.Says("igor", "/oncall join");
        Assert.Contains("(Mon 30 Nov 04:00 EST for you)", await world.Says("ana", "/oncall who", "Europe/Berlin"));
        await world.Hears();
    }
}
