// Writes the sentences of findings about DNS lookups.
import {worded} from '../../lesson/text.ts';
import type {FactsOf} from '../../verdict/facts.ts';
import type {NamesId} from '../../verdict/ids.ts';
import {namesTexts as say} from '../../words/catalogue/findings.ts';
import {formatTime} from '../../words/format.ts';
import type {Writers} from './writers.ts';

/** Returns a DNS server's address as text, without the port if it is 53. */
const plain = (server: string): string => server.replace(/:53$/, '');

const told = <Facts extends {readonly server: string}>(facts: Facts): Facts => ({
  ...facts,
  server: plain(facts.server),
});

/**
 * Returns the facts of a finding on DNS with both servers written without the port 53. `helper` is the other server that answered in the
 * end; undefined if none did.
 */
const helped = <Facts extends {readonly server: string; readonly helper: string | undefined}>(
  facts: Facts,
): Facts => ({...told(facts), helper: facts.helper && plain(facts.helper)});

/** Returns what shows that a DNS answer was forged; `open` if there is another possible explanation. */
const forgeryOf = ({kind, open, hops}: FactsOf<'dns-forged'>): 'guesses' | 'open' | 'hops' | 'second' => {
  if (kind === 'guesses') return kind;
  if (open) return 'open';
  return hops ? 'hops' : 'second';
};

export const namesWriters: Writers<NamesId> = {
  'dns-slow': ({facts}) =>
    worded(say['dns-slow'], {...told(facts), first: plain(facts.first), us: formatTime(facts.us)}),
  'dns-server-silent': ({facts}) => worded(say['dns-server-silent'], helped(facts)),
  'dns-truncated-tcp-blocked': ({facts}) => worded(say['dns-truncated-tcp-blocked'], told(facts)),
  'dns-search-list': ({facts}) => worded(say['dns-search-list'], facts),
  'dns-nxdomain': ({facts}) => worded(say['dns-nxdomain'], helped(facts)),
  'dns-servfail': ({facts}) => worded(say['dns-servfail'], helped(facts)),
  'dns-refused': ({facts}) => worded(say['dns-refused'], helped(facts)),
  'dns-forged': ({facts}) =>
    worded(say['dns-forged'], {
      ...told(facts),
      how: forgeryOf(facts),
      first: facts.first ?? '',
      second: facts.first && facts.second,
    }),
  'dns-malformed': ({facts}) => worded(say['dns-malformed'], told(facts)),
  'dns-failed': ({facts}) => worded(say['dns-failed'], helped(facts)),
  'dns-signature': ({facts}) => worded(say['dns-signature'], {...facts, tag: `${facts.tag}`}),
  'dns-unanswered': ({facts}) => worded(say['dns-unanswered'], told(facts)),
  'dns-odd-reply': ({facts}) => worded(say['dns-odd-reply'], {...told(facts), from: plain(facts.from)}),
  'dns-cookie': ({facts}) => worded(say['dns-cookie'], told(facts)),
  'dns-truncated': ({facts}) => worded(say['dns-truncated'], told(facts)),
};
