// Describes the network below TCP in sentences: addresses leased by DHCP, and traced routes.

import {madeOf, type Text, worded} from '../../lesson/text.ts';
import type {CaptureInspector} from '../../observe/capture-inspector.ts';
import type {Hop, TracedWay} from '../../observe/icmp-stories.ts';
import {grouped} from '../../wire/grouped.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {storyTexts as say} from '../../words/catalogue/story.ts';
import {formatTime} from '../../words/format.ts';
import {drewText, hopsTo} from './network-lines.ts';
import {when} from './when.ts';

/** Lists the answers that probes of traceroute got, each kind once. */
const drewTexts = (hops: readonly Hop[]): Text =>
  madeOf([], (language) =>
    [...new Set(hops.map(({drew}) => drewText(drew)[language]))].join(punctuation.listComma[language]),
  );

/** The most destinations of traced routes that are named; routes to more are counted. */
const mostWays = 2;

const tracedTexts = (traces: readonly TracedWay[]): readonly Text[] => {
  const ends = grouped(traces, ({from, to}) => `${from} ${to}`);
  if (ends.length > mostWays) return [worded(say.traced, {count: ends.length})];
  return ends.map((all) => {
    const [first] = all;
    const {to} = first;
    const way = hopsTo(first);
    const reached = way.at(-1)?.arrived === true;
    const ends = all.flatMap((each) => hopsTo(each).filter(({arrived}) => arrived));
    return worded(say.way, {
      ...{to, by: all.map(({by}) => by.toUpperCase()), hops: way.map(({from}) => from), reached},
      routers: drewTexts(all.flatMap(hopsTo).filter(({arrived}) => !arrived)),
      ends: drewTexts(ends),
    });
  });
};

export const networkTexts = ({dhcp, icmp}: CaptureInspector): readonly Text[] => {
  const leases = dhcp.filter(({type}) => type === 'ACK');
  const leased = leases.at(-1);
  // The number of times that the last lease was renewed: how often the same client got the same address again (RFC 2131 §4.4.5).
  const renewed =
    leases.filter(
      ({yourAddress, clientHardware}) =>
        yourAddress === leased?.yourAddress && clientHardware === leased.clientHardware,
    ).length - 1;
  const released = dhcp.some(
    ({type, clientHardware}) => type === 'Release' && clientHardware === leased?.clientHardware,
  );
  return [
    ...when(leased, ({yourAddress: address, leaseSeconds}) =>
      worded(say.leased, {
        ...{address, renewed, released},
        lease: leaseSeconds === undefined ? undefined : formatTime(leaseSeconds * 1e6),
      }),
    ),
    ...tracedTexts(icmp.traces),
    ...when(icmp.pings.length > 0, () =>
      worded(say.pinged, {
        count: icmp.pings.length,
        silent: icmp.pings.filter((each) => each.answered === 0).length,
      }),
    ),
  ];
};
