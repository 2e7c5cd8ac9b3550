// What is told of ICMP, ECN, links and hosts that go down, judged by raw events.
import type {TraceEvent} from '../../../source/sim/trace.ts';
import {hasFlag} from '../../../source/wire/tcp.ts';
import {isWith} from './acts.ts';
import type {Of, Seen} from './seen.ts';
import type {ToldRows} from './told-rows.ts';
import {ipOf} from './told-thing.ts';

type Ends = {readonly host: string; readonly peer: string};

const isMarked = (said: Seen, host: string): boolean =>
  said.now('arrive', host).some(({packet, altered}) => {
    const frame = altered ?? (packet > 0 ? said.trace.packet(packet).frame : undefined);
    return frame?.payload.kind === 'ip' && (frame.payload.packet.trafficClass & 3) === 3;
  });

/** The change of a link in this instant, by the script. */
const linkChanges = (said: Seen, {host, peer}: Ends) =>
  said
    .now('call')
    .flatMap(({action}) => (action.call === 'setLink' ? [action] : []))
    .filter(({link}) => {
      const ends: readonly string[] = said.trace.header.links.find(({name}) => name === link)?.between ?? [];
      return host !== peer && ends.includes(host) && ends.includes(peer);
    });

/** What has left over that link, and has neither come nor died by now, comes; and there is such a thing. */
const stillArrives = (said: Seen, {host, peer}: Ends): boolean => {
  const ends = [host, peer];
  const isEnd = (event: TraceEvent): boolean =>
    (event.kind === 'arrive' || event.kind === 'drop') && ends.includes(event.host);
  const isOf =
    ({packet, hop}: Of<'send'>) =>
    (event: TraceEvent): boolean =>
      'packet' in event && event.packet === packet && 'hop' in event && event.hop === hop;
  const flying = said
    .ever('send')
    .filter((send) => ends.includes(send.host) && ends.includes(send.to))
    .filter((send) => !said.past.filter(isEnd).some(isOf(send)));
  return (
    flying.length > 0 &&
    flying.every((send) => said.future.some((event) => event.kind === 'arrive' && isOf(send)(event)))
  );
};

/** An error that comes to this host, and by whom it was made. */
const icmpNow = (said: Seen, host: string) =>
  said.now('arrive', host).flatMap(({packet}) => {
    const ip = ipOf(said, packet);
    if (ip?.transport.kind !== 'icmp') return [];
    const {from, sendEvent} = said.trace.packet(packet);
    const {instant} = said.trace.event(sendEvent);
    const {type, code} = ip.transport.message;
    return [{from, instant, type, code, v6: ip.src.includes(':')}];
  });

/** Whoever turns something away does so in the instant in which the error leaves. */
const isFiltered = (said: Seen, instant: number): boolean =>
  said.past.some(
    (event) => event.kind === 'drop' && event.reason === 'firewall' && event.instant === instant,
  );

const errorNow = (said: Seen, host: string): string | undefined =>
  said.now('signal', host).find(({signal}) => signal.startsWith('E'))?.signal;

/** Over UDP: whose question or answer was turned away, and whether its timer goes on. */
const waitsOn = (said: Seen, waits: {readonly host: string; readonly atUs: number}, host: string) => {
  const own = [...said.instant, ...said.future.filter(({atUs}) => atUs === said.atUs)];
  const isDone = own.some(
    (event) => event.host === host && (event.kind === 'app-timer' || event.kind === 'answer'),
  );
  return {
    'its timer runs': said.running(waits.host).some(({dueUs}) => dueUs === waits.atUs),
    'nothing else is done': !isDone,
    'it waits still': waits.atUs > said.atUs,
  };
};

type Had = 'connections' | 'listener' | 'nothing';

const tcpAt = (said: Seen, host: string, n: number) => said.trace.stateAt(n)?.hosts[host]?.tcp;

const hadAt = (said: Seen, host: string, n: number): Had => {
  const tcp = tcpAt(said, host, n);
  if ((tcp?.connections.size ?? 0) > 0) return 'connections';
  return (tcp?.listeners.size ?? 0) > 0 ? 'listener' : 'nothing';
};

/** A program that listens again needs no word. */
const lostBy = (said: Seen, host: string, back: boolean): Had => {
  if (!back) return hadAt(said, host, said.before.length);
  const crash = said.earlier('call', host).findLast(({call}) => call === 'crash');
  const had = hadAt(said, host, (crash?.n ?? 1) - 1);
  return had === 'listener' && (tcpAt(said, host, said.n)?.listeners.size ?? 0) > 0 ? 'nothing' : had;
};

export const networkRows = {
  icmp: ({host, peer, filtered, noted, type, code, v6, error, waits}, said) => {
    const [come] = icmpNow(said, host);
    return {
      'ICMP comes': come !== undefined,
      'from whom': come?.from === peer,
      'is it a firewall': come && isFiltered(said, come.instant) === filtered,
      'type and code': come?.type === type && come.code === code,
      'of which version': come?.v6 === v6,
      'what a program gets': errorNow(said, host) === error,
      'no state ends': noted ? said.now('state', host).length === 0 : undefined,
      'does TCP go on': noted === said.instant.some(({because}) => because === '1122:4.2.3.9/soft/keep'),
      ...(waits ? waitsOn(said, waits, host) : {}),
    };
  },
  echoesMark: ({host, peer}, said) => ({
    'a marked packet comes': isMarked(said, host),
    'from whom': isWith(said, {host, peer}),
    'it answers with ECE': said
      .sentInAll(host)
      .filter(({event}) => event.n >= said.n)
      .slice(0, 1)
      .every(({segment}) => hasFlag(segment, 'ECE')),
  }),
  heedsEcho: ({host, ssthresh}, said) => ({
    'ECE comes': said.came(host).some(({segment}) => hasFlag(segment, 'ECE')),
    'ssthresh is that': said.connections(host, 'after').some((each) => each.ssthresh === ssthresh),
    'it was more': said.connections(host, 'before').some((each) => each.ssthresh > ssthresh),
    'nothing is sent again': said.now('send', host).every(({retransmission}) => !retransmission),
  }),
  link: ({host, peer, passes, underWay}, said) => {
    const changes = linkChanges(said, {host, peer}).map(({change}) => change);
    return {
      'taken or given back': changes.some(({up, loss}) =>
        passes ? up === true || loss === 0 : up === false || loss === 1,
      ),
      'does the rest arrive': stillArrives(said, {host, peer}) === underWay,
    };
  },
  crashes: ({host, back, had}, said) => ({
    'down or back': said.now('call', host).some(({call}) => call === (back ? 'reboot' : 'crash')),
    'what there was': lostBy(said, host, back) === had,
  }),
} satisfies ToldRows;
