const minuteMs = 60_000;
/** After a clear "not now": soon at first, then when a provider's hour of trouble may be over. */
const pausesMs = [1, 5, 30, 120].map((minutes) => minutes * minuteMs);

/** When to try again after so many tries; undefined when it is enough. */
export function retryAt(now: Date, tries: number): Date | undefined {
  const pause = pausesMs[tries];
  return pause === undefined ? undefined : new Date(now.getTime() + pause);
}

/** After no clear answer: soon, then ever more seldom. */
const checksMs = [1, 2, 5, 15, 60, 240].map((minutes) => minutes * minuteMs);
/** A provider that said nothing clear for so long will not say it any more. */
export const giveUpMs = 24 * 60 * minuteMs;

export function checkAt(now: Date, startedAt: Date): Date {
  const age = now.getTime() - startedAt.getTime();
  const pause = checksMs.find((ms) => ms > age) ?? checksMs.at(-1) ?? minuteMs;
  return new Date(now.getTime() + pause);
}

/** An account that was refused as such is left out so long. */
export const troubleMs = 10 * minuteMs;
