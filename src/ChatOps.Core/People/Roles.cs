namespace ChatOps.Core.People;

/// <summary>
/// Who has which role, from <c>Roles:Admins</c> and <c>Roles:Responders</c>: ids, names or e-mails of people, compared without case.
/// A list that is not set lets everybody in where <paramref name="openAdmins"/> says so (the local chat alone) or where it is the responders'.
/// An admin may do what a responder may.
/// </summary>
public sealed class Roles(IReadOnlyList<string>? admins, IReadOnlyList<string>? responders, bool openAdmins)
{
    public bool Has(Person person, Role role) => role switch
    {
        Role.Everyone => true,
        Role.Responder => responders is null || Names(responders, person) || Has(person, Role.Admin),
        _ => admins is null ? openAdmins : Names(admins, person),
    };

    /// <summary>What somebody without the role is told.</summary>
    public string Refusal(Role role) => role == Role.Admin && admins is null
        ? "That is for admins, and nobody is one yet: name them in the setting Roles:Admins."
        : $"That is for {(role == Role.Admin ? "admins" : "responders")} only: {string.Join(", ", (role == Role.Admin ? admins : responders) ?? [])}.";

    private static bool Names(IReadOnlyList<string> list, Person person) => list.Any(entry =>
        Same(entry, person.Id) || Same(entry, person.Name) || Same(entry, person.Email));

    private static bool Same(string entry, string? value) => string.Equals(entry.TrimStart('@'), value, StringComparison.OrdinalIgnoreCase);
}
