using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>Answers <c>POST /v1.0/invitations</c>.</summary>
internal sealed class InvitationsEndpoint(TenantDirectory directory, TenantAddress address)
{
    public async Task HandleAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context);
        var mail = RequestBody.Text(body, "invitedUserEmailAddress") ?? "";
        if (mail.IndexOf('@', StringComparison.Ordinal) is <= 0)
        {
            await SandboxGraphError.InvalidValue("invitedUserEmailAddress", "invitation").WriteAsync(context);
            return;
        }

        if (RequestBody.Text(body, "inviteRedirectUrl") is not { Length: > 0 } redirect)
        {
            await SandboxGraphError.BadRequest("Property inviteRedirectUrl in payload is required.").WriteAsync(context);
            return;
        }

        var guest = directory.Invite(RequestBody.Text(body, "invitedUserDisplayName") ?? mail, mail);
        await GraphJson.WriteAsync(context, StatusCodes.Status201Created, json => Write(json, guest, redirect));
    }

    private void Write(Utf8JsonWriter json, TenantUser guest, string redirect)
    {
        json.WriteStartObject();
        json.WriteString("@odata.context", $"{address.GraphBaseUrl}/$metadata#invitations/$entity");
        json.WriteString("id", Guid.NewGuid());
        json.WriteString("inviteRedeemUrl", $"{address.AuthorityHost}redeem?user={guest.Id}");
        json.WriteString("invitedUserDisplayName", guest.DisplayName);
        json.WriteString("invitedUserType", guest.UserType);
        json.WriteString("invitedUserEmailAddress", guest.Mail);
        json.WriteBoolean("sendInvitationMessage", false);
        json.WriteString("inviteRedirectUrl", redirect);
        json.WriteString("status", guest[UserProperties.ExternalUserState]);
        json.WriteStartObject("invitedUser");
        json.WriteString("id", guest.Id);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
