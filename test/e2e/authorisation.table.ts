/**
 * Who may do what: every field of the schema, and what each role gets. authorisation.test.ts tries every cell of it on a gateway;
 * a field without a line fails there, and so does a line without a field.
 *
 * All roles ask for the same record, the tenant's own; `another` is another tenant who asks for it, `temporary` the tenant's own
 * session with a temporary password, `staff` and `admin` council staff (STAFF, STAFF_ADMIN).
 *
 *   value   they get it, and get what an admin gets
 *   partly  they get it of some: of a joint tenant a tenant sees the name and no more
 *   own     they get, or change, their own and nothing of the tenant's
 *   null    null without an error, as if there were no such thing
 *   -       no way leads them there: on each one a field above says no
 *   a code  the error that the field answers with
 *
 * Several fields of a type share a line where the same holds for all of them.
 */
export const TABLE = `
field                                                         | nobody          | tenant    | another   | temporary                | staff     | admin

Query.landlord repairGuide                                    | value           | value     | value     | value                    | value     | value
Query.viewer                                                  | null            | value     | own       | value                    | value     | value
Query.tenancy repair                                          | UNAUTHENTICATED | value     | null      | PASSWORD_CHANGE_REQUIRED | value     | value
Query.tenant tenancies accounts deliveries                    | UNAUTHENTICATED | FORBIDDEN | FORBIDDEN | PASSWORD_CHANGE_REQUIRED | value     | value
Query.auditTrail                                              | UNAUTHENTICATED | FORBIDDEN | FORBIDDEN | PASSWORD_CHANGE_REQUIRED | FORBIDDEN | value

Mutation.signIn refreshSession requestPasswordReset           | value           | value     | value     | value                    | value     | value
Mutation.register resendRegistrationCode confirmRegistration  | value           | value     | value     | value                    | value     | value
Mutation.changePassword                                       | UNAUTHENTICATED | value     | own       | value                    | FORBIDDEN | FORBIDDEN
Mutation.signOut updateContactDetails                         | UNAUTHENTICATED | value     | own       | PASSWORD_CHANGE_REQUIRED | FORBIDDEN | FORBIDDEN
Mutation.confirmEmail updateHousehold requestRepair           | UNAUTHENTICATED | value     | NOT_FOUND | PASSWORD_CHANGE_REQUIRED | FORBIDDEN | FORBIDDEN
Mutation.startPayment                                         | UNAUTHENTICATED | value     | NOT_FOUND | PASSWORD_CHANGE_REQUIRED | FORBIDDEN | FORBIDDEN
Mutation.issueLogin unlockAccount closeAccount                | UNAUTHENTICATED | FORBIDDEN | FORBIDDEN | PASSWORD_CHANGE_REQUIRED | value     | value
Mutation.retryDelivery resolveDelivery                        | UNAUTHENTICATED | FORBIDDEN | FORBIDDEN | PASSWORD_CHANGE_REQUIRED | value     | value

Viewer.role displayName userId mustChangePassword             | -               | value     | -         | value                    | value     | value
Viewer.tenant                                                 | -               | value     | -         | PASSWORD_CHANGE_REQUIRED | null      | null

Tenant.reference name dateOfBirth contact                     | -               | value     | -         | -                        | value     | value
Tenant.tenancies                                              | -               | value     | -         | -                        | value     | value
Tenant.pendingChanges                                         | -               | value     | -         | -                        | value     | value
PersonName.title forenames surname full                       | -               | value     | -         | -                        | value     | value
ContactDetails.emails phones correspondenceAddress            | -               | value     | -         | -                        | value     | value
Phone.type number                                             | -               | value     | -         | -                        | value     | value
Address.lines postcode                                        | -               | value     | -         | -                        | value     | value
PendingChange.reference kind requestedAt                      | -               | value     | -         | -                        | value     | value

Tenancy.reference status tenure startDate endDate charges     | -               | value     | -         | -                        | value     | value
Tenancy.property                                              | -               | value     | -         | -                        | value     | value
Tenancy.members                                               | -               | value     | -         | -                        | value     | value
Tenancy.balance                                               | -               | value     | -         | -                        | value     | value
Tenancy.statement                                             | -               | value     | -         | -                        | value     | value
Tenancy.payments                                              | -               | value     | -         | -                        | value     | value
Tenancy.repairs blockRepairs                                  | -               | value     | -         | -                        | value     | value
TenancyMember.name role                                       | -               | value     | -         | -                        | value     | value
TenancyMember.relationship dateOfBirth                        | -               | partly    | -         | -                        | value     | value
TenancyMember.tenant                                          | -               | partly    | -         | -                        | value     | value
Property.reference address block                              | -               | value     | -         | -                        | value     | value
Charge.code description amount frequency                      | -               | value     | -         | -                        | value     | value
Balance.money position asOf summary                           | -               | value     | -         | -                        | value     | value
Statement.from to openingBalance closingBalance               | -               | value     | -         | -                        | value     | value
Statement.totalDebits totalCredits reconciles                 | -               | value     | -         | -                        | value     | value
Statement.transactions                                        | -               | value     | -         | -                        | value     | value
Statement.downloads                                           | -               | value     | -         | -                        | value     | value
StatementDownloads.csvUrl pdfUrl expiresAt                    | -               | value     | -         | -                        | value     | value
RunningBalance.money position                                 | -               | value     | -         | -                        | value     | value
Transaction.id date type code reference debit credit balance  | -               | value     | -         | -                        | value     | value
Payment.reference amount status startedAt                     | -               | value     | -         | -                        | value     | value
Repair.reference description status statusDetail location     | -               | value     | -         | -                        | value     | value
Repair.registeredDate targetDate completedDate                | -               | value     | -         | -                        | value     | value
Repair.priority overdue                                       | -               | value     | -         | -                        | value     | value
CodedValue.code label                                         | -               | value     | -         | -                        | value     | value
Money.pence amount display                                    | -               | value     | -         | -                        | value     | value

TransactionConnection.edges nodes pageInfo totalCount         | -               | value     | -         | -                        | value     | value
TransactionEdge.cursor node                                   | -               | value     | -         | -                        | value     | value
RepairConnection.edges nodes pageInfo totalCount              | -               | value     | -         | -                        | value     | value
RepairEdge.cursor node                                        | -               | value     | -         | -                        | value     | value
PageInfo.hasNextPage hasPreviousPage startCursor endCursor    | -               | value     | -         | -                        | value     | value

Account.id state email userId failedAttempts                  | -               | -         | -         | -                        | value     | value
Account.lockedAt lastSignInAt lastMismatch                    | -               | -         | -         | -                        | value     | value
Account.tenant                                                | -               | -         | -         | -                        | value     | value
AccountConnection.edges nodes pageInfo totalCount             | -               | -         | -         | -                        | value     | value
AccountEdge.cursor node                                       | -               | -         | -         | -                        | value     | value
TenancyConnection.edges nodes pageInfo totalCount             | -               | -         | -         | -                        | value     | value
TenancyEdge.cursor node                                       | -               | -         | -         | -                        | value     | value
Delivery.id kind tenancyReference state attempts createdAt    | -               | -         | -         | -                        | value     | value
Delivery.lastError legacyReference                            | -               | -         | -         | -                        | value     | value
DeliveryConnection.edges nodes pageInfo totalCount            | -               | -         | -         | -                        | value     | value
DeliveryEdge.cursor node                                      | -               | -         | -         | -                        | value     | value
AuditEntry.id at actor role action subject reason             | -               | -         | -         | -                        | -         | value
AuditEntryConnection.edges nodes pageInfo totalCount          | -               | -         | -         | -                        | -         | value
AuditEntryEdge.cursor node                                    | -               | -         | -         | -                        | -         | value

Landlord.id name portalName email phoneLines usefulNumbers    | value           | value     | value     | value                    | value     | value
Landlord.links registration passwordReset help                | value           | value     | value     | value                    | value     | value
PhoneLine.name number hours emergencies                       | value           | value     | value     | value                    | value     | value
PhoneLine.openNow                                             | value           | value     | value     | value                    | value     | value
UsefulNumber.organisation number purpose                      | value           | value     | value     | value                    | value     | value
Link.kind title url                                           | value           | value     | value     | value                    | value     | value
RegistrationForm.referenceLabel phoneLabel identifierLabel    | value           | value     | value     | value                    | value     | value
RegistrationForm.newTenantWaitDays                            | value           | value     | value     | value                    | value     | value
PasswordResetForm.identifierLabel dateOfBirthRequired         | value           | value     | value     | value                    | value     | value
HelpTopic.id title paragraphs                                 | value           | value     | value     | value                    | value     | value
RepairGuide.version categories                                | value           | value     | value     | value                    | value     | value
RepairCategory.id title advice elements                       | value           | value     | value     | value                    | value     | value
RepairElement.id title advice components                      | value           | value     | value     | value                    | value     | value
RepairComponent.id title advice problems                      | value           | value     | value     | value                    | value     | value
RepairProblem.id title advice emergency                       | value           | value     | value     | value                    | value     | value

SignInPayload.outcome message session                         | value           | value     | value     | value                    | value     | value
Session.accessToken accessTokenExpiresAt refreshToken         | value           | value     | value     | value                    | value     | value
Session.deviceToken                                           | value           | value     | value     | value                    | value     | value
RegisterPayload.outcome message registrationId codeExpiresAt  | value           | value     | value     | value                    | value     | value
MessagePayload.message                                        | value           | value     | value     | value                    | value     | value
ChangePayload.outcome message reference                       | -               | value     | -         | -                        | -         | -
RequestRepairPayload.outcome message contactBy phoneLines     | -               | value     | -         | -                        | -         | -
RequestRepairPayload.repair                                   | -               | value     | -         | -                        | -         | -
PaymentSession.reference url expiresAt amount                 | -               | value     | -         | -                        | -         | -
`;

/**
 * The same for what is fetched outside GraphQL, by status. Staff bring the token of their provider; the playground's own addresses
 * know staff by a cookie and by the page that asks, so that a token alone opens nothing there outside the demo.
 */
export const ADDRESSES = `
address                                               | nobody | tenant | another | temporary | staff | admin
GET /statements/<asked for by the tenant>.csv         | 401    | 200    | 404     | 403       | 404   | 404
GET /statements/<asked for by the tenant>.pdf         | 401    | 200    | 404     | 403       | 404   | 404
GET /statements/<asked for by staff>.csv              | 401    | 404    | 404     | 403       | 200   | 404
GET /statements/<unknown>.csv                         | 401    | 404    | 404     | 403       | 404   | 404
GET /payments/<the tenant's>/return                   | 303    | 303    | 303     | 303       | 303   | 303
GET /payments/<unknown>/return                        | 404    | 404    | 404     | 404       | 404   | 404
POST /payments/webhook                                | 401    | 401    | 401     | 401       | 401   | 401
GET /metrics                                          | 404    | 404    | 404     | 404       | 404   | 404
GET /healthz                                          | 200    | 200    | 200     | 200       | 200   | 200
GET /readyz                                           | 200    | 200    | 200     | 200       | 200   | 200
GET /.well-known/jwks.json                            | 200    | 200    | 200     | 200       | 200   | 200
GET /playground                                       | 200    | 200    | 200     | 200       | 200   | 200
GET /playground/session                               | 200    | 200    | 200     | 200       | 200   | 200
GET /playground/sign-in                               | 302    | 302    | 302     | 302       | 302   | 302
GET /playground/callback                              | 400    | 400    | 400     | 400       | 400   | 400
POST /playground/graphql                              | 403    | 403    | 403     | 403       | 403   | 403
POST /playground/graphql from its own page            | 200    | 200    | 200     | 200       | 200   | 200
POST /playground/sign-out                             | 403    | 403    | 403     | 403       | 403   | 403
GET /demo/mailbox                                     | 200    | 200    | 200     | 200       | 200   | 200
`;
