/** Milliseconds of the middle and of the 95th percentile. */
export interface Percentiles {
  p50: number;
  p95: number;
}

/** Runs `work` some times to warm up, then `times` times one after another. */
export async function measure(work: () => Promise<unknown>, times: number): Promise<Percentiles> {
  for (let count = 0; count < 5; count += 1) await work();
  const taken: number[] = [];
  for (let count = 0; count < times; count += 1) {
    const begun = performance.now();
    await work();
    taken.push(performance.now() - begun);
  }
  taken.sort((a, b) => a - b);
  const at = (share: number): number => taken[Math.min(taken.length - 1, Math.floor(taken.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95) };
}
