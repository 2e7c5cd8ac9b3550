// GIFT as Moodle's documentation says it is read (docs.moodle.org/en/GIFT_format): an oracle that shares no code with what writes it.

export type GiftAnswer = {
  readonly sign: '=' | '~';
  /** In percent. */
  readonly weight: number | undefined;
  readonly text: string;
  readonly feedback: string | undefined;
};

export type GiftQuestion = {
  readonly name: string;
  readonly format: string | undefined;
  readonly text: string;
  readonly kind: 'numerical' | 'matching' | 'one' | 'several';
  readonly answers: readonly GiftAnswer[];
  readonly generalFeedback: string | undefined;
};

const special = '~=#{}:\\';

/** A character and whether a backslash stood before it: what is escaped separates nothing. */
type Sign = {readonly sign: string; readonly plain: boolean};

const signsOf = (text: string): readonly Sign[] => {
  const signs: Sign[] = [];
  for (let at = 0; at < text.length; at++) {
    const [here = '', next = ''] = [text[at], text[at + 1]];
    if (here === '\\' && (special.includes(next) || next === 'n')) {
      signs.push({sign: next === 'n' ? '\n' : next, plain: false});
      at += 1;
    } else signs.push({sign: here, plain: true});
  }
  return signs;
};

const written = (signs: readonly Sign[]): string =>
  signs
    .map(({sign}) => sign)
    .join('')
    .trim();

const indexOf = (signs: readonly Sign[], mark: string, from = 0): number => {
  for (let at = from; at + mark.length <= signs.length; at++) {
    const here = signs.slice(at, at + mark.length);
    if (here.every(({plain}) => plain) && here.map(({sign}) => sign).join('') === mark) return at;
  }
  return -1;
};

const answerOf = (signs: readonly Sign[]): GiftAnswer => {
  const sign = signs[0]?.sign === '=' ? '=' : '~';
  const hash = indexOf(signs, '#');
  const body = written(signs.slice(1, hash < 0 ? undefined : hash));
  const [whole = '', weight] = /^%(-?\d{1,3}(?:\.\d+)?)%/.exec(body) ?? [];
  return {
    sign,
    weight: weight === undefined ? undefined : Number(weight),
    // A part may name a format of its own.
    text: body.slice(whole.length).replace(/^\[(html|moodle|plain|markdown)\]/, ''),
    feedback: hash < 0 ? undefined : written(signs.slice(hash + 1)),
  };
};

const answersIn = (signs: readonly Sign[]): readonly GiftAnswer[] => {
  const starts = signs.flatMap(({sign, plain}, at) => (plain && (sign === '=' || sign === '~') ? [at] : []));
  const before = written(signs.slice(0, starts[0]));
  if (before !== '') throw new Error(`before the first answer: ${before}`);
  return starts.map((start, index) => answerOf(signs.slice(start, starts[index + 1])));
};

const kindOf = (answers: readonly GiftAnswer[]): GiftQuestion['kind'] => {
  if (answers.some(({sign}) => sign === '~'))
    return answers.some(({sign}) => sign === '=') ? 'one' : 'several';
  if (answers.every(({text}) => text.includes('->'))) return 'matching';
  throw new Error('neither choice nor matching');
};

const questionOf = (block: string): GiftQuestion => {
  const signs = signsOf(block);
  const nameEnd = indexOf(signs, '::', 2);
  if (indexOf(signs, '::') !== 0 || nameEnd < 0) throw new Error(`no name: ${block}`);
  const rest = signs.slice(nameEnd + 2);
  const [open, close] = [indexOf(rest, '{'), indexOf(rest, '}')];
  if (open < 0 || close < open || written(rest.slice(close + 1)) !== '') throw new Error(`braces: ${block}`);
  if (indexOf(rest, '{', open + 1) >= 0 || indexOf(rest, '}', close + 1) >= 0)
    throw new Error(`more braces: ${block}`);
  const text = written(rest.slice(0, open));
  const [formatted = '', format] = /^\[(html|moodle|plain|markdown)\]/.exec(text) ?? [];
  const inside = rest.slice(open + 1, close);
  const general = indexOf(inside, '####');
  const told = general < 0 ? inside : inside.slice(0, general);
  const isNumerical = written(told).startsWith('#');
  const answers = answersIn(isNumerical ? told.slice(indexOf(told, '#') + 1) : told);
  return {
    name: written(signs.slice(2, nameEnd)),
    format,
    text: text.slice(formatted.length),
    kind: isNumerical ? 'numerical' : kindOf(answers),
    answers,
    generalFeedback: general < 0 ? undefined : written(inside.slice(general + 4)),
  };
};

/** Blank lines separate questions; a line that begins with two slashes is a comment. */
export const readGift = (file: string): readonly GiftQuestion[] =>
  file
    .split(/\n[ \t]*\n/)
    .map((block) =>
      block
        .split('\n')
        .filter((line) => !line.trim().startsWith('//'))
        .join('\n')
        .trim(),
    )
    .filter((block) => block !== '')
    .map(questionOf);
