/** How often all roles of an account are compared with what was recorded, in milliseconds. */
export const checkAccountsEvery = 15 * 60_000;

/**
 * What the queue starts by itself, as a crontab; however many workers there are, each line's minute comes once.
 * Every minute it is looked at which accounts are due, so that a new one does not wait for a quarter of an hour.
 */
export const schedule = "* * * * * check-accounts ?max=1";
