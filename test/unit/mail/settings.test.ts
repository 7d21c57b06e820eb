import { describe, expect, test } from '@jest/globals';
import { smtpMailer } from '../../../adapters/smtp/mailer.js';
import { smtpSettings } from '../../../adapters/smtp/settings.js';

describe('the address of the mail server', () => {
  test.each([
    ['smtp://mail.example', { host: 'mail.example', port: 587, tls: 'starttls', auth: null }],
    ['smtps://mail.example', { host: 'mail.example', port: 465, tls: 'implicit', auth: null }],
    ['smtp://mail.example:2525?tls=required', { host: 'mail.example', port: 2525, tls: 'starttls', auth: null }],
    ['smtp://mail.example?tls=none', { host: 'mail.example', port: 587, tls: 'none', auth: null }],
    ['smtp://user%40x:p%2Fw%25@mail.example', { host: 'mail.example', port: 587, tls: 'starttls', auth: { user: 'user@x', pass: 'p/w%' } }],
    ['smtp://127.0.0.1:1025', { host: '127.0.0.1', port: 1025, tls: 'none', auth: null }],
    ['smtp://user:pass@localhost:1025', { host: 'localhost', port: 1025, tls: 'none', auth: { user: 'user', pass: 'pass' } }],
    ['smtp://[::1]:1025', { host: '::1', port: 1025, tls: 'none', auth: null }],
    ['smtp://127.0.0.1:1025?tls=required', { host: '127.0.0.1', port: 1025, tls: 'starttls', auth: null }],
    ['smtp://127.0.0.1.mail.example', { host: '127.0.0.1.mail.example', port: 587, tls: 'starttls', auth: null }],
  ])('%s', (url, settings) => {
    expect(smtpSettings(url)).toEqual(settings);
  });

  test.each([
    ['mail.example', 'not an address'],
    ['https://mail.example', 'begins with smtp:// or smtps://'],
    ['smtp://', 'host is missing'],
    ['smtp://mail.example?tls=maybe', 'tls is required or none'],
    ['smtp://mail.example?secure=true', 'only parameter is tls'],
    ['smtps://mail.example?tls=none', 'contradicts'],
    ['smtp://user:canary@mail.example?tls=none', 'not sent without TLS'],
    ['smtp://:canary@mail.example', 'needs a user'],
    ['smtp://user:%zzcanary@mail.example', 'percent'],
  ])('%s is refused, and not quoted', (url, fault) => {
    expect(() => smtpSettings(url)).toThrow(fault);
    expect(() => smtpSettings(url)).not.toThrow('canary');
  });

  test('the sender\'s address has to be a plain one', () => {
    const from = { name: 'Council', address: 'a@x.example, b@y.example' };
    expect(() => smtpMailer({ url: 'smtp://127.0.0.1', from, clock: () => new Date(0) })).toThrow('MAIL_FROM');
  });
});
