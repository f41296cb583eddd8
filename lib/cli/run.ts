import { Unusable } from "./io";

/** Reads each file; what cannot be used becomes a sentence, and the others go on. */
export async function perFile<Read>(
  names: readonly string[],
  read: (name: string) => Promise<Read>,
): Promise<{ read: Read[]; complaints: string[] }> {
  const all: { read: Read[]; complaints: string[] } = { read: [], complaints: [] };
  for (const name of names) {
    try {
      all.read.push(await read(name));
    } catch (error) {
      if (!(error instanceof Unusable)) throw error;
      all.complaints.push(error.message);
    }
  }
  return all;
}

/** A command's options; what parseArgs refuses is said in our words, since its own may repeat a token. */
export function optionsOf<Values>(parse: () => Values, command: string): Values {
  try {
    return parse();
  } catch (error) {
    if (error instanceof Unusable) throw error;
    const option = /'(-{1,2}[a-z-]{1,30})\b/.exec(error instanceof Error ? error.message : "")?.[1];
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const what =
      code === "ERR_PARSE_ARGS_UNKNOWN_OPTION"
        ? `there is no option ${option ?? "like that"}`
        : `the option ${option ?? ""} needs a value, or takes none`;
    throw new Unusable(`${command}: ${what}. See trustdesk ${command} --help.`);
  }
}

/** One of the values that an option takes. */
export function oneOf<Value extends string>(option: string, value: string, values: readonly Value[]): Value {
  const found = values.find((one) => one === value);
  if (found === undefined) throw new Unusable(`${option} takes ${values.join(", ")}.`);
  return found;
}
