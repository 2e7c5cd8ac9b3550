// Questions as a text file that Anki imports (docs.ankiweb.net/importing/text-files.html): a note each, both languages on it.
import type {Misconception} from '../../lesson/data.ts';
import type {Language, Text} from '../../lesson/lesson.ts';
import type {Question} from '../../lesson/quiz/question.ts';

const languages: readonly Language[] = ['en', 'zh'];

const entities: {readonly [sign: string]: string} = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'};

/** A field is one line without tabs and quotation marks: nothing of it can be taken for the file's own signs. */
const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign).replace(/\t/g, ' ');

/** Lines that begin with spaces are packets and values. */
const lineHtml = (line: string): string =>
  line.startsWith('  ') ? `<code>${escaped(line.trim())}</code>` : escaped(line);

const html = (text: string): string => text.split('\n').map(lineHtml).join('<br>');

const both = (of: (language: Language) => string): string => languages.map(of).join('<hr>');

const front = ({prompt, choices}: Question): string =>
  both((language) => {
    const listed = choices.map(({text}) => `<li>${escaped(text[language])}</li>`).join('');
    return `${html(prompt[language])}${listed === '' ? '' : `<ol type=a>${listed}</ol>`}`;
  });

const rightIn = ({answer, choices}: Question, language: Language): string => {
  if (typeof answer === 'number') return String(answer);
  const ids = typeof answer === 'string' ? [answer] : answer;
  return ids
    .map((id) => `${id}. ${choices.find((choice) => choice.id === id)?.text[language] ?? ''}`)
    .join('\n');
};

const back = (question: Question, beliefs: ReadonlyMap<string, Misconception>): string =>
  both((language) => {
    const corrected = question.touches.flatMap((id) => beliefs.get(id)?.correct[language] ?? []);
    const parts = [`<b>${html(rightIn(question, language))}</b>`, html(question.explain[language])];
    return [...parts, ...corrected.map((each) => `<i>${html(each)}</i>`)].join('<br>');
  });

/** Tags have no spaces. */
const tagsOf = ({lesson, kind, touches}: Question): string =>
  ['packet-tutor', `lesson::${lesson}`, `kind::${kind}`, ...touches.map((id) => `belief::${id}`)].join(' ');

type Deck = {
  readonly title: Text;
  readonly questions: readonly Question[];
  readonly misconceptions: readonly Misconception[];
};

/** The id of a question is its note's: who imports the same question again has it once. */
export function* ankiLines({title, questions, misconceptions}: Deck): Generator<string, void> {
  const beliefs = new Map(misconceptions.map((each) => [each.id, each]));
  yield* ['#separator:tab', '#html:true', '#notetype:Basic', `#deck:packet-tutor::${title.en} ${title.zh}`];
  yield* ['#guid column:1', '#tags column:4', '#columns:GUID\tFront\tBack\tTags'];
  for (const question of questions) {
    yield [question.id, front(question), back(question, beliefs), tagsOf(question)]
      .map((field) => field.replace(/[\r\n]+/g, '<br>'))
      .join('\t');
  }
}
