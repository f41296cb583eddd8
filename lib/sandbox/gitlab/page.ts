import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

const style = `
:root{color-scheme:light dark;--ink:#1f1e24;--quiet:#626168;--line:#dcdcde;--back:#fbfafd;--pane:#fff;--accent:#1f75cb;--good:#217645;--bad:#c91c00}
@media (prefers-color-scheme:dark){:root{--ink:#ececef;--quiet:#a4a3a8;--line:#434248;--back:#18171d;--pane:#24232a;--accent:#63a6e9;--good:#52b87a;--bad:#fc9097}}
*{box-sizing:border-box}body{margin:0;background:var(--back);color:var(--ink);font:14px/20px system-ui,sans-serif}
header{display:flex;gap:12px;align-items:center;padding:10px 20px;border-bottom:1px solid var(--line);background:var(--pane)}header b{font-weight:600}header span{color:var(--quiet)}header form{margin-left:auto}
main{max-width:860px;margin:28px auto;padding:0 20px}main.narrow{max-width:580px}h1{font-size:20px;line-height:28px;margin:0 0 8px}h2{font-size:15px;margin:28px 0 8px}
p{margin:8px 0}.quiet,td.quiet{color:var(--quiet)}ul{padding-left:20px}a{color:var(--accent)}
button{font:inherit;border:1px solid var(--line);border-radius:6px;background:var(--pane);color:var(--ink);padding:7px 14px;cursor:pointer}button:hover,button:focus-visible{border-color:var(--accent)}
button.person span{flex:none}button.person span+span{flex:0 1 auto;text-align:right}button.person{display:flex;justify-content:space-between;gap:12px;width:100%;text-align:left;margin:6px 0;padding:10px 14px}button.main{background:var(--accent);border-color:var(--accent);color:var(--pane);font-weight:600}
input,select{font:inherit;border:1px solid var(--line);border-radius:6px;background:var(--pane);color:var(--ink);padding:6px 10px;min-width:0}
form.row{display:flex;flex-wrap:wrap;gap:8px;align-items:center;margin:8px 0}table{width:100%;border-collapse:collapse}th,td{text-align:left;padding:7px 8px;border-bottom:1px solid var(--line)}th{font-weight:500;color:var(--quiet)}
.success{color:var(--good);font-weight:600}.failed{color:var(--bad);font-weight:600}pre{background:#111;color:#ddd;border-radius:8px;padding:16px;overflow:auto;font:12.5px/19px ui-monospace,monospace}code{font-family:ui-monospace,monospace;font-size:12.5px}`;

/**
 * A page of the sandbox's GitLab: plain HTML, no script.
 * @param more `narrow` for a single column; `reloadSeconds` makes the browser look again; `aside` stands at the right of the header
 */
export function page(
  title: string,
  body: Html,
  more: { narrow?: boolean; reloadSeconds?: number; aside?: Html } = {},
): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${more.reloadSeconds ? html`<meta http-equiv="refresh" content="${more.reloadSeconds}" />` : ""}
        <title>${title} · GitLab (sandbox)</title>
        <style>
          ${raw(style)}
        </style>
      </head>
      <body>
        <header><b>GitLab</b><span>sandbox</span>${more.aside ?? ""}</header>
        <main class="${more.narrow ? "narrow" : ""}">${body}</main>
      </body>
    </html>`;
}
