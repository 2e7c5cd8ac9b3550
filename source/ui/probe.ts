// Start-up questions to the terminal: how wide it draws ambiguous glyphs, and whether its background is dark. Nobody waits for the
// answers: what has come when the first screen is drawn goes into it, what comes later changes it (typed.ts hears of it).
import {parseAnswers, type TerminalAnswers} from './terminal-answers.ts';

type Question = {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly askWidth: boolean;
  readonly askBackground: boolean;
};

/** Raw mode stays on, so that no answer is echoed. */
export const askTerminal = ({stdin, stdout, askWidth, askBackground}: Question): void => {
  if ((!askWidth && !askBackground) || !stdin.isTTY || !stdout.isTTY) return;
  stdin.setRawMode(true);
  // A glyph, where the cursor is behind it, and gone it is.
  stdout.write(`${askBackground ? '\x1b]11;?\x1b\\' : ''}${askWidth ? '\r│\x1b[6n\r\x1b[K' : ''}`);
};

/** What the terminal has answered by now. What else was typed goes back into `stdin`. */
export const answersSoFar = async (stdin: NodeJS.ReadStream): Promise<TerminalAnswers> => {
  let input = '';
  if (stdin.isTTY) {
    const read = (): void => {
      for (let chunk = stdin.read(); chunk !== null; chunk = stdin.read()) input += String(chunk);
    };
    stdin.setEncoding('utf8');
    stdin.on('readable', read);
    // A turn, in which Node takes what is there.
    await new Promise((resolve) => setImmediate(resolve));
    stdin.off('readable', read);
  }
  const {typed, answers} = parseAnswers(input);
  if (typed !== '') stdin.unshift(typed, 'utf8');
  return answers;
};
