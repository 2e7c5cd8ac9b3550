// What a resolver is said to do, by the flags of the query that leaves with it (RFC 1034 §4.3.1): RD asks somebody else for the whole answer.
import {expect, test} from 'vitest';
import {entriesOf} from '../../source/account/entries.ts';
import {dnsMessagesOf, packetOf} from '../../source/account/packet.ts';
import {rootName} from '../../source/wire/dns/name.ts';
import {appEventText} from '../../source/words/app-text.ts';
import {allRuns, traceOf} from '../helpers/all-runs.ts';

test.each(['base', 'chain', 'walk'])(
  'dns-iterative %s: whoever passes a question on asks no root',
  (name) => {
    const trace = traceOf(allRuns().find((each) => each.name === `dns-iterative ${name}`) ?? expect.fail());
    const starts = [...entriesOf(trace, 'note')].filter(
      ({note}) => note.kind === 'zone' && note.zone === rootName,
    );
    expect(starts.length).toBeGreaterThan(0);
    for (const start of starts) {
      const [sent] = [...entriesOf(trace, 'send')].filter(({n, host}) => n > start.n && host === start.host);
      const [query] = sent ? dnsMessagesOf(packetOf(trace, sent.packet)) : [];
      const passesOn = query?.flags.rd === true;
      expect(appEventText(start, 'en')).toBe(passesOn ? 'forwards the query' : 'asks the root servers');
      expect(appEventText(start, 'zh')).toBe(passesOn ? '把查询转给设定的上游服务器' : '去问根服务器');
    }
  },
);
