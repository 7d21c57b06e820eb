-- What registration is checked against: the tenancies with this reference, or with this payment reference, and the people who
-- answer for them. Case and padding do not count. Results: tenancies, persons, phones, e-mail addresses.
DROP PROCEDURE IF EXISTS gateway.FindForRegistration
GO
CREATE PROCEDURE gateway.FindForRegistration
  @Reference varchar(20)
AS
BEGIN
  SET NOCOUNT ON

  DECLARE @Found TABLE (
    tag_ref char(11) NOT NULL,
    house_ref char(10) NOT NULL
  )

  INSERT INTO @Found (tag_ref, house_ref)
  SELECT t.tag_ref, t.house_ref
  FROM dbo.tenagree AS t
  WHERE @Reference <> ''
    AND ((LEN(@Reference) <= 11 AND t.tag_ref = CAST(@Reference AS char(11)))
      OR t.u_saff_rentacc = CAST(@Reference AS char(20)))

  SELECT t.tag_ref AS TagRef, t.house_ref AS HouseRef, t.u_saff_rentacc AS PaymentRef, CONVERT(date, t.cot) AS StartDate,
    CONVERT(date, t.eot) AS EndDate, t.terminated AS Terminated, t.present AS Present
  FROM @Found AS f
  INNER JOIN dbo.tenagree AS t ON t.tag_ref = f.tag_ref
  ORDER BY t.tag_ref

  SELECT m.house_ref AS HouseRef, m.person_no AS PersonNo, m.title AS Title, m.forename AS Forename, m.surname AS Surname,
    CONVERT(date, m.dob) AS DateOfBirth
  FROM dbo.member AS m
  WHERE m.responsible = 1 AND m.house_ref IN (SELECT f.house_ref FROM @Found AS f)
  ORDER BY m.house_ref, m.person_no

  SELECT p.house_ref AS HouseRef, p.person_no AS PersonNo, p.phone_type AS PhoneType, p.phone AS Phone
  FROM dbo.conphone AS p
  WHERE p.house_ref IN (SELECT f.house_ref FROM @Found AS f)
  ORDER BY p.house_ref, p.person_no, p.phone_no

  SELECT e.house_ref AS HouseRef, e.person_no AS PersonNo, e.email AS Email
  FROM dbo.conemail AS e
  WHERE e.house_ref IN (SELECT f.house_ref FROM @Found AS f)
  ORDER BY e.house_ref, e.person_no, e.email_no
END
GO
