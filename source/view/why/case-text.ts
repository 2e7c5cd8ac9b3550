// Chooses, for *Why?*, the words for the case of a rule that applied, and fills in the facts of the event (lessons/data/rules.yaml).
import {spokenName} from '../../account/dns-parts.ts';
import {factNamed} from '../../account/reason.ts';
import {theHost} from '../../lesson/host-names.ts';
import type {Rule} from '../../lesson/rule.ts';
import {sameIn, type Text, worded} from '../../lesson/text.ts';
import type {Trace, TraceEvent} from '../../sim/trace.ts';
import type {Fact, Facts} from '../../stack/reason.ts';
import {rootName} from '../../wire/dns/name.ts';
import {inEvery} from '../../words/catalogue/language.ts';
import {factWords} from '../../words/catalogue/why.ts';
import {terminal} from '../../words/written.ts';

const spoken = (name: string): string => terminal.text(spokenName(name));

/** Returns a fact of an event (a number, a time, a DNS name …) as it is written in a sentence of *Why?*. */
export const factText = (fact: Fact): Text => {
  if (typeof fact !== 'object') return sameIn(terminal.text(`${fact}`));
  if ('domain' in fact) return sameIn(spoken(fact.domain));
  return worded(factWords.zone, {zone: spoken(fact.zone), root: fact.zone === rootName});
};

const optional = /\[([\w.]+):([^\]]*)\]/g;
const named = /\{([\w.]+)\}/g;

type Decided = {readonly case?: string | undefined; readonly facts?: Facts | undefined};

/**
 * Returns a text of a rule with the event's facts in place of `{name}`; `{host}` is the host of the event. A sentence `[name:…]` is left
 * out if its fact is missing.
 */
const filled = (trace: Trace, event: TraceEvent, {text, facts}: Decided & {readonly text: Text}): Text => {
  const said = (name: string): Text | undefined => {
    if (name === 'host') return theHost(trace, event.host);
    const fact = facts ? facts[name] : factNamed(trace, event, name);
    return fact === undefined ? undefined : factText(fact);
  };
  return inEvery((language) =>
    text[language]
      .replaceAll(optional, (_, name: string, sentence: string) => (said(name) ? sentence : ''))
      .replaceAll(named, (_, name: string) => said(name)?.[language] ?? ''),
  );
};

/**
 * Returns the rule with the clause, words and formula of the case that applied; the rule itself if it has no such case. `decided` gives the
 * case and its facts, by default those of the event.
 */
export const casedRule = (
  trace: Trace,
  event: TraceEvent,
  rule: Rule | undefined,
  decided: Decided = event,
): Rule | undefined => {
  const own = decided.case === undefined ? undefined : rule?.cases?.[decided.case];
  if (!rule || !own) return rule;
  const {text = rule.text} = own;
  return {...rule, ...own, text: filled(trace, event, {text, facts: decided.facts})};
};
