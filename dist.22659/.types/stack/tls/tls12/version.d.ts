import type { ClientHello } from '../../../wire/tls/hello.ts';
import type { TlsServerSettings } from '../settings.ts';
type Versions = {
    readonly versions: readonly number[];
};
export declare const offers12: ({ versions }: Versions) => boolean;
export declare const offers13: ({ versions }: Versions) => boolean;
/** With supported_versions the field in front counts for nothing any more. */
export declare const clientVersions: ({ extensions, legacyVersion }: ClientHello) => readonly number[];
/** The highest that both speak counts, whatever the client likes most. */
export declare const answersBy12: (settings: TlsServerSettings, hello: ClientHello) => boolean;
export {};
