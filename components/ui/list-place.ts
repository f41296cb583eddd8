/** Where somebody was in a list, for the way back to it. It goes with the tab's page. */
interface Place {
  /** The list's filters, as in the URL. */
  search: string;
  /** The row that had the focus last. */
  itemKey: string | null;
}

const places = new Map<string, Place>();

/** Keeps the place in the list of this page; a row of other filters is forgotten. */
export function keepPlace(itemKey: string | null): void {
  const { pathname, search } = window.location;
  const known = places.get(pathname);
  places.set(pathname, { search, itemKey: itemKey ?? (known?.search === search ? known.itemKey : null) });
}

/** The row that had the focus in this page's list when it was left, or null. */
export function placeLeft(): string | null {
  const { pathname, search } = window.location;
  const known = places.get(pathname);
  return known?.search === search ? known.itemKey : null;
}

/** The list with the filters with which it was left. */
export function asLeft(pathname: string): string {
  return pathname + (places.get(pathname)?.search ?? "");
}
