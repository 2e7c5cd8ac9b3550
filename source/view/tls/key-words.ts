// What is said of keys: names, values, the message behind each, who knows it.

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

/** `names`: other ones than the short ones of a table. */
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

/** The thief is no host of the run, and has no name in it. */
export const knowerName = (host: string, {language, called}: Speech): string =>
  called(host) === thief ? eyesWords.watermark[language]({who: thief, host: ''}) : called(host);

/** Both ends say these. */
const saidByBoth: readonly string[] = ['Finished', 'KeyUpdate'];

export const madeText = ({name, sender}: Message, {language, called}: Speech): string =>
  keysWords.made[language]({
    end: saidByBoth.includes(name) ? called(sender) : undefined,
    message: name,
  });

/** `say` puts a host and the time at which it came to know together. */
export const knownTexts = (
  {knownBy}: KeyRow,
  speech: Speech,
  say: (host: string, time: string) => string,
): readonly string[] => knownBy.map(({host, atUs}) => say(knowerName(host, speech), formatTime(atUs)));

/** Why there are no keys to be seen. */
export const emptyText = (scene: KeyScene | undefined): Text =>
  scene?.empty ? eyesTexts[scene.empty] : scene ? keysTexts.clear : keysTexts.none;
