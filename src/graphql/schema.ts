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

/** The executable schema; built once, at start. */
export function buildGatewaySchema(): GraphQLSchema {
  return buildSchemaSync({
    resolvers: [
      ViewerResolver, TenantResolver, TenancyResolver, TenancyMemberResolver, StatementResolver, RepairResolver,
      LandlordResolver, PhoneLineResolver, RepairGuideResolver, IdentityResolver, RegistrationResolver, PasswordResolver,
      RepairRequestResolver, ChangeResolver, PendingChangesResolver, PaymentResolver,
      StaffResolver, AccountResolver, DeliveryResolver, AuditResolver,
    ],
    // Inputs are checked by zod where they are used: one error with the field, and no validator run where there is nothing to check.
    validate: false,
  });
}
