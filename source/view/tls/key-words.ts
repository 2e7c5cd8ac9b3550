// Writes the texts on keys of TLS: names, values, the message after which each was made, who knows it.

import type {Speech} from '../../lesson/host-names.ts';
import {type Text, textOf} from '../../lesson/text.ts';
import {cipherSuiteName} from '../../wire/tls/cipher-suites.ts';
import {groupName, versionName} from '../../wire/tls/registry.ts';
import {eyesTexts, eyesWords} from '../../words/catalogue/eyes.ts';
import {keysTexts, keysWords, placeWords} from '../../words/catalogue/keys.ts';
import {formatTime} from '../../words/format.ts';
import type {Chosen} from './connections.ts';
import {type KeyRow, type KeyScene, type Message, thief} from './key-schedule.ts';

export const chosenText = ({version, suite, group}: Chosen): string =>
  [versionName(version), cipherSuiteName(suite), group === undefined ? [] : groupName(group)]
    .flat()
    .join('  ');

/**
 * Returns the display name of a TLS key; `names` gives names that replace the short ones of a table, by the key's place in the key
 * schedule.
 */
export const keyName = (
  {place, update, differs, knownBy}: KeyRow,
  {language, called}: Speech,
  names: {readonly [place: string]: Text} = {},
): string => {
  const plain = (textOf(names, place) ?? placeWords[place])[language];
  const name = update === 0 ? plain : keysWords.update[language]({name: plain, times: update});
  const [first] = knownBy;
  return differs && first ? keysWords.ofOne[language]({name, host: called(first.host)}) : name;
};

/** Returns the name of a host; for the thief, who is no host of the run, the name of an observer. */
export const knowerName = (host: string, {language, called}: Speech): string =>
  called(host) === thief ? eyesWords.watermark[language]({who: thief, host: ''}) : called(host);

/** The handshake messages that both ends send, so that their sender has to be named. */
const saidByBoth: readonly string[] = ['Finished', 'KeyUpdate'];

export const madeText = ({name, sender}: Message, {language, called}: Speech): string =>
  keysWords.made[language]({
    end: saidByBoth.includes(name) ? called(sender) : undefined,
    message: name,
  });

/** Returns one text for each host that knows a TLS key; `say` joins the host's name and the time since when it knows the key. */
export const knownTexts = (
  {knownBy}: KeyRow,
  speech: Speech,
  say: (host: string, time: string) => string,
): readonly string[] => knownBy.map(({host, atUs}) => say(knowerName(host, speech), formatTime(atUs)));

/** Returns a text on why the panel of TLS keys is empty. */
export const emptyText = (scene: KeyScene | undefined): Text =>
  scene?.empty ? eyesTexts[scene.empty] : scene ? keysTexts.clear : keysTexts.none;
