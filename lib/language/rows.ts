/** Rows of as many 32-bit numbers each, numbered from 0 as they come: two equal rows are one. */
export class Rows {
  readonly width: number;
  size = 0;
  /** All rows behind one another, and where each stands by its hash: its number + 1, or 0 for nobody. */
  #cells: Int32Array;
  #places = new Int32Array(64);

  constructor(width: number) {
    this.width = width;
    this.#cells = new Int32Array(width * 16);
  }

  /** The row's number; a row that is not there yet is copied and gets the next one. */
  numberOf(row: Int32Array): number {
    const mask = this.#places.length - 1;
    let place = hashOf(row, this.width) & mask;
    for (let held = this.#places[place]; held; held = this.#places[place]) {
      if (this.#isAt(held - 1, row)) return held - 1;
      place = (place + 1) & mask;
    }
    return this.#add(row, place);
  }

  /** One number of a row that is there. */
  at(row: number, column: number): number {
    return this.#cells[row * this.width + column] ?? 0;
  }

  #isAt(held: number, row: Int32Array): boolean {
    const begin = held * this.width;
    for (let column = 0; column < this.width; column += 1)
      if (this.#cells[begin + column] !== row[column]) return false;
    return true;
  }

  #add(row: Int32Array, place: number): number {
    const added = this.size;
    if ((added + 1) * this.width > this.#cells.length) this.#cells = grown(this.#cells);
    this.#cells.set(row, added * this.width);
    this.#places[place] = added + 1;
    this.size += 1;
    if (this.size * 2 > this.#places.length) this.#spread();
    return added;
  }

  /** Makes room for twice as many. */
  #spread(): void {
    const places = new Int32Array(this.#places.length * 2);
    for (let row = 0; row < this.size; row += 1) {
      let place = hashOf(this.#cells.subarray(row * this.width), this.width) & (places.length - 1);
      while (places[place]) place = (place + 1) & (places.length - 1);
      places[place] = row + 1;
    }
    this.#places = places;
  }
}

/** The same numbers with as much room again behind them. */
export function grown(cells: Int32Array): Int32Array<ArrayBuffer> {
  const more = new Int32Array(cells.length * 2);
  more.set(cells);
  return more;
}

function hashOf(row: Int32Array, width: number): number {
  let hash = 0;
  for (let column = 0; column < width; column += 1)
    hash = Math.imul(hash ^ (row[column] ?? 0), 0x9e3779b1) ^ (hash >>> 15);
  return hash ^ (hash >>> 13);
}
