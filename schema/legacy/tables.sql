-- The legacy housing database, as far as the gateway reads it: Civica Universal Housing's shapes, padded columns and all.
-- T-SQL that SQL Server 2016+ and Babelfish both run. One space is "empty", 1900-01-01 is "no date", numbers default to 0.
-- Every table is dbo's; the gateway's own table types and procedures stand in the schema gateway.

-- A tenancy agreement. cur_bal: what is owed now, positive is arrears. eot: 1900-01-01 while nobody has ended it.
-- prd_code: how often it is charged, WK weekly, FN fortnightly, MN monthly, AN annually.
CREATE TABLE dbo.tenagree (
  tag_ref char(11) NOT NULL PRIMARY KEY,
  house_ref char(10) NOT NULL,
  prop_ref char(12) NOT NULL,
  cot datetime NOT NULL,
  eot datetime NOT NULL,
  terminated bit NOT NULL,
  present bit NOT NULL,
  tenure char(3) NOT NULL,
  rent money NOT NULL,
  service money NOT NULL,
  other_charge money NOT NULL,
  prd_code char(2) NOT NULL,
  cur_bal money NOT NULL,
  u_saff_rentacc char(20) NOT NULL
)
GO
CREATE INDEX ix_tenagree_house ON dbo.tenagree (house_ref)
GO
CREATE INDEX ix_tenagree_prop ON dbo.tenagree (prop_ref)
GO
CREATE INDEX ix_tenagree_rentacc ON dbo.tenagree (u_saff_rentacc)
GO

-- A person of a household. responsible: signed the agreement, alone or with others.
CREATE TABLE dbo.member (
  house_ref char(10) NOT NULL,
  person_no smallint NOT NULL,
  title char(10) NOT NULL,
  forename char(24) NOT NULL,
  surname char(20) NOT NULL,
  dob datetime NOT NULL,
  responsible bit NOT NULL,
  relationship char(20) NOT NULL,
  PRIMARY KEY (house_ref, person_no)
)
GO
CREATE INDEX ix_member_surname ON dbo.member (surname)
GO

-- How to reach a person: as typed by many hands over the years.
CREATE TABLE dbo.conphone (
  house_ref char(10) NOT NULL,
  person_no smallint NOT NULL,
  phone_no smallint NOT NULL,
  phone_type char(1) NOT NULL,
  phone varchar(50) NOT NULL,
  PRIMARY KEY (house_ref, person_no, phone_no)
)
GO
CREATE TABLE dbo.conemail (
  house_ref char(10) NOT NULL,
  person_no smallint NOT NULL,
  email_no smallint NOT NULL,
  email varchar(100) NOT NULL,
  PRIMARY KEY (house_ref, person_no, email_no)
)
GO
CREATE TABLE dbo.conaddress (
  house_ref char(10) NOT NULL,
  person_no smallint NOT NULL,
  aline1 char(50) NOT NULL,
  aline2 char(50) NOT NULL,
  aline3 char(50) NOT NULL,
  aline4 char(50) NOT NULL,
  post_code char(10) NOT NULL,
  PRIMARY KEY (house_ref, person_no)
)
GO

-- A home, a garage, a block or an estate. level_code: 1 estate, 2 block, 3 dwelling, 4 garage. major_ref: the parent.
CREATE TABLE dbo.property (
  prop_ref char(12) NOT NULL PRIMARY KEY,
  level_code char(1) NOT NULL,
  major_ref char(12) NOT NULL,
  u_block char(12) NOT NULL,
  u_estate char(12) NOT NULL,
  short_address char(50) NOT NULL,
  aline1 char(50) NOT NULL,
  aline2 char(50) NOT NULL,
  aline3 char(50) NOT NULL,
  aline4 char(50) NOT NULL,
  post_code char(10) NOT NULL
)
GO
CREATE INDEX ix_property_postcode ON dbo.property (post_code)
GO

-- Postings to a rent account, charges positive and receipts negative; rtrans_no is the order in which they were posted.
-- dc_label: the letter that the old portal printed as Debit or Credit; not to be believed.
CREATE TABLE dbo.rtrans (
  rtrans_no int NOT NULL PRIMARY KEY,
  tag_ref char(11) NOT NULL,
  post_date datetime NOT NULL,
  trans_type char(3) NOT NULL,
  trans_ref char(20) NOT NULL,
  real_value money NOT NULL,
  dc_label char(1) NOT NULL
)
GO
CREATE INDEX ix_rtrans_tenancy ON dbo.rtrans (tag_ref, rtrans_no)
GO

-- Code lists.
CREATE TABLE dbo.debtype (
  deb_code char(3) NOT NULL PRIMARY KEY,
  deb_desc char(30) NOT NULL
)
GO
CREATE TABLE dbo.rectype (
  rec_code char(3) NOT NULL PRIMARY KEY,
  rec_desc char(30) NOT NULL
)
GO
CREATE TABLE dbo.tenure (
  ten_type char(3) NOT NULL PRIMARY KEY,
  ten_desc char(30) NOT NULL
)
GO
CREATE TABLE dbo.rmstatus (
  status_code char(3) NOT NULL PRIMARY KEY,
  status_desc char(30) NOT NULL
)
GO
CREATE TABLE dbo.rmpriority (
  priority_code char(1) NOT NULL PRIMARY KEY,
  priority_desc char(30) NOT NULL,
  target_days smallint NOT NULL
)
GO
CREATE TABLE dbo.rmsor (
  sor_code char(8) NOT NULL PRIMARY KEY,
  sor_desc char(60) NOT NULL,
  priority_code char(1) NOT NULL
)
GO

-- Repairs. They are read and written through the web service; the tables are here because they are the same database.
CREATE TABLE dbo.rmreqst (
  rq_ref char(8) NOT NULL PRIMARY KEY,
  prop_ref char(12) NOT NULL,
  rq_date datetime NOT NULL,
  rq_status char(3) NOT NULL,
  priority_code char(1) NOT NULL,
  rq_problem varchar(2000) NOT NULL,
  sor_code char(8) NOT NULL,
  rq_phone varchar(50) NOT NULL,
  caller_ref varchar(40) NOT NULL
)
GO
CREATE TABLE dbo.rmworder (
  wo_ref char(10) NOT NULL PRIMARY KEY,
  rq_ref char(8) NOT NULL,
  prop_ref char(12) NOT NULL,
  wo_status char(3) NOT NULL,
  priority_code char(1) NOT NULL,
  wo_desc varchar(2000) NOT NULL,
  sor_code char(8) NOT NULL,
  created datetime NOT NULL,
  target datetime NOT NULL,
  completed datetime NOT NULL
)
GO
CREATE INDEX ix_rmworder_prop ON dbo.rmworder (prop_ref)
GO

-- What the gateway asks for, many at a time: references of one kind, padding removed.
CREATE TYPE gateway.ReferenceList AS TABLE (
  Reference varchar(30) NOT NULL
)
GO
