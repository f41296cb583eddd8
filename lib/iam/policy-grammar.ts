/** Where a document departs from the grammar. */
interface Departure {
  /** Names and indexes from the top of the document. */
  path: readonly (string | number)[];
  /** Elements that IAM does not know; empty when what is at the path is missing or of another shape. */
  unknown: readonly string[];
}

type Shape = (value: unknown, path: Departure["path"]) => Departure[];

const wrong = (path: Departure["path"]): Departure[] => [{ path, unknown: [] }];

const isText = (value: unknown): boolean => typeof value === "string";
const isScalar = (value: unknown): boolean => ["string", "boolean", "number"].includes(typeof value);

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const is =
  (fits: (value: unknown) => boolean): Shape =>
  (value, path) =>
    fits(value) ? [] : wrong(path);

/** One, or a list of them. */
const oneOrMore =
  (fits: (value: unknown) => boolean): Shape =>
  (value, path) =>
    Array.isArray(value)
      ? value.flatMap((one: unknown, index) => is(fits)(one, [...path, index]))
      : is(fits)(value, path);

const eachOf =
  (shape: Shape): Shape =>
  (value, path) =>
    isObject(value) ? Object.entries(value).flatMap(([name, one]) => shape(one, [...path, name])) : wrong(path);

const elements =
  (known: Record<string, { shape: Shape; required?: true }>): Shape =>
  (value, path) => {
    if (!isObject(value)) return wrong(path);
    const departures = Object.entries(known).flatMap(([name, { shape, required }]) =>
      value[name] === undefined && !required ? [] : shape(value[name], [...path, name]),
    );
    const unknown = Object.keys(value).filter((name) => !Object.hasOwn(known, name));
    return unknown.length === 0 ? departures : [...departures, { path, unknown }];
  };

const texts = { shape: oneOrMore(isText) };
const principal: { shape: Shape } = {
  shape: (value, path) => (value === "*" ? [] : eachOf(oneOrMore(isText))(value, path)),
};

const statement = elements({
  Sid: { shape: is(isText) },
  Effect: { shape: is((value) => value === "Allow" || value === "Deny"), required: true },
  Principal: principal,
  NotPrincipal: principal,
  Action: texts,
  NotAction: texts,
  Resource: texts,
  NotResource: texts,
  Condition: { shape: eachOf(eachOf(oneOrMore(isScalar))) },
});

/** Of several the first that got furthest into the document. */
function deepest(departures: Departure[]): Departure[] {
  return departures.toSorted((a, b) => b.path.length - a.path.length).slice(0, 1);
}

const document = elements({
  Version: { shape: is((value) => value === "2012-10-17" || value === "2008-10-17") },
  Id: { shape: is(isText) },
  Statement: {
    shape: (value, path) => {
      if (!Array.isArray(value)) return deepest(statement(value, path));
      if (value.length === 0) return wrong(path);
      return deepest(value.flatMap((one: unknown, index) => statement(one, [...path, index])));
    },
    required: true,
  },
});

/**
 * Why a JSON value is not a policy by IAM's grammar (IAM user guide, "Grammar of the IAM JSON policy language"), as a
 * sentence that names the place; null when it is one. Written by hand, since the form asks it with every key typed and
 * a library of validators would weigh more than the form. `path`: names and indexes from the top of the document.
 */
export function departureFromGrammar(value: unknown): { reason: string; path: Departure["path"] } | null {
  const [first] = document(value, []);
  if (!first) return null;
  const { path, unknown } = first;
  const [name] = unknown;
  if (name === undefined) return { reason: `${placeOf(path)} is missing or not what IAM expects there.`, path };
  const names = unknown.map((one) => `"${one}"`).join(", ");
  return { reason: `${placeOf(path)} holds ${names}, which IAM does not know.`, path: [...path, name] };
}

function placeOf(path: Departure["path"]): string {
  if (path.length === 0) return "The document";
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${part}`))
    .join("")
    .slice(1);
}
