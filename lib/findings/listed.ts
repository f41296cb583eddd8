const namesAtMost = 3;

/** A few names, and how many more there are: "a, b, c and 2 more". */
export function listed(names: readonly string[]): string {
  const distinct = [...new Set(names)];
  const more = distinct.length - namesAtMost;
  return distinct.slice(0, namesAtMost).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
