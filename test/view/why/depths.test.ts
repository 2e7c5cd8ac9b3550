// *Why?* in two depths: first a sentence for somebody in the first lesson, then, one key deeper, all that it says without depths.
import {expect, test} from 'vitest';
import {viewOf} from '../../../source/view/view.ts';
import {firstDepth, whyAbout} from '../../../source/view/why/answer.ts';
import {whyAsked} from '../../../source/view/why/asked.ts';
import type {Why} from '../../../source/view/why/scene-why.ts';
import {languages} from '../../../source/words/catalogue/language.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {sharedData} from '../../helpers/kept-lessons.ts';
import {open, started} from '../player.ts';

const {rules} = sharedData();
const rule = (id: string) => rules.find((each) => each.id === id);

/** What is no word of the first lesson: variables, clauses, and names of what only a derivation needs. */
const technical = /\b(snd|rcv|seg)\.|\bRFC\b|§|\b(TCB|ISN|MSS|cwnd|ssthresh|FlightSize|OPEN|SND|RCV)\b|\w_\w/;

const said = ({heading, paragraphs, formulas, rule: clause, myth, heldBack}: Why): string =>
  [heading, ...paragraphs, ...formulas.flat(), clause ?? '', ...myth, ...heldBack].join('\n');

const runs = allRuns().filter(({name}) => /^(first-packet|handshake) /.test(name));

test('the first depth of all that happens in the first two lessons names no variable and no clause', () => {
  expect(runs.length).toBeGreaterThan(4);
  const seen = new Set<string>();
  for (const each of runs) {
    const trace = traceOf(each);
    const opened = open({trace, rule});
    for (const language of languages) {
      const playback = started({viewMs: opened.pacing.durationMs, language});
      const view = viewOf({...opened, playback, message: undefined});
      for (const {n, kind, because} of trace.events()) {
        const about = {kind: 'event', event: n} as const;
        const first = firstDepth(whyAbout(view, about));
        const where = `${each.name} ${n} ${kind} ${because}`;
        expect(first.more, where).toBe(true);
        expect(said(first), where).not.toMatch(technical);
        seen.add(because ?? '');
      }
      for (let id = 1; id <= trace.packetCount; id += 1)
        expect(said(firstDepth(whyAbout(view, {kind: 'packet', packet: id})))).not.toMatch(technical);
    }
  }
  expect(seen.size).toBeGreaterThan(20);
});

/** What *Why?* says first by a rule: its plain sentence, or else its texts. */
const saidFirst = ({plain, text, cases = {}}: (typeof rules)[number]) =>
  plain ? [plain] : [text, ...Object.values(cases).flatMap((each) => each.text ?? [])];

test('what a rule says first names no variable and no clause, and is short', () => {
  expect(rules.length).toBeGreaterThan(500);
  for (const each of rules)
    for (const {en, zh} of saidFirst(each)) {
      expect(`${en}\n${zh}`, each.id).not.toMatch(technical);
      expect(en.length, en).toBeLessThan(each.plain ? 170 : 231);
      expect(zh.length, zh).toBeLessThan(each.plain ? 85 : 116);
    }
});

test('the second depth is what is said without depths, and a rule without a plain sentence opens with its text', () => {
  const [first] = runs;
  if (!first) throw new Error('there is no run');
  const opened = open({trace: traceOf(first), rule});
  const asked = (plainFirst: boolean, deep?: true, rules = rule) => {
    const why = {event: 5, ...(deep ? {deep} : {})};
    const playback = started({viewMs: opened.pacing.durationMs, plainFirst, why});
    return whyAsked(viewOf({...opened, rule: rules, playback, message: undefined}));
  };
  const full = asked(false);
  expect(full.paragraphs).toEqual([rule('9293:3.10.1/open/active')?.text.en]);
  expect(full.formulas.length).toBeGreaterThan(1);
  expect(full.rule).toMatch(/^RFC 9293 §3\.10\.1/);
  expect(asked(true, true)).toEqual(full);
  const plain = asked(true);
  expect(plain.paragraphs).toEqual([rule('9293:3.10.1/open/active')?.plain?.en]);
  expect([plain.formulas, plain.rule, plain.causedBy]).toEqual([[], undefined, undefined]);
  // Where `<` and `>` lead stays.
  expect([plain.previous, plain.next]).toEqual([full.previous, full.next]);
  const bare = (id: string) => {
    const {plain: _, ...found} = rule(id) ?? expect.fail(id);
    return found;
  };
  const text = asked(true, undefined, bare);
  expect(text.paragraphs).toEqual([rule('9293:3.10.1/open/active')?.text.en]);
  expect([text.formulas, text.rule, text.more]).toEqual([[], undefined, true]);
});
