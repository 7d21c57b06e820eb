import type { Reader } from './reader.js';

/** What the demo's own legacy system and card provider are told. A port of 0 takes a free one. */
export interface SimulatorConfig {
  readonly sqlPort: number;
  readonly soapPort: number;
  /** Null: there is no control port. */
  readonly controlPort: number | null;
  /** Null: the landlord's own rows. */
  readonly rowsFile: string | null;
  readonly paymentsPort: number;
  /** How long after it was paid a payment is posted. */
  readonly postSeconds: number;
}

/** The settings of the simulator. */
export function simulatorOf(reader: Reader): SimulatorConfig {
  const port = (name: string): number => reader.port(name, 0);
  return {
    sqlPort: port('SIM_SQL_PORT'),
    soapPort: port('SIM_SOAP_PORT'),
    controlPort: reader.text('SIM_CONTROL_PORT') === null ? null : port('SIM_CONTROL_PORT'),
    rowsFile: reader.text('SIM_ROWS'),
    paymentsPort: port('SIM_PAYMENTS_PORT'),
    postSeconds: reader.number('SIM_PAYMENTS_POST_SECONDS', 60, 'seconds', 0, 86_400),
  };
}
