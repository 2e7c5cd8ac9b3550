// What *Why?* says by a rule of lessons/data/rules.yaml, as a message `rules.<id>` with its case and what was filled in: whoever imports
// this can ask `toSay` for those, too.
import type {Rule} from '../../source/lesson/rule.ts';
import {spaced, type Text} from '../../source/lesson/text.ts';
import type {Language} from '../../source/words/catalogue/language.ts';
import {addMessage, type Meaning} from './meaning.ts';
import {ruleTexts} from './tcp/rules.ts';

const place = /\[[\w.]+:([^\]]*)\]|\{([\w.]+)\}/;

const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** Returns the pattern of a text in which `{name}` is any words and `[name: …]` a sentence that may be left out. */
const sourceOf = (text: string): string => {
  const match = place.exec(text);
  if (!match) return literal(text);
  const {index, 0: whole, 1: sentence, 2: name = ''} = match;
  const filled =
    sentence === undefined ? ` ?(?<${name.split('.').at(-1)}>.+?) ?` : `(?:${sourceOf(sentence)})?`;
  return literal(text.slice(0, index)) + filled + sourceOf(text.slice(index + whole.length));
};

const add = (text: Text | undefined, meaning: Meaning): void => {
  for (const language of ['en', 'zh'] satisfies readonly Language[]) {
    const said = text?.[language] ?? '';
    if (said !== '') addMessage(place.test(said) ? new RegExp(sourceOf(said)) : spaced(said), meaning);
  }
};

const addRule = ({id, text, plain, cases = {}}: Rule): void => {
  const says = `rules.${id}`;
  for (const [name, own] of Object.entries(cases)) add(own.text, {says, case: name});
  add(text, {says});
  add(plain, {says, plain: true});
};

for (const rule of ruleTexts) addRule(rule);
