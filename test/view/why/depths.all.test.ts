// What *Why?* says first of the sends of every lesson's runs: plain words, as in the first lessons.
import {expect, test} from 'vitest';
import {viewOf} from '../../../source/view/view.ts';
import {firstDepth, whyAbout} from '../../../source/view/why/answer.ts';
import {languages} from '../../../source/words/catalogue/language.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {sharedData} from '../../helpers/kept-lessons.ts';
import {open, started} from '../player.ts';

const rules = new Map(sharedData().rules.map((each) => [each.id, each]));

/** Variables, clauses, identifiers, and what stands for a fact that was not filled in. */
const technical =
  /\b(snd|rcv|seg)\.|\bRFC\b|§|\b(TCB|ISN|MSS|cwnd|ssthresh|FlightSize)\b|\w_\w|[[{][\w.]+[:}]/;

const mostEach = 40;

test('the first depth of what is sent names no variable, no clause and no identifier', () => {
  let asked = 0;
  for (const each of allRuns()) {
    const trace = traceOf(each);
    const opened = open({trace, rule: (id) => rules.get(id)});
    const sends = [...trace.events()].filter(({kind}) => kind === 'send').slice(0, mostEach);
    for (const language of languages) {
      const playback = started({viewMs: opened.pacing.durationMs, language});
      const view = viewOf({...opened, playback, message: undefined});
      for (const {n} of sends) {
        const {paragraphs} = firstDepth(whyAbout(view, {kind: 'event', event: n}));
        expect(paragraphs.join('\n'), `${each.name} ${n}`).not.toMatch(technical);
        asked += 1;
      }
    }
  }
  expect(asked).toBeGreaterThan(5000);
});
