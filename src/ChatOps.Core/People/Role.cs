namespace ChatOps.Core.People;

/// <summary>What a command or a button asks of whoever uses it.</summary>
public enum Role
{
    Everyone,

    /// <summary>May acknowledge, escalate, resolve and declare (<c>Roles:Responders</c>).</summary>
    Responder,

    /// <summary>May change rotations and settings for others (<c>Roles:Admins</c>).</summary>
    Admin,
}
