// The material of findings: everything that was read in a capture, or in one of its conversations.
import type {CaptureInspector} from '../observe/capture-inspector.ts';
import type {Shown} from '../observe/inspection-json.ts';
import type {ObservedConnection} from '../observe/observed-connection.ts';
import type {CapturedQuic} from '../observe/quic-captured.ts';
import {type Sights, sightsOf} from '../observe/sight.ts';
import type {CapturedTls} from '../observe/tls-captured.ts';
import {oncePer} from '../wire/once-per.ts';

export type Evidence = Omit<Shown, 'quic'> & {
  readonly inspector: CaptureInspector;
  readonly quic: readonly CapturedQuic[];
  /** What the capture can show; worked out from it if it is not given. */
  readonly sights?: Sights;
};

/** Returns what the capture can show, as a whole and of each connection. */
export const sightsIn: (evidence: Pick<Evidence, 'inspector' | 'sights'>) => Sights = oncePer(
  ({inspector, sights}: Pick<Evidence, 'inspector' | 'sights'>): Sights => sights ?? sightsOf(inspector),
);

const tlsByConnection = oncePer(
  ({tls}: Pick<Evidence, 'tls'>): ReadonlyMap<ObservedConnection, CapturedTls> =>
    new Map(tls.map((each) => [each.observed, each])),
);

/** Returns what was captured of the TLS on a TCP connection; undefined if it carries no TLS. */
export const tlsOn = (
  evidence: Pick<Evidence, 'tls'>,
  connection: ObservedConnection,
): CapturedTls | undefined => tlsByConnection(evidence).get(connection);
