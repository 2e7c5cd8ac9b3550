// Handles ctrl-z: the terminal goes back to the shell, the process stops, and after `fg` the program continues.

/** Gives the terminal back, waits for `whileAway`, and takes the terminal again. */
type HandOver = (whileAway: () => Promise<void>) => Promise<void>;

/** Stops the process and resolves once the program has the terminal again; does nothing on Windows. */
export async function suspendUntilContinued(handOver: HandOver): Promise<void> {
  if (process.platform === 'win32') return;
  await handOver(async () => {
    // The signal goes to the whole process group, so that npx and its shell stop, too, and the prompt comes back.
    process.kill(0, 'SIGTSTP');
    // A stopped process executes no timeout: it fires after `fg`, or at once if there is no job control.
    await new Promise((resolve) => setTimeout(resolve, 0));
  });
}
