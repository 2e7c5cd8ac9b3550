// Asks the terminal at start-up how wide it draws ambiguous glyphs, and whether its background is dark. The start does not wait for the
// answers: those that have arrived are used for the first screen, later ones change it (typed.ts receives them).
import {parseAnswers, type TerminalAnswers} from './terminal-answers.ts';

type Question = {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly askWidth: boolean;
  readonly askBackground: boolean;
};

/**
 * Asks the terminal for the width of a glyph and for its background colour, if wanted. Raw mode stays on, so that the answers are not
 * echoed.
 */
export const askTerminal = ({stdin, stdout, askWidth, askBackground}: Question): void => {
  if ((!askWidth && !askBackground) || !stdin.isTTY || !stdout.isTTY) return;
  stdin.setRawMode(true);
  // The terminal draws an ambiguous glyph, reports the column of the cursor after it, which tells the glyph's width, and erases it.
  stdout.write(`${askBackground ? '\x1b]11;?\x1b\\' : ''}${askWidth ? '\r│\x1b[6n\r\x1b[K' : ''}`);
};

/** Returns the answers of the terminal so far, and puts what else was typed back into `stdin`. */
export const answersSoFar = async (stdin: NodeJS.ReadStream): Promise<TerminalAnswers> => {
  let input = '';
  if (stdin.isTTY) {
    const read = (): void => {
      for (let chunk = stdin.read(); chunk !== null; chunk = stdin.read()) input += String(chunk);
    };
    stdin.setEncoding('utf8');
    stdin.on('readable', read);
    // Node reads input that has already arrived in its next turn, so one turn is waited for.
    await new Promise((resolve) => setImmediate(resolve));
    stdin.off('readable', read);
  }
  const {typed, answers} = parseAnswers(input);
  if (typed !== '') stdin.unshift(typed, 'utf8');
  return answers;
};
