using ChatOps.Core.Settings;
using NodaTime;

namespace ChatOps.Core.Oncall;

/// <summary>The settings <c>Handover</c>. Both count from when the handover was said; zero: never.</summary>
/// <param name="RemindAfter">How long the new holder may take to say that they are ready before they are reminded.</param>
/// <param name="TellAdminsAfter">And before the admins are told.</param>
public sealed record HandoverSettings(Duration RemindAfter, Duration TellAdminsAfter)
{
    public static HandoverSettings Read(SettingsReader handover)
    {
        handover.Knows("RemindAfter", "TellAdminsAfter");
        return new(handover.Span("RemindAfter", Duration.FromHours(1)), handover.Span("TellAdminsAfter", Duration.FromHours(4)));
    }
}
