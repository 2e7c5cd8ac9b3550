// Reads text from standard input where somebody has piped some in.
import process from 'node:process';

const mostBytes = 1_048_576;

/**
 * Returns the text that is piped into standard input; undefined if it is more than a megabyte. At a terminal it returns an empty text
 * without waiting.
 */
export const standardText = async (): Promise<string | undefined> => {
  if (process.stdin.isTTY === true) return '';
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of process.stdin) {
    const bytes = Buffer.from(piece);
    length += bytes.length;
    if (length > mostBytes) return undefined;
    pieces.push(bytes);
  }
  return Buffer.concat(pieces).toString('utf8');
};
