import { startEmbedded } from "@/lib/db/embedded";

/** Runs the embedded Postgres in the folder named on the command line until the process is told to stop. */
async function main(): Promise<void> {
  const folder = process.argv[2] ?? ".trustdesk/postgres";
  const cluster = await startEmbedded({ folder });
  process.stdout.write(`${cluster.adminUrl}\n`);
  await new Promise<void>((stopped) => {
    const awake = setInterval(() => undefined, 60_000);
    const end = () => {
      clearInterval(awake);
      stopped();
    };
    process.once("SIGINT", end).once("SIGTERM", end);
  });
  await cluster.stop();
}

await main();
