/** What a function in the database writes, by its qualified name; null: it only reads. */
export type DatabaseFunctions = Readonly<Record<string, string | null>>;

const comments = /--[^\n]*|\/\*[\s\S]*?\*\//g;
const texts = /'(?:[^']|'')*'/g;
const tokens = /"[^"]+"|[a-z_][\w$]*|\S/gi;
const definitions = new Set(["CREATE", "ALTER", "DROP", "GRANT", "REVOKE", "COMMENT"]);
/** What stands before UPDATE where it is no statement: DO UPDATE, FOR UPDATE, FOR NO KEY UPDATE. */
const noStatement = new Set(["DO", "FOR", "KEY", "ON"]);

/**
 * The tables that an SQL text writes, schema-qualified where they are not in `public`, each once. Stands for the rest:
 * "?" a table whose name the text does not tell, "(schema)" a definition or a grant. A qualified function that
 * `functions` does not list is answered as "name()", so that nobody forgets to say what it writes.
 */
export function tablesWritten(sql: string, functions: DatabaseFunctions): string[] {
  const words = sql.replace(comments, " ").replace(texts, " '' ").match(tokens) ?? [];
  const written = new Set<string>();
  for (let index = 0; index < words.length; index += 1) {
    const target = targetAt(words, index);
    if (target !== null) {
      const named = nameAt(words, target);
      written.add(named.name);
      index = named.end - 1;
    } else if (index === 0 && definitions.has(upper(words, 0))) written.add("(schema)");
    else for (const table of calledAt(words, index, functions)) written.add(table);
  }
  return [...written];
}

/** Where the table's name begins, if a statement that writes begins at `index`. */
function targetAt(words: string[], index: number): number | null {
  const [word, next] = [upper(words, index), upper(words, index + 1)];
  if ((word === "INSERT" || word === "MERGE") && next === "INTO") return index + 2;
  if (word === "DELETE" && next === "FROM") return skipping("ONLY", words, index + 2);
  if (word === "TRUNCATE") return skipping("ONLY", words, skipping("TABLE", words, index + 1));
  if (word === "UPDATE" && !noStatement.has(upper(words, index - 1))) return skipping("ONLY", words, index + 1);
  return word === "COPY" && index === 0 ? index + 1 : null;
}

function skipping(word: string, words: string[], index: number): number {
  return upper(words, index) === word ? index + 1 : index;
}

function upper(words: string[], index: number): string {
  return (words[index] ?? "").toUpperCase();
}

function nameAt(words: string[], start: number): { name: string; end: number } {
  const parts: string[] = [];
  let end = start;
  while (isName(words[end])) {
    parts.push((words[end] ?? "").replaceAll('"', ""));
    end += 1;
    if (words[end] !== ".") break;
    end += 1;
  }
  const name = parts[0] === "public" ? parts.slice(1).join(".") : parts.join(".");
  return { name: name || "?", end: Math.max(end, start + 1) };
}

function calledAt(words: string[], index: number, functions: DatabaseFunctions): string[] {
  if (!isName(words[index]) || words[index + 1] !== "." || words[index - 1] === ".") return [];
  const { name, end } = nameAt(words, index);
  if (words[end] !== "(") return [];
  const table = functions[name];
  if (table === undefined) return [`${name}()`];
  return table === null ? [] : [table];
}

function isName(word: string | undefined): boolean {
  return word !== undefined && /^["a-z_]/i.test(word);
}
