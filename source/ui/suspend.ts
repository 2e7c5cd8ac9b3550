// Handles ctrl-z: the terminal goes back to the shell, the process stops, and `fg` brings both back.

/** Gives the terminal back, waits for `whileAway`, and takes it again. */
type HandOver = (whileAway: () => Promise<void>) => Promise<void>;

/** Resolves once the program has the terminal again. */
export async function suspendUntilContinued(handOver: HandOver): Promise<void> {
  if (process.platform === 'win32') return;
  await handOver(async () => {
    // The signal goes to the whole group, so that npx and its shell stop too and the prompt comes back.
    process.kill(0, 'SIGTSTP');
    // Time stands still while the process is stopped: the timeout fires after `fg`, or at once without job control.
    await new Promise((resolve) => setTimeout(resolve, 0));
  });
}
