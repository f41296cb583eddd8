/** Cookies ignore ports, so every name of ours carries our prefix. */
export const cookiePrefix = "trustdesk.";
export const sessionCookie = `${cookiePrefix}session`;
/** Where a sign-in leads to, kept by next-auth while GitLab has the browser. */
export const callbackUrlCookie = `${cookiePrefix}callback-url`;

/** The proxy tells a page its own path and query in it, so that sign-in leads back there. */
export const pathHeader = "x-trustdesk-path";
