/** What is wrong with a bucket's name (S3 user guide, "General purpose bucket naming rules"). */
export function bucketProblem(value: string): string | null {
  if (value === "") return "a bucket is needed.";
  if (value.length < 3 || value.length > 63) return "a bucket's name has 3 to 63 characters.";
  if (!/^[a-z0-9.-]+$/.test(value)) return "a bucket's name holds lower-case letters, digits, dots and hyphens only.";
  if (!/^[a-z0-9].*[a-z0-9]$/.test(value)) return "a bucket's name begins and ends with a letter or a digit.";
  return value.includes("..") ? "a bucket's name has no two dots in a row." : null;
}

/** `*`, `?` and `${` are legal in keys, but in a policy's resource they would mean something else. */
export function prefixProblem(value: string): string | null {
  if (value.startsWith("/")) return "a prefix does not begin with a slash: keys would then begin with an empty folder.";
  if (/[*?]|\$\{/.test(value)) return "a prefix holds no * or ? and no ${: the end is open as it is.";
  return /^[\x21-\x7E]{0,512}$/.test(value) ? null : "a prefix has at most 512 visible ASCII characters and no spaces.";
}

/** One object's key, for the same reasons without wildcards. */
export function keyProblem(value: string): string | null {
  if (value === "") return "a key is needed.";
  if (value.startsWith("/") || value.endsWith("/")) return "a key neither begins nor ends with a slash.";
  if (/[*?]|\$\{/.test(value)) return "a key holds no * or ? and no ${.";
  return /^[\x21-\x7E]{1,512}$/.test(value) ? null : "a key has at most 512 visible ASCII characters and no spaces.";
}

/** A private ECR repository (ECR API, CreateRepository: repositoryName). */
export function repositoryProblem(value: string): string | null {
  if (value === "") return "a repository is needed.";
  if (value.length < 2 || value.length > 256) return "a repository's name has 2 to 256 characters.";
  if (!/^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/.test(value)) return "a repository's name holds lower-case letters and digits, with single dots, hyphens, underscores and slashes between them; no address and no tag.";
  return null;
}

/** A function's name, without ARN, version or alias (Lambda API, FunctionName). */
export function functionProblem(value: string): string | null {
  if (value === "") return "a function is needed.";
  return /^[A-Za-z0-9_-]{1,64}$/.test(value) ? null : "a function's name has at most 64 letters, digits, hyphens and underscores; no ARN and no alias.";
}

/** A distribution's id, as CloudFront makes it: capital letters and digits. */
export function distributionProblem(value: string): string | null {
  if (value === "") return "a distribution is needed.";
  return /^[A-Z0-9]{8,20}$/.test(value) ? null : "a distribution's id looks like E2QWRUHAPOMQZL: capital letters and digits; not its domain name.";
}
