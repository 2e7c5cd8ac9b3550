// How a conversation other than a TCP connection turned out: whether all that was asked was answered, as far as its protocol shows it.
import {endpointText} from '../observe/capture-inspector.ts';
import type {DatagramConversation} from '../observe/datagrams.ts';
import type {DnsTransaction} from '../observe/dns-transactions.ts';
import type {CapturedQuic} from '../observe/quic-captured.ts';
import {byKey, grouped} from '../wire/grouped.ts';
import {oncePer} from '../wire/once-per.ts';
import {isNoError} from '../wire/quic/error-name.ts';
import type {Conversation} from './conversations.ts';
import {type Evidence, sightsIn} from './evidence.ts';
import {keyOf} from './finding.ts';
import {icmpAbout} from './icmp-told.ts';
import {type Outcome, patienceUs} from './outcome.ts';
import {addressOf} from './silent-servers.ts';

/** A question with its repetitions; `answerFrame` is undefined if the capture has no answer to any of them. */
type Asked = {
  readonly tries: number;
  readonly lastFrame: number;
  readonly lastUs: number;
  readonly answerFrame: number | undefined;
};

const roles = ['client', 'server'] as const;

const unknownAt = (frame: number): Outcome => ({id: 'unknown', by: 'unknown', frame, undone: null});

/** Returns the outcome of questions to `host`; `told` is the refusal that an ICMP error reports, undefined if there is none. */
const ofQuestions = (
  evidence: Evidence,
  all: readonly Asked[],
  {host, told}: {readonly host: string; readonly told: Outcome | undefined},
): Outcome => {
  const open = all.filter(({answerFrame}) => answerFrame === undefined);
  if (open.length === 0) {
    const frame = Math.max(...all.map(({answerFrame = 0}) => answerFrame));
    return {id: 'complete', by: 'server', frame, undone: null};
  }
  if (told) return told;
  const {latestUs} = evidence.inspector.file;
  const frame = Math.max(...open.map(({lastFrame}) => lastFrame));
  if (open.every(({tries, lastUs}) => tries < 2 && latestUs - lastUs < patienceUs))
    return {id: 'cut', by: 'unknown', frame, undone: 'response'};
  // If the file lacks a direction, a host of which it has nothing may have answered all the same.
  const {file, speaks} = sightsIn(evidence);
  if (!speaks(host) && file.directions === 'one') return unknownAt(frame);
  return {id: 'unanswered', by: 'server', frame, undone: 'response'};
};

/** The refusals that ICMP errors report, by what they are about. */
const toldIn = oncePer(({inspector}: Evidence): ReadonlyMap<string, Outcome> => {
  const told = new Map<string, Outcome>();
  for (const error of inspector.icmp.errors) {
    const {from, frame, quoted, mtu} = error;
    // A refused answer says nothing about its question, and what was too big is sent again in smaller pieces.
    if (!quoted || quoted.answers || mtu !== undefined) continue;
    const key = keyOf(icmpAbout(inspector, error));
    const by = from === quoted.to ? 'server' : 'path';
    if (!told.has(key)) told.set(key, {id: 'refused', by, frame, undone: null});
  }
  return told;
});

const toldOn = (evidence: Evidence, conversation: string): Outcome | undefined =>
  toldIn(evidence).get(keyOf({conversation}));

/** The refusals of UDP conversations, by the ends of these. */
const refusedEnds = oncePer((evidence: Evidence): ReadonlyMap<string, Outcome> => {
  const all = evidence.inspector.udp.all.flatMap(({id, ends}) => {
    const told = toldOn(evidence, `u${id}`);
    return told ? [[ends.map(endpointText).join(' '), told] as const] : [];
  });
  return new Map(all);
});

/** The DNS transactions by their ends, if over UDP, and by their name. */
const dnsIn = oncePer(({dns}: Evidence) => {
  const asked = dns.filter(({question}) => question !== undefined);
  const overUdp = asked.filter(({transport}) => transport === 'udp');
  return {
    byEnds: byKey(overUdp, ({client, server}) => `${client} ${server}`),
    byName: byKey(asked, ({question}) => question?.name.toLowerCase()),
  };
});

/** Returns the outcome of DNS questions; a question that the client repeats, also to another server, needs only one answer. */
const ofDns = (evidence: Evidence, all: readonly DnsTransaction[], told: Outcome | undefined): Outcome => {
  const keyOf = ({client, question}: DnsTransaction): string =>
    `${addressOf(client)} ${question?.type} ${question?.name.toLowerCase()}`;
  const asked = grouped(all, keyOf).map((alike): Asked => {
    const last = alike.at(-1) ?? alike[0];
    const {responseFrame: answerFrame} = alike.find((each) => each.responseFrame !== undefined) ?? last;
    return {tries: alike.length, lastFrame: last.queryFrame, lastUs: last.queryUs, answerFrame};
  });
  return ofQuestions(evidence, asked, {host: addressOf(all[0]?.server ?? ''), told});
};

/** Tells whether a request over HTTP/3 has no whole response although nobody cancelled it. */
const lacksResponse = ({http3}: CapturedQuic): boolean =>
  http3?.exchanges.some(({stream}) => !stream.hasFinished(1) && !stream.reset && !stream.stopSending) ??
  false;

const ofQuic = (evidence: Evidence, captured: CapturedQuic, {told, frame}: Known): Outcome => {
  const {isAnswered, closes, silence, lastUs, datagrams, ends, opened} = captured.connection;
  const undone = lacksResponse(captured) ? 'response' : null;
  const {told: close} = closes;
  if (close) {
    const by = roles[close.by];
    if (!opened && !isNoError(close)) return {id: 'refused', by, frame: close.frame, undone: null};
    const isDone = isNoError(close) && undone === null;
    return {id: isDone ? 'complete' : 'broken-off', by, frame: close.frame, undone};
  }
  if (!isAnswered) {
    const asked = {tries: datagrams, lastFrame: frame, lastUs, answerFrame: undefined};
    return ofQuestions(evidence, [asked], {host: addressOf(ends[1]), told});
  }
  // Without secrets nobody can tell whether the connection was closed.
  if (!opened) return unknownAt(frame);
  if (evidence.inspector.file.latestUs - lastUs < patienceUs)
    return {id: 'cut', by: 'unknown', frame, undone};
  const isLeft = silence !== undefined && silence.count >= enoughTries;
  if (isLeft) return {id: 'broken-off', by: 'unknown', frame, undone: undone ?? 'data'};
  return undone ? {id: 'unanswered', by: 'server', frame, undone} : unknownAt(frame);
};

/** The least number of datagrams without an answer after which an end counts as left by the other one. */
const enoughTries = 3;

/** What is known of a conversation before its protocol is looked at: the refusal by ICMP, and its last packet. */
type Known = {readonly told: Outcome | undefined; readonly frame: number};

const answersTo: Readonly<Record<string, readonly string[]>> = {
  Discover: ['Offer', 'ACK'],
  Request: ['ACK', 'NAK'],
  Inform: ['ACK'],
};

const ofDhcp = (evidence: Evidence, {ends}: DatagramConversation, {told, frame}: Known): Outcome => {
  const {dhcp, file} = evidence.inspector;
  const here = new Set(ends.map(({address}) => address));
  const own = new Set(dhcp.filter(({from, to}) => here.has(from) && here.has(to)).map(({xid}) => xid));
  const all = dhcp.filter(({xid}) => own.has(xid));
  const asking = all.filter(({type}) => type in answersTo);
  const asked = grouped(asking, ({type, clientHardware}) => `${type} ${clientHardware}`).map(
    (alike): Asked => {
      const last = alike.at(-1) ?? alike[0];
      const answer = all.find(
        ({type, clientHardware, frame: at}) =>
          answersTo[last.type]?.includes(type) &&
          clientHardware === last.clientHardware &&
          at > alike[0].frame,
      );
      const lastUs = file.times.at(last.frame);
      return {tries: alike.length, lastFrame: last.frame, lastUs, answerFrame: answer?.frame};
    },
  );
  if (asked.length === 0) return unknownAt(frame);
  const settled = all.findLast(({type}) => type === 'ACK' || type === 'NAK');
  if (settled?.type === 'NAK') return {id: 'refused', by: 'server', frame: settled.frame, undone: null};
  return ofQuestions(evidence, asked, {host: ends[1].address, told});
};

/** The order in which the outcomes of several QUIC connections between the same ports count, the first of them most. */
const gravest = ['refused', 'unanswered', 'broken-off', 'unknown', 'cut', 'complete'] as const;

const ofDatagrams = (evidence: Evidence, each: DatagramConversation, protocol: string): Outcome => {
  const [a, b] = each.ends.map(endpointText);
  const frame = Math.max(each.ways[0].newestFrame, each.ways[1].newestFrame);
  const told = toldOn(evidence, `u${each.id}`);
  if (protocol === 'quic') {
    const all = evidence.quic
      .filter(({conversation}) => conversation === each.id)
      .map((captured) => ofQuic(evidence, captured, {told, frame}));
    const worst = gravest.flatMap((id) => all.find((outcome) => outcome.id === id) ?? [])[0];
    if (worst) return worst;
  }
  if (protocol === 'dhcp') return ofDhcp(evidence, each, {told, frame});
  const {byEnds} = dnsIn(evidence);
  const dns = [...(byEnds.get(`${a} ${b}`) ?? []), ...(byEnds.get(`${b} ${a}`) ?? [])];
  return dns.length > 0 ? ofDns(evidence, dns, told) : (told ?? unknownAt(frame));
};

const ofName = (evidence: Evidence, name: string): Outcome => {
  const all = dnsIn(evidence).byName.get(name) ?? [];
  const refused = refusedEnds(evidence);
  const told = all.flatMap(({client, server}) => refused.get(`${client} ${server}`) ?? [])[0];
  return ofDns(evidence, all, told);
};

const ofTrace = (evidence: Evidence, index: number): Outcome => {
  const {icmp} = evidence.inspector;
  const trace = icmp.traces[index];
  const hops = trace?.hops ?? [];
  const arrived = hops.find((hop) => hop.arrived);
  const probes = [...icmp.ways.sent(`${trace?.from} ${trace?.to} ${trace?.by}`).values()];
  const lastFrame = Math.max(...probes.map(({frame}) => frame), ...hops.map(({frame}) => frame));
  const lastUs = Math.max(...probes.map(({atUs}) => atUs));
  const asked = {tries: 1, lastFrame, lastUs, answerFrame: arrived?.frame};
  return ofQuestions(evidence, [asked], {host: trace?.to ?? '', told: undefined});
};

/** The time in µs for which a ping goes on after a request that can be called unanswered. */
const laterUs = 1_000_000;

const ofPing = (evidence: Evidence, index: number): Outcome => {
  const {icmp} = evidence.inspector;
  const ping = icmp.echoes[index];
  if (!ping) return unknownAt(1);
  const {from, to, sent, answered, lastFrame, lastUs} = ping;
  const traced = icmp.traces.findIndex((each) => each.from === from && each.to === to && each.by === 'icmp');
  if (traced >= 0) return ofTrace(evidence, traced);
  if (answered >= sent) return {id: 'complete', by: 'server', frame: lastFrame, undone: null};
  const told = answered === 0 ? toldOn(evidence, `i${index + 1}`) : undefined;
  const open = icmp.unanswered(ping);
  const asked = open.length > 0 ? open : [{frame: lastFrame, atUs: lastUs}];
  const all = asked.map(({frame, atUs}): Asked => {
    // A host that answered a later request had time to answer this one.
    const isOver = answered === 0 ? sent > 1 : lastUs - atUs >= laterUs;
    return {tries: isOver ? 2 : 1, lastFrame: frame, lastUs: atUs, answerFrame: undefined};
  });
  return ofQuestions(evidence, all, {host: to, told});
};

const ofArp = (evidence: Evidence, index: number): Outcome => {
  const {arp} = evidence.inspector;
  const asked = arp.asked[index];
  if (!asked) return unknownAt(1);
  const {target, tries, lastFrame, lastUs, answered} = asked;
  if (!answered && (arp.isClaimed(target) || sightsIn(evidence).speaks(target))) return unknownAt(lastFrame);
  const answerFrame = answered ? lastFrame : undefined;
  return ofQuestions(evidence, [{tries, lastFrame, lastUs, answerFrame}], {host: target, told: undefined});
};

/** Returns how a conversation of the list turned out. */
export const conversationOutcome = (evidence: Evidence, {id, protocol, about}: Conversation): Outcome => {
  const index = Number(id.slice(1)) - 1;
  const datagrams = id.startsWith('u') ? evidence.inspector.udp.all[index] : undefined;
  if (datagrams) return ofDatagrams(evidence, datagrams, protocol);
  const [subject] = about;
  if (subject && 'name' in subject) return ofName(evidence, subject.name);
  if (id.startsWith('t')) return ofTrace(evidence, index);
  return id.startsWith('i') ? ofPing(evidence, index) : ofArp(evidence, index);
};
