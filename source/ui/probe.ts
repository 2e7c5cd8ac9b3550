// Start-up questions to the terminal: how wide it draws ambiguous glyphs, and whether its background is dark.
import {type Background, parseAnswers, type TerminalAnswers} from './terminal-answers.ts';

const widthMs = 150;
const backgroundMs = 100;

type ProbeResult = {
  /** The Unicode set would break the columns. */
  readonly wideGlyphs: boolean;
  readonly background: Background | undefined;
};

type ProbeOptions = {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly askWidth: boolean;
  readonly askBackground: boolean;
};

/**
 * Call it immediately before `startApp`: raw mode stays on, so that an answer that comes late is not echoed.
 * What was typed meanwhile goes back into `stdin`.
 */
export async function probeTerminal(options: ProbeOptions): Promise<ProbeResult> {
  const {stdin, stdout, askWidth, askBackground} = options;
  if ((!askWidth && !askBackground) || !stdin.isTTY || !stdout.isTTY) {
    return {wideGlyphs: false, background: undefined};
  }
  stdin.setEncoding('utf8');
  stdin.setRawMode(true);
  // The cursor report is asked for even alone with the background: terminals answer in order, so its answer
  // tells that no other will come.
  stdout.write(`${askBackground ? '\x1b]11;?\x1b\\' : ''}${askWidth ? '\r│' : ''}\x1b[6n`);
  const {column, background, typed} = await collectAnswers(stdin, askWidth ? widthMs : backgroundMs);
  if (askWidth) stdout.write('\r\x1b[K');
  if (typed !== '') stdin.unshift(typed, 'utf8');
  return {wideGlyphs: askWidth && column !== undefined && column !== 2, background};
}

function collectAnswers(stdin: NodeJS.ReadStream, timeoutMs: number): Promise<TerminalAnswers> {
  return new Promise((resolve) => {
    let input = '';
    const finish = () => {
      clearTimeout(timer);
      stdin.off('readable', read);
      resolve(parseAnswers(input));
    };
    const read = () => {
      for (let chunk = stdin.read(); chunk !== null; chunk = stdin.read()) input += String(chunk);
      if (parseAnswers(input).column !== undefined) finish();
    };
    const timer = setTimeout(finish, timeoutMs);
    stdin.on('readable', read);
  });
}
