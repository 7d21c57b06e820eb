-- Persons by reference (house_ref/person_no): names, then phones, then e-mail addresses, as held.
DROP PROCEDURE IF EXISTS gateway.GetPersons
GO
CREATE PROCEDURE gateway.GetPersons
  @References gateway.ReferenceList READONLY
AS
BEGIN
  SET NOCOUNT ON

  SELECT m.house_ref AS HouseRef, m.person_no AS PersonNo, m.title AS Title, m.forename AS Forename, m.surname AS Surname,
    CONVERT(date, m.dob) AS DateOfBirth,
    a.aline1 AS AddressLine1, a.aline2 AS AddressLine2, a.aline3 AS AddressLine3, a.aline4 AS AddressLine4, a.post_code AS PostCode
  FROM @References AS r
  INNER JOIN dbo.member AS m
    ON m.house_ref = CAST(LEFT(r.Reference, CHARINDEX('/', r.Reference + '/') - 1) AS char(10))
    AND CAST(m.person_no AS varchar(6)) = SUBSTRING(r.Reference, CHARINDEX('/', r.Reference + '/') + 1, 6)
  LEFT JOIN dbo.conaddress AS a ON a.house_ref = m.house_ref AND a.person_no = m.person_no
  ORDER BY m.house_ref, m.person_no

  SELECT p.house_ref AS HouseRef, p.person_no AS PersonNo, p.phone_type AS PhoneType, p.phone AS Phone
  FROM @References AS r
  INNER JOIN dbo.conphone AS p
    ON p.house_ref = CAST(LEFT(r.Reference, CHARINDEX('/', r.Reference + '/') - 1) AS char(10))
    AND CAST(p.person_no AS varchar(6)) = SUBSTRING(r.Reference, CHARINDEX('/', r.Reference + '/') + 1, 6)
  ORDER BY p.house_ref, p.person_no, p.phone_no

  SELECT e.house_ref AS HouseRef, e.person_no AS PersonNo, e.email AS Email
  FROM @References AS r
  INNER JOIN dbo.conemail AS e
    ON e.house_ref = CAST(LEFT(r.Reference, CHARINDEX('/', r.Reference + '/') - 1) AS char(10))
    AND CAST(e.person_no AS varchar(6)) = SUBSTRING(r.Reference, CHARINDEX('/', r.Reference + '/') + 1, 6)
  ORDER BY e.house_ref, e.person_no, e.email_no
END
GO
