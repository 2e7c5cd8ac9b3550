// The version of this build, which the build takes from package.json.

declare const PACKET_TUTOR_VERSION: string | undefined;

export const version = typeof PACKET_TUTOR_VERSION === 'string' ? PACKET_TUTOR_VERSION : 'development';
