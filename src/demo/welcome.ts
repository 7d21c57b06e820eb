import type { Gateway } from '../main.js';

/** What somebody who started the demo wants to know. */
export function welcome({ url, opsUrl, mailbox, demoAccounts: accounts, legacy, staffProvider, paymentStandIn }: Gateway): string {
  return [
    'This is the demo: an invented council, with the housing system simulated in this process.',
    `  Legacy SQL      127.0.0.1:${legacy?.sqlPort}, database housing, login gateway, password gateway`,
    `  Legacy SOAP     http://127.0.0.1:${legacy?.soapPort}/housing?wsdl`,
    ...(legacy?.controlPort === undefined ? [] : [`  Faults, ledger  http://127.0.0.1:${legacy.controlPort}`]),
    `  Mailbox         ${mailbox ? `${url}/demo/mailbox` : 'none: mail goes out by SMTP_URL'}`,
    `  Playground      ${url}/playground, for staff`,
    ...(staffProvider === null ? [] : [`  Staff sign-in   ${staffProvider.issuer}`]),
    ...(paymentStandIn ? [`  Card payments   ${paymentStandIn.url}, a stand-in: no money moves`] : []),
    `  Metrics         ${opsUrl}/metrics`,
    `  Health          ${url}/readyz`,
    'Demo accounts (identifier, password, who it is):',
    ...accounts.map(({ identifier, password, about }) => `  ${identifier}   ${password}\n      ${about}`),
    ...(staffProvider === null ? [] : ['Staff (user name, password, who it is):']),
    ...(staffProvider?.users ?? []).map(({ username, password, about }) => `  ${username}   ${password}\n      ${about}`),
    '',
  ].join('\n');
}
