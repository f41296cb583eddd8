import { readFileSync } from "node:fs";
import { relative } from "node:path";
import ts from "typescript";
import type { DatabaseFunctions } from "./sql-writes";
import { tablesWritten } from "./sql-writes";

/** One place that writes a table, and whether on the transaction that `recordChange` hands out. */
export interface Write {
  /** From the project's root. */
  file: string;
  line: number;
  table: string;
  recorded: boolean;
}

/** What a write stands on: `recordChange`'s transaction, one that its own function was given, or anything else. */
type Ground = "recordChange" | "itself" | ts.SignatureDeclaration;
type Found = Omit<Write, "recorded"> & { ground: Ground };
/** A database that is handed to a function of ours which takes a transaction. */
type Handed = Omit<Write, "recorded" | "table"> & { ground: Ground; to: ts.SignatureDeclaration };

const prismaWrites = new Set(
  ["create", "createMany", "update", "updateMany"].flatMap((verb) => [verb, `${verb}AndReturn`]),
);
for (const verb of ["upsert", "delete", "deleteMany"]) prismaWrites.add(verb);
/** The verbs of a write to a related table inside `data`. */
const nestedWrites = new Set([...prismaWrites, "connect", "connectOrCreate", "disconnect", "set"]);
const sqlTags = new Set(["$queryRaw", "$executeRaw", "sql"]);
const databaseWords = /\b(?:[dD]atabase|databaseAt|Transaction|recordChange|Prisma|pg)\b/;

/** False for a text that can hold no database, so that reading its types would be lost time. */
export function mayHoldDatabase(text: string): boolean {
  return databaseWords.test(text);
}

/**
 * Every write of `files` to the database: Prisma's calls by their types, whatever the variable is called, writes to
 * related tables inside `data`, and SQL in templates and in `pg`'s queries. A write of a function that takes a
 * transaction counts as recorded, unless somebody hands that function another database: that is found too.
 * A client that goes to a library is answered as a write of "(library)", to an unknown callback as "(callback)".
 */
export function databaseWrites(
  program: ts.Program,
  { root, files, functions }: { root: string; files: readonly string[]; functions: DatabaseFunctions },
): Write[] {
  const checker = program.getTypeChecker();
  const found: Found[] = [];
  const handed: Handed[] = [];
  const relations = relationTables(root);
  for (const file of files) {
    const source = program.getSourceFile(file);
    if (!source || !mayHoldDatabase(source.text)) continue;
    const at = (node: ts.Node) => ({
      file: relative(root, file),
      line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1,
    });
    const visit = (node: ts.Node): void => {
      for (const { tables, ground } of writesAt(checker, node, { functions, relations }))
        for (const table of tables) found.push({ ...at(node), table, ground });
      if (ts.isCallExpression(node))
        for (const { to, ground } of handedAt(checker, node))
          if (typeof to === "string") found.push({ ...at(node), table: to, ground });
          else handed.push({ ...at(node), to, ground });
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return settled(found, handed);
}

/** Follows a database that is no recorded transaction into the functions that take it, and says what they write. */
function settled(found: readonly Found[], handed: readonly Handed[]): Write[] {
  const tablesOf = (taker: ts.SignatureDeclaration, seen = new Set<ts.SignatureDeclaration>()): string[] => {
    if (seen.has(taker)) return [];
    seen.add(taker);
    return [
      ...found.filter(({ ground }) => ground === taker).map(({ table }) => table),
      ...handed.filter(({ ground }) => ground === taker).flatMap(({ to }) => tablesOf(to, seen)),
    ];
  };
  const loose = handed
    .filter(({ ground }) => ground === "itself")
    .flatMap(({ file, line, to }) =>
      [...new Set(tablesOf(to))].map((table) => ({ file, line, table, recorded: false })),
    );
  return [
    ...found.map(({ file, line, table, ground }) => ({ file, line, table, recorded: ground !== "itself" })),
    ...loose,
  ];
}

interface Known {
  functions: DatabaseFunctions;
  /** Field name of a relation -> the tables that it leads to. */
  relations: ReadonlyMap<string, readonly string[]>;
}

function writesAt(checker: ts.TypeChecker, node: ts.Node, known: Known): { tables: string[]; ground: Ground }[] {
  if (ts.isTaggedTemplateExpression(node)) {
    const { tag, template } = node;
    if (!sqlTags.has(nameOf(tag))) return [];
    return [{ tables: tablesWritten(textOf(template), known.functions), ground: groundOfTag(checker, node) }];
  }
  if (ts.isCallExpression(node) && isQueryOfPg(checker, node)) {
    const [sql] = node.arguments;
    const told = sql && (ts.isStringLiteralLike(sql) || ts.isTemplateExpression(sql));
    return [{ tables: told ? tablesWritten(textOf(sql), known.functions) : ["?"], ground: "itself" }];
  }
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node) || ts.isBindingElement(node)) {
    const tables = delegatesWritten(checker, node);
    if (tables.length === 0) return [];
    const client = ts.isBindingElement(node) ? null : clientOf(node.expression);
    return [{ tables, ground: client ? groundOf(checker, client) : "itself" }];
  }
  const tables = nestedTables(node, known.relations);
  return tables.length > 0 ? [{ tables, ground: groundAround(checker, node) }] : [];
}

/** The tables whose delegate has the written property, e.g. `tx.role.update` -> Role. */
function delegatesWritten(
  checker: ts.TypeChecker,
  node: ts.PropertyAccessExpression | ts.ElementAccessExpression | ts.BindingElement,
): string[] {
  const property = propertyOf(checker, node);
  if (!property || !prismaWrites.has(property.name)) return [];
  return (property.declarations ?? []).flatMap(({ parent }) => {
    const delegate = ts.isInterfaceDeclaration(parent) ? /^(\w+)Delegate$/.exec(parent.name.text)?.[1] : undefined;
    return delegate === undefined ? [] : [delegate];
  });
}

function propertyOf(
  checker: ts.TypeChecker,
  node: ts.PropertyAccessExpression | ts.ElementAccessExpression | ts.BindingElement,
): ts.Symbol | undefined {
  if (ts.isPropertyAccessExpression(node)) {
    return prismaWrites.has(node.name.text) ? checker.getSymbolAtLocation(node.name) : undefined;
  }
  if (ts.isElementAccessExpression(node)) return checker.getSymbolAtLocation(node.argumentExpression);
  const name = node.propertyName ?? node.name;
  if (!ts.isIdentifier(name) || !prismaWrites.has(name.text)) return undefined;
  return checker.getTypeAtLocation(node.parent).getProperty(name.text);
}

/** `tx` of `tx.role`. */
function clientOf(delegate: ts.Expression): ts.Expression | null {
  return ts.isPropertyAccessExpression(delegate) || ts.isElementAccessExpression(delegate) ? delegate.expression : null;
}

/** A property that is a relation's field and holds a verb, e.g. `steps: { create: … }`. */
function nestedTables(node: ts.Node, relations: Known["relations"]): string[] {
  if (!ts.isPropertyAssignment(node) || !ts.isObjectLiteralExpression(node.initializer)) return [];
  const targets = relations.get(nameOf(node.name)) ?? [];
  const writes = node.initializer.properties.some(({ name }) => name !== undefined && nestedWrites.has(nameOf(name)));
  return writes ? [...targets] : [];
}

function groundAround(checker: ts.TypeChecker, node: ts.Node): Ground {
  const call = ts.findAncestor(node.parent, ts.isCallExpression);
  if (!call) return "itself";
  const { expression } = call;
  const writes = ts.isPropertyAccessExpression(expression) && delegatesWritten(checker, expression).length > 0;
  const client = writes ? clientOf(expression.expression) : null;
  return client ? groundOf(checker, client) : groundAround(checker, call);
}

function groundOfTag(checker: ts.TypeChecker, { tag }: ts.TaggedTemplateExpression): Ground {
  return ts.isPropertyAccessExpression(tag) && nameOf(tag) !== "sql" ? groundOf(checker, tag.expression) : "itself";
}

function groundOf(checker: ts.TypeChecker, client: ts.Expression): Ground {
  const parameter = ts.isIdentifier(client) ? checker.getSymbolAtLocation(client)?.valueDeclaration : undefined;
  if (!parameter || !ts.isParameter(parameter)) return "itself";
  const taker = parameter.parent;
  const call = taker.parent;
  if (ts.isCallExpression(call) && call.arguments.some((argument) => argument === taker)) {
    if (nameOf(call.expression) === "$transaction") return "itself";
    if (isRecordChange(checker, call)) return "recordChange";
  }
  return isTransaction(checker.getTypeAtLocation(parameter)) ? taker : "itself";
}

function isRecordChange(checker: ts.TypeChecker, call: ts.CallExpression): boolean {
  const { declaration } = checker.getResolvedSignature(call) ?? {};
  return declaration?.getSourceFile().fileName.endsWith("lib/audit/record-change.ts") === true;
}

interface Taken {
  to: ts.SignatureDeclaration | "(library)" | "(callback)";
  ground: Ground;
}

/** Whom a call hands a database as a transaction, and on what ground that database stands. */
function handedAt(checker: ts.TypeChecker, call: ts.CallExpression): Taken[] {
  const [work] = call.arguments;
  if (nameOf(call.expression) === "$transaction" && work && ts.isIdentifier(work)) {
    const taker = checker.getTypeAtLocation(work).getCallSignatures()[0]?.declaration;
    return [{ to: taker && "body" in taker ? taker : "(callback)", ground: "itself" }];
  }
  return call.arguments.flatMap((argument, index): Taken[] => {
    const client = bare(argument);
    if (!isDatabase(checker.getTypeAtLocation(client))) return [];
    const { declaration } = checker.getResolvedSignature(call) ?? {};
    const ground = groundOf(checker, client);
    if (!declaration || /node_modules/.test(declaration.getSourceFile().fileName)) return [{ to: "(library)", ground }];
    const parameter = declaration.parameters[index];
    if (!parameter || ts.isJSDocSignature(declaration)) return [];
    if (!isTransaction(checker.getTypeAtLocation(parameter))) return [];
    if ("body" in declaration) return [{ to: declaration, ground }];
    return ground === "itself" ? [{ to: "(callback)", ground }] : [];
  });
}

function bare(expression: ts.Expression): ts.Expression {
  const wrapped = ts.isAsExpression(expression) || ts.isParenthesizedExpression(expression);
  return wrapped || ts.isNonNullExpression(expression) ? bare(expression.expression) : expression;
}

function isDatabase(type: ts.Type): boolean {
  return (type.isUnion() ? type.types : [type]).some((one) => one.getProperty("$queryRaw") !== undefined);
}

/** Prisma's client inside a transaction has no way to connect; a union with the whole client is no transaction. */
function isTransaction(type: ts.Type): boolean {
  return !type.isUnion() && isDatabase(type) && type.getProperty("$connect") === undefined;
}

function isQueryOfPg(checker: ts.TypeChecker, { expression }: ts.CallExpression): boolean {
  if (!ts.isPropertyAccessExpression(expression) || expression.name.text !== "query") return false;
  const [declaration] = checker.getSymbolAtLocation(expression.name)?.declarations ?? [];
  return declaration?.getSourceFile().fileName.includes("@types/pg/") === true;
}

function nameOf(node: ts.Node): string {
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  return ts.isIdentifier(node) || ts.isStringLiteralLike(node) ? node.text : "";
}

/** The SQL of a template; what is put in counts as a value. */
function textOf(template: ts.TemplateLiteral | ts.StringLiteralLike): string {
  if (!ts.isTemplateExpression(template)) return template.text;
  return template.head.text + template.templateSpans.map(({ literal }) => `$1${literal.text}`).join("");
}

/** Every relation of the schema: a field's name -> the models that fields of this name lead to. */
function relationTables(root: string): Map<string, readonly string[]> {
  const schema = readFileSync(`${root}/prisma/schema.prisma`, "utf8");
  const models = new Set([...schema.matchAll(/^model (\w+)/gm)].map(([, name]) => name));
  const relations = new Map<string, readonly string[]>();
  for (const [, field = "", model = ""] of schema.matchAll(/^ {2}(\w+)\s+(\w+)/gm))
    if (models.has(model)) relations.set(field, [...new Set([...(relations.get(field) ?? []), model])]);
  return relations;
}
