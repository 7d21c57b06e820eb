import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { AccountResolver } from './account.resolver.js';
import { AuditResolver } from './audit.resolver.js';
import { DeliveryResolver } from './delivery.resolver.js';
import { ChangeResolver, PendingChangesResolver } from './change.resolver.js';
import { IdentityResolver } from './identity.resolver.js';
import { LandlordResolver, PhoneLineResolver } from './landlord.resolver.js';
import { PasswordResolver } from './password.resolver.js';
import { PaymentResolver } from './payment.resolver.js';
import { RegistrationResolver } from './registration.resolver.js';
import { RepairGuideResolver } from './repair-guide.resolver.js';
import { RepairRequestResolver } from './repair-request.resolver.js';
import { RepairResolver } from './repair.resolver.js';
import { StaffResolver } from './staff.resolver.js';
import { StatementResolver, TenancyMemberResolver, TenancyResolver, TenantResolver } from './tenancy.resolver.js';
import { ViewerResolver } from './viewer.resolver.js';

/** What no class describes: the root types, and scalars whose own descriptions are for whoever implements them. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  Query: 'What can be read. All of it needs an access token, except `landlord`, `repairGuide` and `viewer`; what begins with "Staff" is for staff alone, and FORBIDDEN for tenants.',
  Mutation: 'What can be done, one a request: a document with two of them is refused before either is begun.',
  DateTimeISO: 'An instant in UTC, such as `2017-02-08T10:15:30.000Z`. Show it in the time of the UK.',
  LocalDate: 'A day of the calendar, such as `2017-02-08`. It has no time of day and no time zone: show it as it is.',
};

/** The executable schema; built once, at start. */
export function buildGatewaySchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      ViewerResolver, TenantResolver, TenancyResolver, TenancyMemberResolver, StatementResolver, RepairResolver,
      LandlordResolver, PhoneLineResolver, RepairGuideResolver, IdentityResolver, RegistrationResolver, PasswordResolver,
      RepairRequestResolver, ChangeResolver, PendingChangesResolver, PaymentResolver,
      StaffResolver, AccountResolver, DeliveryResolver, AuditResolver,
    ],
    // Inputs are checked by zod where they are used: one error with the field, and no validator run where there is nothing to check.
    validate: false,
  });
  for (const [name, description] of Object.entries(DESCRIPTIONS)) {
    const type = schema.getType(name);
    if (type) type.description = description;
  }
  return schema;
}
