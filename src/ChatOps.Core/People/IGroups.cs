namespace ChatOps.Core.People;

/// <summary>The groups of people that a chat platform keeps, and its own ids and names for people: one of them may have a role, and whoever is in it has it too.</summary>
public interface IGroups
{
    /// <summary>Whether somebody is in a group or has that id, as far as is known. While the platform does not answer it is what it last said, and nobody before that.</summary>
    /// <param name="group">As the settings name it: a handle with its @, the platform's id of a group or a person, or a name. False where it is nobody's.</param>
    /// <param name="person">Who.</param>
    /// <param name="cancel">Gives up waiting.</param>
    ValueTask<bool> Includes(string group, Person person, CancellationToken cancel);
}
