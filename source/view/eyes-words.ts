// Names the observer whose view of a run is shown: a host, both ends, or somebody on the path.
import type {Actor, Eyes} from '../account/eyes.ts';
import {type Speech, theHost} from '../lesson/host-names.ts';
import type {Language} from '../lesson/text.ts';
import type {Trace} from '../sim/trace.ts';
import {eyesWords} from '../words/catalogue/eyes.ts';

const whoIs = (
  eyes: Eyes,
  called: (host: string) => string,
): {readonly who: 'ends' | 'eavesdropper' | 'thief' | 'host'; readonly host: string} =>
  typeof eyes === 'string' ? {who: eyes, host: ''} : {who: 'host', host: called(eyes.host)};

/**
 * Returns the name of a run's observer for use inside a sentence. For a capture, both ends together are called the capture, because nothing
 * else is known of them.
 */
export const eyesText = (eyes: Eyes, trace: Trace, language: Language): string => {
  const isCaptured = eyes === 'ends' && trace.header.profile === 'capture';
  return eyesWords.seen[language](
    isCaptured ? {who: 'capture', host: ''} : whoIs(eyes, (host) => theHost(trace, host)[language]),
  );
};

/** Returns a short note for the screen's first row that names the observer, if that observer does not see everything. */
export const watcherText = (actor: Actor, {language, called}: Speech): string =>
  eyesWords.watermark[language](whoIs(actor, called));
