// The panels of the player in sentences: the two hosts and what runs between them, their variables, the packets.
import type {Language} from '../lesson/lesson.ts';
import {focusedOf} from './arrange.ts';
import {formatTime} from './format.ts';
import type {Scene} from './scene.ts';
import {type Endpoint, type EndpointValue, endpointsOf} from './scene-endpoints.ts';
import {type ListRow, listOf} from './scene-list.ts';
import {packetWord} from './spoken-events.ts';
import {sentence, spokenList, spokenText} from './spoken-text.ts';
import {ended, sentences, spokenCounts, spokenTexts} from './text/spoken.ts';
import {fieldWords, spokenWords} from './text/spoken-words.ts';

const comma = (language: Language): string => (language === 'zh' ? '，' : ', ');

const line = (text: string, language: Language): string => ended(sentence(text, language), language);

const headingLine = (heading: keyof typeof spokenTexts, language: Language): string =>
  ended(spokenTexts[heading][language], language);

/** `Client is SYN-SENT, server is LISTEN.`; nothing for a capture, which has no states. */
export const stateLines = ({hosts, states, language}: Scene): readonly string[] => {
  const words = hosts.flatMap(({name}, index) => {
    const state = states[index];
    return state ? [sentences[language].stands(name, state.text)] : [];
  });
  return words.length === 0 ? [] : [line(words.join(comma(language)), language)];
};

const timerLines = ({ladder, hosts, language}: Scene): string[] =>
  ladder.timers.map(({onRight, name, leftUs}) => {
    const left = spokenText(formatTime(leftUs), language);
    return line(spokenCounts.timerLeft(hosts[onRight ? 1 : 0].name, name, left)[language], language);
  });

const addressLines = ({hosts, language}: Scene): string[] =>
  hosts.flatMap(({name, address}) =>
    address === '' ? [] : [line(spokenCounts.addressOf(name, address)[language], language)],
  );

const valueWords = ({name, text, changed}: EndpointValue, language: Language): string => {
  const value = text === '?' ? spokenWords.blank[language] : spokenText(text, language);
  return `${name} ${value}${changed ? `${comma(language)}${spokenTexts.changed[language]}` : ''}`;
};

const endpointLine = ({name, state, stateChanged, values}: Endpoint, language: Language): string => {
  const stateWords = `${state}${stateChanged ? `${comma(language)}${spokenTexts.changed[language]}` : ''}`;
  const rest =
    values.length === 0 ? [spokenTexts.noTcb[language]] : values.map((value) => valueWords(value, language));
  const stop = language === 'zh' ? '；' : '; ';
  return line([sentences[language].stands(name, stateWords), ...rest].join(stop), language);
};

/** `Packet 2, sent at 50 milliseconds by server, SYN and ACK, sequence 9000, …, arrived at 100 milliseconds.` */
const rowLine = (row: ListRow, language: Language): string => {
  const numbers = (['seq', 'ack', 'len'] as const).flatMap((name) => {
    const value = row[name];
    return value === undefined ? [] : [`${fieldWords[name]?.[language]} ${value}`];
  });
  const fate =
    row.fate === 'arrived'
      ? spokenCounts.arrivedAt(spokenText(row.fateText, language))[language]
      : spokenText(row.fateText, language);
  const flags = spokenList(row.flags.split(','), language);
  return line(
    [
      packetWord(row.id, language),
      spokenCounts.sentBy(spokenText(row.sent, language), row.from)[language],
      flags === ''
        ? spokenWords.noFlags[language]
        : row.seq === undefined
          ? spokenText(flags, language)
          : flags,
      ...numbers,
      ...(row.treatmentText === '' ? [] : [row.treatmentText]),
      fate,
    ].join(comma(language)),
    language,
  );
};

/** The packet that the reader has chosen. */
export const selectedLines = ({view, language}: Scene): readonly string[] => {
  const row = listOf(view).find(({selected}) => selected);
  return row === undefined ? [headingLine('noPackets', language)] : [rowLine(row, language)];
};

/** The panel that has the focus; one that has no words of its own says its name. */
export const panelLines = (scene: Scene): readonly string[] => {
  const {view, language, conditions} = scene;
  const {focus} = view.input.playback;
  switch (focus) {
    case 'ladder':
      return [
        headingLine('ladder', language),
        ended(conditions.map((each) => spokenText(each, language)).join(comma(language)), language),
        ...addressLines(scene),
        ...stateLines(scene),
        ...timerLines(scene),
      ];
    case 'endpoints': {
      const endpoints = endpointsOf(view);
      return [
        headingLine('endpoints', language),
        ...(endpoints === undefined
          ? [headingLine('noStates', language)]
          : endpoints.map((endpoint) => endpointLine(endpoint, language))),
      ];
    }
    case 'list': {
      const list = listOf(view);
      return [
        headingLine('packets', language),
        ...(list.length === 0
          ? [headingLine('noPackets', language)]
          : list.map((row) => rowLine(row, language))),
      ];
    }
    default:
      return [focusedOf(view)].flatMap((focused) =>
        focused ? [line(focused.title[language], language)] : [],
      );
  }
};
