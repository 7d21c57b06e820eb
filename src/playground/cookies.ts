/**
 * The playground's two cookies: a session's id, and what a sign-in on its way knows the browser by. Their values are 256 random
 * bits and nothing else, so that writing and reading them needs no rules about what a value may hold.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { STAFF_SIGN_IN_SECONDS } from '../application/staff/sign-in.js';

/** 256 bits as base64url. */
const VALUE = /^[\w-]{43}$/;

export interface Cookie {
  /** What the browser sent; undefined where that is nothing that could be ours. */
  read(request: FastifyRequest): string | undefined;
  set(reply: FastifyReply, value: string): void;
  clear(reply: FastifyReply): void;
}

/**
 * @param secure whether browsers reach the gateway by https: they then send it by nothing else, and refuse one that came by less.
 * @param seconds how long the browser keeps it; without, until it is closed.
 */
function cookie(name: string, secure: boolean, seconds?: number): Cookie {
  const full = secure ? `__Secure-${name}` : name;
  const line = (value: string, age: number | undefined): string =>
    // Lax, not Strict: the browser comes back with it from the provider's site.
    [`${full}=${value}`, 'Path=/playground', 'HttpOnly', 'SameSite=Lax', ...(secure ? ['Secure'] : []), ...(age === undefined ? [] : [`Max-Age=${age}`])].join('; ');
  return {
    read(request) {
      const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
      const value = pairs.find((pair) => pair.startsWith(`${full}=`))?.slice(full.length + 1);
      return value !== undefined && VALUE.test(value) ? value : undefined;
    },
    set: (reply, value) => void reply.header('set-cookie', line(value, seconds)),
    clear: (reply) => void reply.header('set-cookie', line('', 0)),
  };
}

export const sessionCookie = (secure: boolean): Cookie => cookie('staff_session', secure);
export const signInCookie = (secure: boolean): Cookie => cookie('staff_sign_in', secure, STAFF_SIGN_IN_SECONDS);
