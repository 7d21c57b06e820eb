import type { Reader } from './reader.js';

const GOVUK_PAY = 'https://publicapi.payments.service.gov.uk';

/** The key goes with every call, so that nothing but TLS will do off this machine. */
export function paymentsUrl(reader: Reader): string {
  const url = reader.url('PAYMENTS_URL', ['https:', 'http:']) ?? GOVUK_PAY;
  if (URL.canParse(url) && new URL(url).protocol === 'http:' && !/^(localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(url).hostname)) {
    reader.faults.push('PAYMENTS_URL: an address that begins with https:// where it is not on this machine');
  }
  return url;
}
