// ctrl-z: the terminal goes back to the shell, the process stops, and `fg` brings both back.

/** Gives the terminal back, waits for `whileAway`, and takes it again. */
type HandOver = (whileAway: () => Promise<void>) => Promise<void>;

/** Settles once the terminal is ours again. */
export async function suspendUntilContinued(handOver: HandOver): Promise<void> {
  if (process.platform === 'win32') return;
  await handOver(async () => {
    // The whole group, so that npx and its shell stop too and the prompt comes back.
    process.kill(0, 'SIGTSTP');
    // Time stands still while stopped: this fires after `fg`, or at once where nobody can stop us (no job control).
    await new Promise((resolve) => setTimeout(resolve, 0));
  });
}
