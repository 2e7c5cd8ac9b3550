// Describes the panel that has the focus for a screen reader, and echoes a line of text that is being typed in it.
import {type Language, worded} from '../../lesson/text.ts';
import {focusedOf} from '../../view/arrange.ts';
import {guarded} from '../../view/guarded.ts';
import type {Focusable} from '../../view/panel.ts';
import {panelsByName} from '../../view/panels/registry.ts';
import type {Scene} from '../../view/scene.ts';
import {hasStates, type View} from '../../view/view.ts';
import {panelPart} from '../../words/catalogue/failed.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {sentences, spokenSentences, spokenTexts} from '../../words/catalogue/spoken.ts';
import {formatTime} from '../../words/format.ts';
import {asSentence, ended} from '../../words/spoken.ts';
import {spokenText} from '../../words/spoken-text.ts';

const comma = (language: Language): string => punctuation.comma[language];

/**
 * Returns a sentence on the hosts' TCP states, such as `Client is SYN-SENT, server is LISTEN.`; the states in a capture are called deduced.
 */
export const stateLines = ({hosts, states, language, view}: Scene): readonly string[] => {
  const isDeduced = states.some((state) => state?.deduced);
  if (!hasStates(view) && !isDeduced) return [];
  const words = hosts.flatMap(({name}, index) => {
    const state = states[index];
    return state ? [sentences.stands[language]({host: name, state: state.text})] : [];
  });
  if (words.length === 0) return [];
  const said = words.join(comma(language));
  const of = states.find((state) => state?.of !== undefined)?.of?.slice(1);
  return [asSentence(isDeduced ? sentences.deduced[language]({of, what: said}) : said, language)];
};

const timerLines = ({ladder, hosts, language}: Scene): string[] =>
  ladder.timers.map(({host, name, leftUs}) => {
    const left = spokenText(formatTime(leftUs), language);
    return asSentence(
      spokenSentences.timerLeft[language]({
        host: hosts.find(({id}) => id === host)?.name ?? host,
        ...{timer: name, left},
      }),
      language,
    );
  });

const addressLines = ({hosts, language}: Scene): string[] =>
  hosts.flatMap(({name, address}) =>
    address === '' ? [] : [asSentence(spokenSentences.addressOf[language]({host: name, address}), language)],
  );

/**
 * Returns the sentences that a focused panel speaks; none while it has nothing to show, such as the bytes before the first packet; if it
 * fails, the text on the failure.
 */
const spokenBy = ({name, title, start, spoken}: Focusable, view: View): readonly string[] => {
  const {playback, told} = view.input;
  const say = (): readonly string[] =>
    panelsByName.get(name)?.isAvailable(view) === false
      ? []
      : (spoken?.(view, playback.own[name] ?? start) ?? []);
  return told === undefined ? say() : guarded(say, (error) => told(worded(panelPart, {title}), error));
};

/**
 * Returns what a screen reader says of the focused panel: its title and its sentences; for the ladder the conditions, addresses, states and
 * timers.
 */
export const panelLines = (scene: Scene): readonly string[] => {
  const {view, language, conditions} = scene;
  const focused = focusedOf(view);
  if (focused === undefined) return [];
  const title = asSentence(focused.title[language], language);
  const spoken = spokenBy(focused, view);
  if (focused.name !== 'ladder') return [title, ...spoken];
  return [
    title,
    ended(conditions.map((each) => spokenText(each, language)).join(comma(language)), language),
    ...addressLines(scene),
    ...stateLines(scene),
    ...timerLines(scene),
  ];
};

/** Returns those sentences of the focused panel that it would not have spoken in the view `before`. */
export const panelNews = (before: View, after: View): readonly string[] => {
  const focused = focusedOf(after);
  if (focused === undefined) return [];
  const old = new Set(spokenBy(focused, before));
  return spokenBy(focused, after).filter((each) => !old.has(each));
};

/**
 * Returns what a screen reader says while a line is typed in the focused panel: the prompt at first, then what was added, and what is wrong
 * with the line.
 */
export const typingLines = (before: View, after: View): readonly string[] => {
  const {language} = after;
  const was = before.input.playback.typing;
  const now = after.input.playback.typing;
  const focused = focusedOf(after);
  if (now === undefined || focused?.typing === undefined) return [];
  const own = after.input.playback.own[focused.name] ?? focused.start;
  const prompt = was === undefined ? [asSentence(focused.typing.prompt(after, own)[language], language)] : [];
  const old = was?.text ?? '';
  if (now.text === old) return prompt;
  const problem = focused.typing.problem?.(after, now.text);
  const typed = now.text.startsWith(old) ? now.text.slice(old.length) : now.text;
  const heard =
    typed === '' ? spokenTexts.emptyLine[language] : typed === ' ' ? spokenTexts.space[language] : typed;
  return [
    ...prompt,
    ended(heard, language),
    ...(problem ? [asSentence(problem.message[language], language)] : []),
  ];
};
