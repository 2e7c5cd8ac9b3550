// The version of this build; the build puts package.json's in.

declare const PACKET_TUTOR_VERSION: string | undefined;

export const version = typeof PACKET_TUTOR_VERSION === 'string' ? PACKET_TUTOR_VERSION : 'development';
