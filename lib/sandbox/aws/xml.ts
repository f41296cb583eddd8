/** A value of an answer: arrays become `<member>` lists, undefined is left out. */
export type XmlValue = string | number | boolean | undefined | RawXml | XmlValue[] | XmlFields;
export interface XmlFields {
  [name: string]: XmlValue;
}

/** XML that stands as it is, for shapes that are no `<member>` lists. */
export class RawXml {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Writes `{ Name: value }` as elements, as AWS's Query protocol does. */
export function xml(fields: XmlFields): string {
  return Object.entries(fields)
    .map(([name, value]) => element(name, value))
    .join("");
}

/** One element; nothing for undefined. */
export function element(name: string, value: XmlValue): string {
  if (value === undefined) return "";
  if (value instanceof RawXml) return `<${name}>${value.text}</${name}>`;
  if (Array.isArray(value)) return `<${name}>${value.map((item) => element("member", item)).join("")}</${name}>`;
  return `<${name}>${typeof value === "object" ? xml(value) : escapeXml(String(value))}</${name}>`;
}

/** The Query protocol's map: `<entry><key/><value/></entry>` for each. */
export function xmlMap(values: Record<string, number>): RawXml {
  return new RawXml(
    Object.entries(values)
      .map(([key, value]) => element("entry", { key, value }))
      .join(""),
  );
}

/** Policy documents come back percent-encoded (RFC 3986). */
export function encodedDocument(text: string): string {
  return percentEncoded(text);
}

/** RFC 3986: everything but unreserved characters. */
export function percentEncoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function escapeXml(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
