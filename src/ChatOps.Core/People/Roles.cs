namespace ChatOps.Core.People;

/// <summary>
/// Who has which role, from <c>Roles:Admins</c> and <c>Roles:Responders</c>: names of people, as their ids are made from them, which a platform takes for
/// somebody where they alone are called so; e-mail addresses, which count where a platform vouches for them; and a platform's groups (@oncall) and member ids (U0123ABCD). An admin may
/// do what a responder may, so where only responders are named they are the admins
/// too: were everybody one, the list would keep nobody out. Where only admins are named everybody is a responder. Where neither is, everybody is a responder, and
/// an admin as well if <paramref name="openAdmins"/> says so (the local chat alone). Somebody of another company has no role in any case.
/// </summary>
public sealed class Roles(IReadOnlyList<string>? admins, IReadOnlyList<string>? responders, bool openAdmins)
{
    private readonly IReadOnlyList<string>? _admins = admins ?? responders;
    private IReadOnlyList<IGroups> _groups = [];

    /// <summary>The ids of those whom the settings name as admins by their names; empty while nobody is.</summary>
    public IReadOnlyList<string> NamedAdmins { get; } = [.. (admins ?? responders ?? []).Where(IsName).Select(PeopleDirectory.IdOf).Distinct()];

    /// <summary>The same roles, with the platforms' groups.</summary>
    public Roles With(IEnumerable<IGroups> groups) => new(admins, responders, openAdmins) { _groups = [.. groups] };

    /// <summary>Whether the settings name them: what is one person's own is not everybody's where all are admins because nobody is named.</summary>
    public ValueTask<bool> IsNamedAdmin(Person person, CancellationToken cancel) => Names(_admins ?? [], person, cancel);

    public async ValueTask<bool> Has(Person person, Role role, CancellationToken cancel) => role switch
    {
        Role.Everyone => true,
        _ when person.IsOutside => false,
        Role.Responder => responders is null || await Names(responders, person, cancel) || await Has(person, Role.Admin, cancel),
        _ => _admins is null ? openAdmins : await Names(_admins, person, cancel),
    };

    /// <summary>
    /// Why nobody may write to people outside yet, or null. While responders are everybody that is everybody in a chat: only where the local page is the only way in it is one's own machine.
    /// </summary>
    public string? OutsideRefusal => responders is null && !openAdmins ? "Nobody may write to people outside yet: name those who may in the setting Roles:Responders." : null;

    /// <summary>What somebody without the role is told.</summary>
    public string Refusal(Role role, Person person)
    {
        if (person.IsOutside)
        {
            return "You are of another workspace, and people from there may look, but do nothing here: ask somebody of this one. An admin of this workspace can invite you to it as a guest; guests may.";
        }

        var list = (role == Role.Admin ? _admins : responders) ?? [];
        return role == Role.Admin && _admins is null
            ? "That is for admins, and nobody is one yet: name them in the setting Roles:Admins."
            : $"That is for {(role == Role.Admin ? "admins" : "responders")} only: {string.Join(", ", list)}.{(!person.HasOnlyAName && list.Any(entry => IsNamed(entry, person)) ? " A name counts only for a full member who alone is called so: if you are meant, have the setting name you by your member ID, e-mail address or user group." : "")}";
    }

    /// <summary>Who has which role, in a sentence: "Admins: corey. Responders: everybody."</summary>
    public string Sentence => $"Admins: {Listed(_admins, openAdmins)}. Responders: {Listed(responders is null ? null : [.. (admins ?? []).Union(responders)], open: true)}.";

    /// <summary>What the settings name in vain, or not surely.</summary>
    /// <param name="hasSlack">Whether Slack is on.</param>
    public IEnumerable<string> CarefulWords(bool hasSlack)
    {
        var inVain = (admins ?? []).Union(responders ?? []).Where(entry => IsName(entry) == hasSlack).ToList();
        if (inVain.Count > 0)
        {
            yield return $"Roles:Admins or Roles:Responders name {string.Join(", ", inVain)}: " + (hasSlack
                ? "in Slack that is whoever is the only full member called so, and nobody where two are. Surer is the member ID (U0123ABCD; \"Copy member ID\" in their profile), the e-mail address or a user group (@oncall)."
                : "that counts only in Slack, which is not on. Write people's names as they are on the local page.");
        }
    }

    private async ValueTask<bool> Names(IReadOnlyList<string> list, Person person, CancellationToken cancel)
    {
        if (person.IsOutside)
        {
            return false;
        }

        if (list.Any(entry => (person.HasOnlyAName && IsNamed(entry, person)) || IsAddress(entry, person)))
        {
            return true;
        }

        foreach (var entry in list.Where(entry => !IsEmail(entry)))
        {
            foreach (var groups in _groups)
            {
                if (await groups.Includes(entry, person, cancel))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static string Listed(IReadOnlyList<string>? list, bool open) => list switch
    {
        null => open ? "everybody" : "nobody yet (Roles:Admins names them)",
        [] => "nobody",
        _ => string.Join(", ", list),
    };

    private static bool IsNamed(string entry, Person person) => IsName(entry) && PeopleDirectory.IdOf(entry) == person.Id;

    // What people say of themselves (their e-mail) must not make them admins: only what a platform has checked.
    private static bool IsAddress(string entry, Person person) => IsEmail(entry) && string.Equals(entry, person.VerifiedEmail, StringComparison.OrdinalIgnoreCase);

    private static bool IsName(string entry) => !entry.Contains('@', StringComparison.Ordinal) && !IsPlatformId(entry);

    private static bool IsEmail(string entry) => entry.IndexOf('@') > 0;

    /// <summary>Whether it is an id that Slack gives, of a member or a group: U0123ABCD, S0123ABCD.</summary>
    private static bool IsPlatformId(string entry) =>
        entry is { Length: >= 8 } and ['S' or 'U' or 'W', ..] && entry.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c)) && entry.Any(char.IsAsciiDigit);
}
