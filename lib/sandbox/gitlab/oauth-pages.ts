import { html } from "hono/html";
import type { Person } from "../company/people";
import { application } from "../company/people";
import type { Html } from "./page";
import { page } from "./page";

const scopeMeaning: Record<string, string> = {
  read_user: "Read your profile",
  read_api: "Read all groups and projects that you can read",
  api: "Read and write everything that you can",
};

/** The consent page, with a choice of people in place of a login. Each button posts the same request back. */
export function consentPage(
  request: Record<string, string>,
  scopes: readonly string[],
  people: readonly Person[],
): Html {
  return page(
    `Authorize ${application.name}`,
    html`<h1>${application.name} is requesting access to your account on GitLab</h1>
      <p class="quiet">It will be able to:</p>
      <ul>
        ${scopes.map((scope) => html`<li>${scopeMeaning[scope] ?? scope} <code>${scope}</code></li>`)}
      </ul>
      <form method="post" action="/oauth/authorize">
        ${Object.entries(request).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
        <h2>Authorize as</h2>
        ${people.map((one) => html`<button class="person" name="username" value="${one.username}"><span>${one.name} <code>@${one.username}</code></span><span class="quiet">${one.role}</span></button>`)}
        <p><button name="deny" value="1">Deny</button></p>
      </form>`,
    { narrow: true },
  );
}

/** An authorization request so wrong that GitLab does not send the browser back. */
export function oauthErrorPage(title: string, text: string): Html {
  return page(title, html`<h1>${title}</h1><p>${text}</p>`, { narrow: true });
}
