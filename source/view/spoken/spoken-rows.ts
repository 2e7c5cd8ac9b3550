// Describes the content of panels in sentences for a screen reader: TCP variables of both ends, packets, the states that hosts went
// through, fields.
import type {Language} from '../../lesson/text.ts';
import {captureTexts} from '../../words/catalogue/capture.ts';
import {playerTexts} from '../../words/catalogue/player.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {sentences, spokenSentences, spokenTexts} from '../../words/catalogue/spoken.ts';
import {fieldWords, spokenWords} from '../../words/catalogue/spoken-words.ts';
import {asSentence, carriedWords, ended, formulaLines, headed, packetWord} from '../../words/spoken.ts';
import {spokenList, spokenText} from '../../words/spoken-text.ts';
import {helpOf} from '../bytes/field-help.ts';
import type {InspectorRow} from '../bytes/inspector-rows.ts';
import {type InspectorState, selectedRow} from '../bytes/inspector-state.ts';
import {rowName, rowValue} from '../bytes/inspector-value.ts';
import type {PacketView} from '../bytes/inspector-view.ts';
import {triggerText} from '../diagram/diagram-edges.ts';
import {diagramAt} from '../diagram/observed-path.ts';
import {isWatched} from '../endpoints/observed.ts';
import {
  countYetToCome,
  type Endpoint,
  type EndpointValue,
  endpointsOf,
  isEmpty,
} from '../endpoints/scene-endpoints.ts';
import {observedNames} from '../endpoints/variables.ts';
import {unicodeGlyphs} from '../glyphs.ts';
import {type ListRow, listOf} from '../list/scene-list.ts';
import type {View} from '../view.ts';

const comma = (language: Language): string => punctuation.comma[language];

const only = (text: keyof typeof spokenTexts, language: Language): readonly string[] => [
  ended(spokenTexts[text][language], language),
];

/**
 * Returns a value as a screen reader speaks it. The sign for deduced values is left out, because one sentence mentions them for all; a
 * value that is only this sign is unknown.
 */
const seenWords = (text: string, language: Language): string => {
  const {deduced} = unicodeGlyphs;
  if (text === deduced) return captureTexts.unknown[language];
  if (text.endsWith(`×${deduced}`)) return spokenSentences.unscaled[language]({field: text.slice(0, -2)});
  return spokenText(text.replace(deduced, '').trim(), language);
};

const valueWords = ({name, text, changed}: EndpointValue, language: Language): string => {
  const value = text === '?' ? spokenWords.blank[language] : seenWords(text, language);
  return `${name} ${value}${changed ? `${comma(language)}${spokenTexts.changed[language]}` : ''}`;
};

const endpointLine = (endpoint: Endpoint, language: Language): string => {
  const {name, state, stateChanged, values, deduced} = endpoint;
  const stateWords = `${seenWords(state, language)}${stateChanged ? `${comma(language)}${spokenTexts.changed[language]}` : ''}`;
  const missing = deduced ? captureTexts.nothingSeen : spokenTexts.noTcb;
  const rest =
    values.length === 0 && (deduced || state === 'CLOSED')
      ? [missing[language]]
      : values.map((value) => valueWords(value, language));
  const stop = punctuation.semicolon[language];
  const stands = sentences.stands[language]({host: name, state: stateWords});
  const head = deduced ? spokenSentences.deducedThat[language]({sentence: stands}) : stands;
  return asSentence([head, ...rest].join(stop), language);
};

const whatWords = ({flags, said, seq}: ListRow, language: Language): string => {
  if (said !== undefined) return carriedWords(said, language);
  const words = spokenList(flags.split(','), language);
  if (words === '') return spokenWords.noFlags[language];
  return seq === undefined ? spokenText(words, language) : words;
};

/**
 * Returns a row of the packet list as a sentence: `Packet 2, sent at 50 milliseconds by server, SYN and ACK, sequence 9000, …, arrived at
 * 100 milliseconds.`
 */
const rowLine = (row: ListRow, language: Language): string => {
  const numbers = (['seq', 'ack', 'len', 'win'] as const).flatMap((name) => {
    const value = row[name];
    return value === undefined ? [] : [`${fieldWords[name]?.[language]} ${value}`];
  });
  const fate =
    row.fate === 'arrived' || row.fate === 'presumed'
      ? spokenSentences[row.fate === 'arrived' ? 'arrivedAt' : 'presumedAt'][language]({
          time: spokenText(row.fateText, language),
        })
      : spokenText(row.fateText, language);
  return asSentence(
    [
      packetWord(row.id, language),
      spokenSentences.sentBy[language]({time: spokenText(row.sent, language), host: row.from}),
      ...(row.to === undefined ? [] : [spokenSentences.sentTo[language]({host: row.to})]),
      whatWords(row, language),
      ...numbers,
      ...(row.treatmentText === '' ? [] : [row.treatmentText]),
      fate,
    ].join(comma(language)),
    language,
  );
};

/**
 * Returns sentences for a screen reader on the selected variable of an end, and on the formula by which it got its value; empty if none is
 * selected.
 */
const variableLines = ({name, values}: Endpoint, language: Language): readonly string[] =>
  values
    .filter(({selected}) => selected)
    .flatMap((value) => [
      headed('selected', `${name}${comma(language)}${valueWords(value, language)}`, language),
      // The first line of a variable's formula is spoken after its name, the other lines after its value.
      ...formulaLines(
        value.arithmetic.map((side, index) => `${index === 0 ? value.name : value.text} ${side}`),
        language,
      ),
    ]);

/** Returns sentences for a screen reader: one on each end of the connection with its variables, then those on the selected variable. */
export const spokenEndpoints = (view: View): readonly string[] => {
  const {language} = view;
  // All variables are spoken in a capture, because they are few; a screen reader need not leave any out for lack of room.
  const endpoints = endpointsOf(view, isWatched(view) ? observedNames.length : 0);
  if (endpoints === undefined) return only('noStates', language);
  if (isEmpty(endpoints)) {
    const words = countYetToCome(view) > 0 ? playerTexts.untoldValues : spokenTexts.noTcb;
    return [asSentence(words[language], language)];
  }
  return [
    ...endpoints.map((endpoint) => endpointLine(endpoint, language)),
    ...endpoints.flatMap((endpoint) => variableLines(endpoint, language)),
    ...(endpoints.some(({deduced}) => deduced) ? [captureTexts.notSeen[language]] : []),
  ];
};

/** Returns sentences for a screen reader, one on each packet of the list around the selected packet. */
export const spokenPackets = (view: View): readonly string[] => {
  const list = listOf(view);
  return list.length === 0
    ? only('noPackets', view.language)
    : list.map((row) => rowLine(row, view.language));
};

/** Returns a sentence for a screen reader on the selected packet, or that no packet has been sent yet. */
export const spokenSelection = (view: View): readonly string[] => {
  const row = listOf(view).find(({selected}) => selected);
  return row === undefined ? only('noPackets', view.language) : [rowLine(row, view.language)];
};

/**
 * Returns sentences for a screen reader on the TCP states that each host went through, such as `Client's way: CLOSED, SYN-SENT,
 * ESTABLISHED. It has just changed by SYN ACK.`
 */
export const spokenWays = (view: View): readonly string[] => {
  const {language} = view;
  const diagram = diagramAt(view);
  if (diagram === undefined) return only('noStates', language);
  return diagram.ends.map(({name, state, steps, fresh, deduced}) => {
    const [first] = steps;
    const states = first ? [first.from, ...steps.map(({to}) => to)] : [state];
    const words = states.map((each) => each ?? captureTexts.unknown[language]).join(comma(language));
    const told = spokenSentences[deduced ? 'deducedWayOf' : 'wayOf'];
    const way = asSentence(told[language]({host: name, states: words}), language);
    const trigger = fresh.at(-1)?.trigger ?? '';
    if (trigger === '') return way;
    const just = ended(
      spokenSentences.changedBy[language]({trigger: spokenText(triggerText(trigger, language), language)}),
      language,
    );
    return `${way}${punctuation.space[language]}${just}`;
  });
};

/**
 * Matches the names of packet fields whose values come from the packet, such as host names. They are spoken unchanged, because they contain
 * none of the program's signs, times or names.
 */
const foreignField =
  /^(http\.(?!time|request$|response$)|dns\.(qry|resp)\.name$|dns\.(ns|cname|txt|mx|srv|ptr|soa)|tls\.handshake\.extensions_(server_name|alpn_str)$|x509sat\.)/;

const fieldSpoken = ({field}: InspectorRow, value: string, language: Language): string =>
  field !== undefined && foreignField.test(field.name)
    ? value
    : spokenText(value.replace(/·+/g, ' '), language);

/**
 * Returns sentences for a screen reader on the selected field of a packet: its value, its meaning, its octets; if no row is selected, that
 * no packet has been sent.
 */
export const spokenField = (
  packet: PacketView,
  state: InspectorState,
  language: Language,
): readonly string[] => {
  const row = selectedRow(packet, state);
  if (row === undefined) return only('noPackets', language);
  const wording = {language, glyphs: unicodeGlyphs, relative: state.relative};
  const name = rowName(row, packet, state.relative);
  const isAsked = row.field !== undefined && packet.hidden.has(row.field.name);
  // The dots that stand for flags of 0 are shown on the screen but not spoken.
  const value = isAsked
    ? spokenWords.blank[language]
    : fieldSpoken(row, rowValue(row, packet, wording), language);
  const {meaning, wire, clause} = helpOf(row, packet, wording);
  const help = [meaning, wire, clause].filter((text) => text !== '').join(punctuation.space[language]);
  const colon = punctuation.colon[language];
  return [
    asSentence(`${packetWord(packet.id, language)}${comma(language)}${name}${colon}${value}`, language),
    ...(help === '' ? [] : [asSentence(spokenText(help, language), language)]),
  ];
};
