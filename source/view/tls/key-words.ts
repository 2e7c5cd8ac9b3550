// What is said of keys: names, values, the message behind each, who knows it.
import type {Text} from '../../lesson/text.ts';
import {cipherSuiteName} from '../../wire/tls/cipher-suites.ts';
import {groupName, versionName} from '../../wire/tls/registry.ts';
import {eyesTexts} from '../../words/catalogue/eyes.ts';
import {keysTexts, keysWords, placeWords} from '../../words/catalogue/keys.ts';
import {formatTime} from '../../words/format.ts';
import {displayName} from '../ladder/scene-hosts.ts';
import type {View} from '../view.ts';
import type {Chosen} from './connections.ts';
import type {KeyRow, KeyScene, Message} from './key-schedule.ts';

type Words = Pick<View, 'language'>;

export const chosenText = ({version, suite, group}: Chosen): string =>
  [versionName(version), cipherSuiteName(suite), group === undefined ? [] : groupName(group)]
    .flat()
    .join('  ');

export const keyName = ({place, update, differs, knownBy}: KeyRow, {language}: Words): string => {
  const plain = placeWords[place][language];
  const name = update === 0 ? plain : keysWords.update[language]({name: plain, times: update});
  const [first] = knownBy;
  return differs && first ? keysWords.ofOne[language]({name, host: displayName(first.host, language)}) : name;
};

/** Both ends say these. */
const saidByBoth: readonly string[] = ['Finished', 'KeyUpdate'];

export const madeText = ({name, sender}: Message, {language}: Words): string =>
  keysWords.made[language]({
    end: saidByBoth.includes(name) ? displayName(sender, language) : undefined,
    message: name,
  });

/** `say` puts a host and the time at which it came to know together. */
export const knownTexts = (
  {knownBy}: KeyRow,
  {language}: Words,
  say: (host: string, time: string) => string,
): readonly string[] => knownBy.map(({host, atUs}) => say(displayName(host, language), formatTime(atUs)));

/** Why there are no keys to be seen. */
export const emptyText = (scene: KeyScene | undefined): Text =>
  scene?.empty ? eyesTexts[scene.empty] : scene ? keysTexts.clear : keysTexts.none;
