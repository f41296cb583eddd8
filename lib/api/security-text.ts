/** How long what the file says is vouched for. RFC 9116, 2.5.5: less than a year, so that nobody trusts a stale one. */
const vouchedForDays = 180;
const millisecondsOfDay = 86_400_000;

/** What an installation's security.txt says. */
export interface SecurityText {
  /** Where to report a vulnerability: a `mailto:`, `https:` or `tel:` address. */
  contact: string;
  /** The portal's own address, without a slash at its end. */
  webUrl: string;
  now: Date;
}

/**
 * The text of `/.well-known/security.txt` (RFC 9116). Contact is the installation's, not the product's; Expires is
 * half a year after `now`, because the installation that answers is the one that vouches for it.
 */
export function securityText({ contact, webUrl, now }: SecurityText): string {
  const expires = new Date(now.getTime() + vouchedForDays * millisecondsOfDay);
  return [
    `Contact: ${contact}`,
    `Expires: ${expires.toISOString()}`,
    "Preferred-Languages: en",
    `Canonical: ${webUrl}/.well-known/security.txt`,
    `Policy: ${webUrl}/security-policy.txt`,
    "",
  ].join("\n");
}

/** The answer of `/.well-known/security.txt`; 404 with the reason where the installation names no contact. */
export function answerSecurityText({ contact, ...rest }: Omit<SecurityText, "contact"> & { contact: string | null }) {
  const headers = { "content-type": "text/plain; charset=utf-8" };
  if (contact === null)
    return new Response("Whoever runs this installation has named no contact (TRUSTDESK_SECURITY_CONTACT).\n", {
      status: 404,
      headers,
    });
  return new Response(securityText({ contact, ...rest }), { headers });
}
