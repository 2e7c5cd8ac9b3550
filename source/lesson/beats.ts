// Reads the beats of a lesson file as narrations, predictions and concept questions, and checks that each has all the keys that it needs
// and no others.

import {given} from '../sim/given.ts';
import {inEvery} from '../words/catalogue/language.ts';
import {beatsSentences} from '../words/catalogue/lesson.ts';
import {expressionsOf} from './beat-texts.ts';
import type {Expression} from './expression.ts';
import {parseExpression} from './expression-parser.ts';
import type {Beat, Choice, Invitation, QuestionBeat, Template} from './lesson.ts';
import {type PacketField, packetFields} from './packet-field.ts';
import {packetNamesIn, withBeats} from './packet-names.ts';
import {panelNames} from './panel-names.ts';
import type {Position} from './position.ts';
import {problemWith, unknownWord} from './problem.ts';
import type {Path, Problems} from './problems.ts';
import type {BeatFile, QuestionFile, TextFile} from './schema.ts';
import {readSelector} from './selector-parser.ts';
import {readShows, valuesOf} from './shown.ts';
import {readTemplate} from './template.ts';

import type {Names} from './vocabulary.ts';

type Key = keyof BeatFile;
type Kind = Beat['kind'];

const keys: {readonly [kind in Kind]: {readonly needs: readonly Key[]; readonly takes: readonly Key[]}} = {
  narration: {needs: ['when'], takes: ['say', 'note', 'myth', 'card', 'link', 'holds', 'invites', 'goal']},
  prediction: {
    needs: ['before', 'ask', 'answer', 'distractors', 'explain'],
    takes: ['asks', 'hint', 'rfc', 'holds', 'goal', 'quiz', 'prints'],
  },
  concept: {
    needs: ['ask', 'choices', 'rfc', 'holds'],
    takes: ['when', 'hint', 'explain', 'goal', 'quiz', 'prints'],
  },
};
const everywhere: readonly Key[] = ['run', 'panels', 'show', 'shows', 'as', 'leans', 'speaks'];

type BeatContext = {
  readonly names: Names;
  readonly runs: readonly string[];
  readonly problems: Problems;
  positionOf(path: Path): Position;
};

type Within = BeatContext & {
  /** The names (`as`) of the beats that precede this beat in the file. */
  readonly above: readonly string[];
};

export const readBeats = (beats: readonly BeatFile[], context: BeatContext): readonly Beat[] =>
  beats.flatMap((data, index) => {
    const path = ['beats', index];
    const problems = context.problems.found.length;
    const kind: Kind = data.choices
      ? 'concept'
      : data.ask || data.before || data.answer !== undefined
        ? 'prediction'
        : 'narration';
    checkKeys(data, kind, path, context.problems);
    const before = beats.slice(0, index);
    const above = before.flatMap(({as}) => as ?? []);
    const names = withBeats(before, context.names);
    const beat = leaning(new BeatReader(data, path, {...context, names, above}).read(kind), above);
    return beat && context.problems.found.length === problems ? [beat] : [];
  });

/**
 * Returns the beat with `leans` extended by earlier beats that named (`as`) a packet which this beat refers to; undefined if there is no
 * beat.
 */
const leaning = (beat: Beat | undefined, above: readonly string[]): Beat | undefined => {
  if (!beat) return undefined;
  const {leans = [], holds} = beat;
  const expressions = [...expressionsOf(beat), ...(holds ? [holds] : [])];
  const named = expressions.flatMap(packetNamesIn).filter((name) => above.includes(name));
  if (named.length === 0) return beat;
  return {...beat, leans: [...new Set([...leans, ...named])]};
};

/** Reads the quiz questions of a lesson. Each depends only on its own instant, not on the beats told before it. */
export const readQuestions = (
  questions: readonly QuestionFile[],
  context: BeatContext,
): readonly QuestionBeat[] =>
  questions.flatMap((data, index) => {
    const path = ['questions', index];
    const before = context.problems.found.length;
    const kind = data.choices ? 'concept' : 'prediction';
    checkKeys(data, kind, path, context.problems);
    if (kind === 'concept' && !data.when) {
      context.problems.add(path, beatsSentences.readQuestions);
    }
    const beat = new BeatReader(data, path, {...context, above: []}).read(kind);
    const isWhole = context.problems.found.length === before;
    return beat && beat.kind !== 'narration' && isWhole ? [beat] : [];
  });

const checkKeys = (data: BeatFile, kind: Kind, path: Path, problems: Problems): void => {
  const {needs, takes} = keys[kind];
  const what = beatsSentences.kindNames[kind];
  for (const key of needs) {
    if (data[key] !== undefined) continue;
    problems.add(path, problemWith(beatsSentences.checkKeys.needs, {what, key}));
  }
  const allowed: readonly string[] = [...needs, ...takes, ...everywhere];
  for (const [key, value] of Object.entries(data)) {
    if (value === undefined || allowed.includes(key)) continue;
    problems.add([...path, key], problemWith(beatsSentences.checkKeys.doesNotGo, {key, what, allowed}), {
      onKey: true,
    });
  }
};

export const readExpression = (
  data: string | number,
  path: Path,
  names: Names,
  problems: Problems,
): Expression | undefined => {
  if (typeof data === 'number') return {kind: 'number', value: data};
  const parsed = parseExpression(data, names);
  if (parsed.ok) return parsed.value;
  for (const each of parsed.error) problems.add(path, each, {inside: {offset: each.offset, value: data}});
  return undefined;
};

/** Maps the name of a key without a letter, such as `up`, to the sign by which texts name it, such as ↑. */
const signs: {readonly [key: string]: string} = {up: '↑', down: '↓', left: '←', right: '→'};
const signOf = (key: string): string => signs[key] ?? key;

class BeatReader {
  readonly #data: BeatFile;
  readonly #path: Path;
  readonly #context: Within;

  constructor(data: BeatFile, path: Path, context: Within) {
    this.#data = data;
    this.#path = path;
    this.#context = context;
  }

  read(kind: Kind): Beat | undefined {
    const {runs, problems, positionOf} = this.#context;
    const run = this.#data.run ?? runs[0] ?? 'base';
    problems.knows([...this.#path, 'run'], beatsSentences.read.run, run, runs);
    const {panels} = this.#data;
    for (const [index, name] of (panels ?? []).entries()) {
      problems.knows([...this.#path, 'panels', index], beatsSentences.read.panel, name, panelNames);
    }
    const {as, quiz, speaks, prints} = this.#data;
    const common = {
      ...{run, position: positionOf(this.#path), show: this.#show()},
      ...given({panels, as, quiz, speaks, prints, leans: this.#leans(), shows: this.#shows()}),
    };
    if (kind === 'narration') return this.#narration(common);
    return kind === 'prediction' ? this.#prediction(common) : this.#concept(common);
  }

  #narration(common: Common): Beat | undefined {
    const {myth, card, link} = this.#data;
    const when = this.#selector('when');
    const say = this.#text('say');
    const note = this.#text('note');
    if (!this.#data.say && !card) {
      this.#context.problems.add(this.#path, beatsSentences.narration);
    }
    if (!when) return undefined;
    return {
      ...common,
      kind: 'narration',
      when,
      say: say ?? inEvery(() => []),
      ...given({note, myth, card, link, holds: this.#holds(), invites: this.#invitation()}),
    };
  }

  #invitation(): Invitation | undefined {
    const {invites, goal, say, note} = this.#data;
    const {problems, runs} = this.#context;
    if (invites === undefined) {
      if (goal !== undefined) problems.add([...this.#path, 'goal'], beatsSentences.invitation.goal);
      return undefined;
    }
    const {keys, opens, met, leads} = invites;
    const path = [...this.#path, 'invites'];
    for (const [language, text] of Object.entries({...say})) {
      const told = `${text} ${note?.[language] ?? ''}`;
      const missing = keys.find((key) => !told.includes(signOf(key)));
      if (missing === undefined) continue;
      problems.add(path, problemWith(beatsSentences.invitation.unnamed, {sign: signOf(missing), language}));
    }
    if (opens !== undefined && met === undefined && leads === undefined) {
      problems.knows([...path, 'opens'], beatsSentences.read.panel, opens, [
        ...panelNames,
        'why',
        'challenge',
      ]);
      return {keys, opens};
    }
    const until = met === undefined ? undefined : this.#expression(met, ['invites', 'met']);
    if (opens !== undefined || until === undefined || leads === undefined) {
      problems.add(path, beatsSentences.invitation.either);
      return undefined;
    }
    problems.knows([...path, 'leads'], beatsSentences.read.run, leads, runs);
    return {keys, met: until, leads};
  }

  #prediction(common: Common): Beat | undefined {
    const {answer, distractors = [], rfc} = this.#data;
    const before = this.#selector('before');
    const ask = this.#text('ask');
    const hint = this.#text('hint');
    const explain = this.#text('explain');
    const right = answer === undefined ? undefined : this.#expression(answer, ['answer']);
    const wrong = distractors.flatMap((_, index) => this.#distractor(index));
    if (!before || !ask || !explain || !right) return undefined;
    const choices = [{value: right, correct: true}, ...wrong];
    return {
      ...common,
      kind: 'prediction',
      before,
      ask,
      ...given({hint, holds: this.#holds()}),
      choices,
      asks: this.#asks(right),
      explain,
      ...given({rfc: rfc === undefined ? undefined : String(rfc)}),
    };
  }

  /** Reads a distractor (a wrong choice of a question): a value, or words where the belief is not about a value (“a new random number”). */
  #distractor(index: number): readonly Choice[] {
    const data = this.#data.distractors?.[index];
    if (!data) return [];
    const place = ['distractors', index];
    const tag = {...this.#belief(data.misconception, place), ...this.#why(data.why, place)};
    if ((data.value === undefined) === (data.text === undefined)) {
      this.#context.problems.add([...this.#path, ...place], beatsSentences.distractor);
      return [];
    }
    if (data.text) return [{text: this.#template(data.text, [...place, 'text']), correct: false, ...tag}];
    const value = data.value === undefined ? undefined : this.#expression(data.value, [...place, 'value']);
    return value ? [{value, correct: false, ...tag}] : [];
  }

  #why(why: TextFile | undefined, place: Path): Pick<Choice, 'why'> {
    return why === undefined ? {} : {why: this.#template(why, [...place, 'why'])};
  }

  #belief(misconception: string | undefined, place: Path): Pick<Choice, 'misconception' | 'named'> {
    if (misconception === undefined) return {};
    const named = this.#context.positionOf([...this.#path, ...place, 'misconception']);
    return {misconception, named};
  }

  #concept(common: Common): Beat | undefined {
    const {choices = [], rfc} = this.#data;
    const when = this.#selector('when');
    const ask = this.#text('ask');
    const hint = this.#text('hint');
    const explain = this.#text('explain');
    const holds = this.#holds();
    const list = choices.map((data, index): Choice => {
      const {misconception, correct = false, why} = data;
      const place = ['choices', index];
      const text = this.#template(data.text, [...place, 'text']);
      return {text, correct, ...this.#belief(misconception, place), ...this.#why(why, place)};
    });
    if (list.filter((choice) => choice.correct).length !== 1) {
      this.#context.problems.add([...this.#path, 'choices'], beatsSentences.concept);
    }
    if (!ask || !holds || rfc === undefined) return undefined;
    return {
      ...{...common, kind: 'concept', ask, choices: list, rfc: String(rfc), holds},
      ...given({when, hint, explain}),
    };
  }

  #selector(key: 'when' | 'before') {
    const data = this.#data[key];
    const {names, problems} = this.#context;
    return data && readSelector(data, [...this.#path, key], names, problems);
  }

  #text(key: 'say' | 'note' | 'ask' | 'hint' | 'explain'): Template | undefined {
    const data = this.#data[key];
    return data && this.#template(data, [key]);
  }

  #template(data: TextFile, place: Path): Template {
    return readTemplate(data, [...this.#path, ...place], this.#context.names, this.#context.problems);
  }

  #holds(): Expression | undefined {
    const {holds} = this.#data;
    return holds === undefined ? undefined : this.#expression(holds, ['holds']);
  }

  /**
   * Returns the names in the beat's `leans`. Names that no earlier beat has are reported, because only earlier beats can have been told
   * before.
   */
  #leans(): readonly string[] | undefined {
    const {leans} = this.#data;
    for (const [index, name] of (leans ?? []).entries()) {
      const path = [...this.#path, 'leans', index];
      this.#context.problems.knows(path, beatsSentences.leans, name, this.#context.above);
    }
    return leans;
  }

  #expression(data: string | number, place: Path): Expression | undefined {
    return readExpression(data, [...this.#path, ...place], this.#context.names, this.#context.problems);
  }

  /**
   * Returns the packet fields that a prediction asks for: those of `asks`, or else the field that is itself the answer
   * (`p.tcp.ack_raw`).
   */
  #asks(answer: Expression): readonly PacketField[] {
    const {asks} = this.#data;
    if (!asks) return answer.kind === 'field' && answer.packet.kind === 'here' ? [answer.field] : [];
    return asks.flatMap((name, index) => {
      const field = packetFields.find((each) => each === name);
      if (!field) {
        this.#context.problems.add(
          [...this.#path, 'asks', index],
          unknownWord(beatsSentences.asks, name, packetFields),
        );
      }
      return field ?? [];
    });
  }

  /** Reads `show` of a beat: packet fields, and values of both ends (`snd.una`) or of one (`client.snd.una`). */
  #show(): readonly string[] {
    const {names, problems} = this.#context;
    const known = [...packetFields, ...valuesOf(names.hosts)];
    const {show = []} = this.#data;
    for (const [index, name] of show.entries()) {
      problems.knows([...this.#path, 'show', index], beatsSentences.show, name, known);
    }
    return show;
  }

  #shows(): readonly string[] | undefined {
    const {shows} = this.#data;
    const {names, problems} = this.#context;
    return readShows(shows, [...this.#path, 'shows'], names.hosts, problems);
  }
}

type Common = Pick<Beat, 'run' | 'position' | 'show' | 'panels'>;
