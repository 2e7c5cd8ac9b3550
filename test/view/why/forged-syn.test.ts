// *Why?* of a SYN in a capture: whether a program stands behind it nobody on the path can tell (RFC 4987 §2.2; RFC 9293 §3.5.2).
import {describe, expect, test} from 'vitest';
import {loadData} from '../../../source/lesson/load-data.ts';
import type {Language} from '../../../source/lesson/text.ts';
import {viewOf} from '../../../source/view/view.ts';
import {whyOf} from '../../../source/view/why/scene-why.ts';
import {encodePcap} from '../../../source/wire/pcap/writer.ts';
import {traceOfFile} from '../../helpers/captured.ts';
import {dataFile} from '../../helpers/data-file.ts';
import {framesOf, type Passed} from '../../helpers/passed-capture.ts';
import {open, started} from '../player.ts';
import '../../helpers/rule-meaning.ts';

const data = loadData({rules: dataFile('rules')});
const rules = data.ok ? data.value.rules : [];

describe('a SYN that has been answered', () => {
  const syn: Passed = {atMs: 0, by: 'client', flags: 'S', seq: 1000};
  const answer = (atMs: number): Passed => ({atMs, by: 'server', flags: 'SA', seq: 9000, ack: 1001});
  const says = (atMs: number, flags: string): Passed => ({
    ...{atMs, by: 'client', flags, seq: flags === 'S' ? 1000 : 1001},
    ...(flags === 'A' ? {ack: 9001} : {}),
  });
  const reasons = (passed: readonly Passed[], language: Language = 'en'): string => {
    const trace = traceOfFile(Buffer.concat([...encodePcap(1, framesOf(passed))]), 'made.pcap');
    const opened = open({trace, rule: (id) => rules.find((rule) => rule.id === id)});
    const view = viewOf({...opened, playback: started({language, viewMs: 1e9}), message: undefined});
    const states = [...trace.events()].filter((event) => event.kind === 'state' && event.to === 'SYN-SENT');
    return [trace.packet(1).sendEvent, ...states.map(({n}) => n)]
      .map((event) => whyOf(view, event).paragraphs.join(' '))
      .join('\n');
  };
  const silent = [syn, answer(10), answer(1010), answer(3010)];

  // RFC 4987 §2.2: whoever has that address asked for nothing; RFC 9293 §3.5.2: a host that asked for nothing answers with RST.
  test('and behind which nobody speaks may be forged', () => {
    const en = reasons(silent).split('\n');
    expect(en.length).toBe(2);
    for (const each of en) {
      expect(each).toSay({says: 'capture.oneOfTwo'});
      expect(each).toSay({says: 'rules.9293:3.10.1/open/active', case: undefined});
      expect(each).toSay({says: 'rules.4987:2.2/forged-source'});
    }
  });

  test.each([
    ['whose answer is acknowledged', [syn, answer(10), says(20, 'A'), answer(3010)]],
    ['whose address asked nothing', [syn, answer(10), says(20, 'R'), answer(3010)]],
    ['which comes again', [syn, answer(10), says(1000, 'S'), answer(3010)]],
    ['a moment ago', [syn, answer(10)]],
    ['by nobody', [syn, says(1000, 'S'), says(3000, 'S')]],
  ] satisfies readonly (readonly [string, readonly Passed[]])[])('%s: a program is enough', (_, passed) => {
    const told = reasons(passed);
    expect(told).toSay({says: 'rules.9293:3.10.1/open/active', case: undefined});
    expect(told).not.toSay({says: 'rules.4987:2.2/forged-source'});
  });
});
