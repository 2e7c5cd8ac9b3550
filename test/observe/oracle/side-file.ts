// The side file of a capture, made of what tshark says of it and nothing of our own.
import type {Facts} from './facts.ts';
import {fileFacts} from './file-facts.ts';
import {messageFacts} from './messages.ts';
import {framesOf} from './tcp-frames.ts';
import {connectionsOf} from './tcp-story.ts';

/** Protocols whose messages are told. */
const told = ['dns', 'http', 'tls'];

export const sideFileOf = (file: string, keyLog: string | undefined): Facts => {
  const {packets, seconds, segments, others, protocols} = framesOf(file);
  const streams = connectionsOf(segments);
  const places = new Map(streams.map(({number}, index) => [number, index]));
  const filled = Object.fromEntries(Object.entries(others).filter(([, count]) => count > 0));
  return {
    ...fileFacts(file),
    packets,
    durationSeconds: Math.round(seconds * 1000) / 1000,
    connections: streams.map(({connection}) => connection),
    ...(Object.keys(filled).length > 0 && {alsoContains: filled}),
    // tshark takes its time to write them all.
    ...(told.some((name) => protocols.has(name)) &&
      messageFacts(file, keyLog, {places, http: protocols.has('http')})),
  };
};
