// What is told of TLS, judged by raw events: its handshake, tickets, early data, alerts, certificates and keys that leak.
import type {Facts} from '../../../source/account/told/facts.ts';
import type {Of} from './seen.ts';
import {leavesBehind} from './told-pages.ts';
import type {About, Claims, ToldRows} from './told-rows.ts';

const tlsNow = (said: About): Of<'tls'> | undefined => {
  const event = said.trace.event(said.n);
  return event.kind === 'tls' ? event : undefined;
};

const messagesSent = (said: About, host: string): readonly string[] =>
  said.tls(host).flatMap((what) => (what.kind === 'message' && what.op === 'sent' ? [what.name] : []));

const hello = ({host, by, more, waits}: Facts['hello'], said: About): Claims => {
  const event = tlsNow(said);
  const what = event?.what;
  return {
    'who says hello': event?.host === host,
    'which hello': what?.kind === 'message' && what.op === 'sent' && what.name === `${by}_hello`,
    'something leaves, or not': event && leavesBehind(said, event) !== waits,
    'so many go with it': messagesSent(said, host).length - 1 === more,
  };
};

/** On that connection, before this event. */
const earlyBefore = (said: About, {host, connection, n}: Of<'tls'>, op: 'offered' | 'accepted'): boolean =>
  said
    .ever('tls', host)
    .some(
      (event) =>
        event.n < n &&
        event.connection === connection &&
        event.what.kind === 'earlyData' &&
        event.what.op === op,
    );

const secured = ({host, version, resumed, early}: Facts['secured'], said: About): Claims => {
  const event = tlsNow(said);
  if (event?.what.kind !== 'established') return {'it is established': false};
  const {agreement} = event.what;
  return {
    'for whom': event.host === host,
    version: agreement.version === version,
    resumed: agreement.resumed === resumed,
    // RFC 9846 §4.6: EndOfEarlyData comes behind all of them, and before the client's Finished.
    'the server has read them':
      early === 'read'
        ? earlyBefore(said, event, 'accepted') && !earlyBefore(said, event, 'offered')
        : undefined,
    'the client goes by its word': early === 'said' ? earlyBefore(said, event, 'offered') : undefined,
    'whether there were any': (agreement.earlyData === 'accepted') === (early !== 'none'),
  };
};

const keepsTicket = ({host, lifetimeS}: Facts['keepsTicket'], said: About): Claims => {
  const event = tlsNow(said);
  return {
    'who keeps it': event?.host === host,
    ticket: event?.what.kind === 'session' && event.what.session.lifetimeS === lifetimeS,
  };
};

/** The record header of RFC 9846 §5.1 before a ClientHello, and the change_cipher_spec of its appendix E.4 behind it. */
const header = 5;
const changeCipherSpec = 6;

/** Behind ClientHello something has come on that connection by this time. */
const hasCome = (said: About, {host, connection}: Of<'tls'>): boolean => {
  const isOnIt = (event: {connection?: string | undefined; atUs: number}): boolean =>
    event.connection === connection && event.atUs <= said.atUs;
  const notes = said.ever('tls', host).filter(isOnIt);
  const before = notes.flatMap(({what}) => {
    if (what.kind === 'changeCipherSpec') return [changeCipherSpec];
    const isHello = what.kind === 'message' && what.op === 'received' && what.name === 'client_hello';
    return isHello ? [header + what.bytes.length] : [];
  });
  const later = said.future.flatMap((event) =>
    event.kind === 'deliver' && event.host === host && isOnIt(event) ? [event.bytes] : [],
  );
  const come = [
    ...said
      .ever('deliver', host)
      .filter(isOnIt)
      .map(({bytes}) => bytes),
    ...later,
  ];
  const sum = (lengths: readonly number[]): number => lengths.reduce((all, each) => all + each, 0);
  return sum(come) > sum(before);
};

/** Whose packet came there last: what a program makes of it may be an instant of its own. */
const lastFrom = (said: About, host: string): string => {
  const last = said.ever('arrive', host).findLast(({n}) => n < said.n);
  return (last && last.packet > 0 && said.trace.packet(last.packet).from) || 'nobody';
};

const offersBefore = (said: About, host: string): readonly Of<'tls'>[] =>
  said.earlier('tls', host).filter(({what}) => what.kind === 'earlyData' && what.op === 'offered');

const replays = (said: About, {host, replayed}: Facts['earlyData']): Claims => {
  if (!replayed) return {'who sends them has made them': offersBefore(said, lastFrom(said, host)).length > 0};
  return {
    'it offered them then': offersBefore(said, replayed.from).some(({atUs}) => atUs === replayed.atUs),
    'they come from another': lastFrom(said, host) !== replayed.from,
    'who sends them has made none': offersBefore(said, lastFrom(said, host)).length === 0,
  };
};

const earlyData = (facts: Facts['earlyData'], said: About): Claims => {
  const {host, what} = facts;
  const event = tlsNow(said);
  if (!event) return {'it happens': false};
  const op = event.what.kind === 'earlyData' ? event.what.op : undefined;
  const refused = event.what.kind === 'earlyRefused' ? event.what : undefined;
  const hasOffered = earlyBefore(said, event, 'offered');
  const isTaker = what === 'taken' || what === 'agreed';
  return {
    'to whom': event.host === host,
    'they are offered': what === 'offered' ? op === 'offered' : undefined,
    'it takes them': isTaker ? op === 'accepted' && !hasOffered : undefined,
    'they have come, or have not': isTaker ? hasCome(said, event) === (what === 'taken') : undefined,
    ...(what === 'taken' ? replays(said, facts) : {}),
    'it does not take them': what === 'refused' ? op === 'rejected' : undefined,
    'it hears that they are taken': what === 'heard' ? op === 'accepted' && hasOffered : undefined,
    'nobody has read them':
      what === 'unheard' || what === 'resent' ? refused?.again === (what === 'resent') : undefined,
    'none is a repetition': what === 'taken' ? undefined : facts.replayed === undefined,
  };
};

const hasLeaked = (said: About, host: string): boolean =>
  said.ever('call', host).some(({call}) => call === 'leakKey');

const recovers = ({host, client, server}: Facts['recovers'], said: About): Claims => {
  const event = tlsNow(said);
  const what = event?.what;
  return {
    'whose it is': event?.host === host,
    'it has leaked': hasLeaked(said, host),
    'what is read':
      what?.kind === 'recovered' && what.client.length === client && what.server.length === server,
  };
};

const recoversNot = ({host, why}: Facts['recoversNot'], said: About): Claims => {
  const event = tlsNow(said);
  return {
    'whose it is': event?.host === host,
    'it has leaked': hasLeaked(said, host),
    'why it opens nothing': event?.what.kind === 'unrecovered' && event.what.why === why,
  };
};

const alerts = ({host, name, sent, fatal, waits}: Facts['alerts'], said: About): Claims => {
  const event = tlsNow(said);
  if (event?.what.kind !== 'alert') return {'there is one': false};
  const {what} = event;
  return {
    'whose it is': event.host === host,
    alert: what.name === name,
    'sent or received': (what.op === 'sent') === sent,
    fatal: what.fatal === fatal,
    'it leaves, or waits': sent ? leavesBehind(said, event) !== waits : !waits,
  };
};

const distrusts = ({host, fault}: Facts['distrusts'], said: About): Claims => {
  const event = tlsNow(said);
  return {
    'who distrusts': event?.host === host,
    'what is wrong': event?.what.kind === 'pathFault' && event.what.fault === fault,
    'certificates have come': said
      .ever('tls', host)
      .some(({what}) => what.kind === 'message' && what.op === 'received' && what.name === 'certificate'),
  };
};

export const sealedTold = {
  ...{hello, secured, keepsTicket, earlyData, recovers, recoversNot, alerts, distrusts},
} satisfies ToldRows;
