// The names by which a host distinguishes its applications.

/** A server over TLS, named by its port, because a host may have several. */
export type HttpsName = `https:${number}`;
export type AppName = 'dns' | 'http' | HttpsName;

/** Tells whether an application, or its state, speaks HTTP, with or without TLS. */
export const isHttp = <A extends {readonly app: AppName}>(
  each: A,
): each is Extract<A, {readonly app: 'http' | HttpsName}> =>
  each.app === 'http' || each.app.startsWith('https:');
