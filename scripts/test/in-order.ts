/** Where one of several that run side by side says what it has to say, and that this was all. */
export interface Voice {
  say(text: string): void;
  end(): void;
}

/**
 * A voice for each of `items`, heard one after another: the first live, each other once all before it have ended, from
 * its beginning. `print` gets the text as it was said.
 */
export function inOrder<Item>(items: readonly Item[], print: (text: string) => void): { item: Item; voice: Voice }[] {
  const held: string[][] = items.map(() => []);
  const ended = new Set<number>();
  let heard = 0;
  const voice = (index: number): Voice => ({
    say: (text) => {
      if (index === heard) print(text);
      else held[index]?.push(text);
    },
    end: () => {
      ended.add(index);
      while (ended.has(heard)) {
        heard += 1;
        for (const text of held[heard]?.splice(0) ?? []) print(text);
      }
    },
  });
  return items.map((item, index) => ({ item, voice: voice(index) }));
}
