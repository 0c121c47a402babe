namespace ChatOps.Core.People;

/// <summary>
/// Who has which role, from <c>Roles:Admins</c> and <c>Roles:Responders</c>: names of people, as their ids are made from them; e-mail addresses, which count where
/// a platform vouches for them; and groups of a platform (@oncall). An admin may do what a responder may, so where only responders are named they are the admins
/// too: were everybody one, the list would keep nobody out. Where only admins are named everybody is a responder. Where neither is, everybody is a responder, and
/// an admin as well if <paramref name="openAdmins"/> says so (the local chat alone).
/// </summary>
public sealed class Roles(IReadOnlyList<string>? admins, IReadOnlyList<string>? responders, bool openAdmins)
{
    private readonly IReadOnlyList<string>? _admins = admins ?? responders;
    private IReadOnlyList<IGroups> _groups = [];

    /// <summary>The ids of those whom the settings name as admins; empty while nobody is.</summary>
    public IReadOnlyList<string> NamedAdmins { get; } = [.. (admins ?? responders ?? []).Where(entry => !IsEmail(entry)).Select(IdOf).Distinct()];

    /// <summary>The same roles, with the platforms' groups.</summary>
    public Roles With(IEnumerable<IGroups> groups) => new(admins, responders, openAdmins) { _groups = [.. groups] };

    /// <summary>Whether the settings name them: what is one person's own is not everybody's where all are admins because nobody is named.</summary>
    public ValueTask<bool> IsNamedAdmin(Person person, CancellationToken cancel) => Names(_admins ?? [], person, cancel);

    public async ValueTask<bool> Has(Person person, Role role, CancellationToken cancel) => role switch
    {
        Role.Everyone => true,
        Role.Responder => responders is null || await Names(responders, person, cancel) || await Has(person, Role.Admin, cancel),
        _ => _admins is null ? openAdmins : await Names(_admins, person, cancel),
    };

    /// <summary>
    /// Why nobody may write to people outside yet, or null. While responders are everybody that is everybody in a chat: only where the local page is the only way in it is one's own machine.
    /// </summary>
    public string? OutsideRefusal => responders is null && !openAdmins ? "Nobody may write to people outside yet: name those who may in the setting Roles:Responders." : null;

    /// <summary>What somebody without the role is told.</summary>
    public string Refusal(Role role) => role == Role.Admin && _admins is null
        ? "That is for admins, and nobody is one yet: name them in the setting Roles:Admins."
        : $"That is for {(role == Role.Admin ? "admins" : "responders")} only: {string.Join(", ", (role == Role.Admin ? _admins : responders) ?? [])}.";

    /// <summary>Who has which role, in a sentence: "Admins: corey. Responders: everybody."</summary>
    public string Sentence => $"Admins: {Listed(_admins, openAdmins)}. Responders: {Listed(responders is null ? null : [.. (admins ?? []).Union(responders)], open: true)}.";

    private async ValueTask<bool> Names(IReadOnlyList<string> list, Person person, CancellationToken cancel)
    {
        if (list.Any(entry => IsPerson(entry, person)))
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

    // What people say of themselves (their e-mail) must not make them admins: only what a platform has checked.
    private static bool IsPerson(string entry, Person person) =>
        IsEmail(entry) ? string.Equals(entry, person.VerifiedEmail, StringComparison.OrdinalIgnoreCase) : IdOf(entry) == person.Id;

    private static bool IsEmail(string entry) => entry.IndexOf('@') > 0;

    private static string IdOf(string entry) => PeopleDirectory.IdOf(entry.TrimStart('@'));
}
