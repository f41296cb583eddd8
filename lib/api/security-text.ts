/** How long what the file says is vouched for. RFC 9116, 2.5.5: less than a year, so that nobody trusts a stale one. */
const vouchedForDays = 180;
const millisecondsOfDay = 86_400_000;

/** What an installation's security.txt is made from. */
export interface SecurityTextSource {
  /** Where to report a vulnerability: a `mailto:`, `https:` or `tel:` address; null: the installation names none. */
  contact: string | null;
  /** The portal's own address, without a slash at its end. */
  webUrl: string;
  now: Date;
}

/**
 * The answer of `/.well-known/security.txt` (RFC 9116); 404 with the reason where no contact is named. The contact is
 * the installation's, not the product's, and Expires counts from `now`: the installation that answers vouches for it.
 */
export function answerSecurityText({ contact, webUrl, now }: SecurityTextSource): Response {
  const headers = { "content-type": "text/plain; charset=utf-8" };
  if (contact === null) {
    const reason = "Whoever runs this installation has named no contact (TRUSTDESK_SECURITY_CONTACT).\n";
    return new Response(reason, { status: 404, headers });
  }
  const expires = new Date(now.getTime() + vouchedForDays * millisecondsOfDay);
  const lines = [
    `Contact: ${contact}`,
    `Expires: ${expires.toISOString()}`,
    "Preferred-Languages: en",
    `Canonical: ${webUrl}/.well-known/security.txt`,
    `Policy: ${webUrl}/security-policy.txt`,
  ];
  return new Response(`${lines.join("\n")}\n`, { headers });
}
