// A prompt in its parts: the packets that lead to a question, tables of values, sentences.
import type {Language} from '../../lesson/text.ts';
import type {Question} from '../../quiz/question.ts';

export type PromptLine =
  | {
      readonly kind: 'packet';
      readonly number: string;
      readonly from: string;
      readonly to: string;
      readonly label: string;
    }
  /** Set apart from the sentences: it is shown as it is. */
  | {readonly kind: 'values'; readonly text: string}
  | {readonly kind: 'sentence'; readonly text: string};

/** As `packetLines` of the generators writes them; some prompts leave out the number. */
const packetLine = /^ {2}(?:(\d+) {2})?(\S+) → (\S+) {2}(\S.*)$/;

export const promptLines = ({prompt}: Pick<Question, 'prompt'>, language: Language): readonly PromptLine[] =>
  prompt[language].split('\n').map((line) => {
    const [, number = '', from, to, label] = packetLine.exec(line) ?? [];
    if (from !== undefined && to !== undefined && label !== undefined)
      return {kind: 'packet', number, from, to, label};
    return line.startsWith('  ')
      ? {kind: 'values', text: line.trim()}
      : {kind: 'sentence', text: line.trim()};
  });

/** The numbers of the packets that are shown, as they would be typed. */
export const packetsIn = (question: Question): readonly string[] =>
  promptLines(question, 'en').flatMap((line) =>
    line.kind === 'packet' && line.number !== '' ? [line.number] : [],
  );
