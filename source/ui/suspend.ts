// ctrl-z: the terminal goes back to the shell, the process stops, and `fg` brings both back.
import type {SuspendTerminal} from 'ink';

/** Settles once the terminal is ours again. */
export async function suspendUntilContinued(suspendTerminal: SuspendTerminal): Promise<void> {
  if (process.platform === 'win32') return;
  await suspendTerminal(async () => {
    // The whole group, so that npx and its shell stop too and the prompt comes back.
    process.kill(0, 'SIGTSTP');
    // Time stands still while stopped: this fires after `fg`, or at once where nobody can stop us (no job control).
    await new Promise((resolve) => setTimeout(resolve, 0));
  });
}
