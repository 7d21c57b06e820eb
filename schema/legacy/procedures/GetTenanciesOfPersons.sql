-- The tenancies that each person (house_ref/person_no) answers for: a household member who signed nothing has none.
DROP PROCEDURE IF EXISTS gateway.GetTenanciesOfPersons
GO
CREATE PROCEDURE gateway.GetTenanciesOfPersons
  @References gateway.ReferenceList READONLY
AS
BEGIN
  SET NOCOUNT ON

  SELECT m.person_no AS PersonNo, t.tag_ref AS TagRef, t.house_ref AS HouseRef, t.prop_ref AS PropRef, CONVERT(date, t.cot) AS StartDate,
    CONVERT(date, t.eot) AS EndDate, t.terminated AS Terminated, t.present AS Present, t.tenure AS Tenure,
    n.ten_desc AS TenureDescription, t.rent AS Rent, t.service AS Service, t.other_charge AS OtherCharge,
    t.prd_code AS PeriodCode, p.u_block AS BlockRef
  FROM @References AS r
  INNER JOIN dbo.member AS m
    ON m.house_ref = CAST(LEFT(r.Reference, CHARINDEX('/', r.Reference + '/') - 1) AS char(10))
    AND CAST(m.person_no AS varchar(6)) = SUBSTRING(r.Reference, CHARINDEX('/', r.Reference + '/') + 1, 6)
    AND m.responsible = 1
  INNER JOIN dbo.tenagree AS t ON t.house_ref = m.house_ref
  LEFT JOIN dbo.property AS p ON p.prop_ref = t.prop_ref
  LEFT JOIN dbo.tenure AS n ON n.ten_type = t.tenure
  ORDER BY m.house_ref, m.person_no, t.tag_ref
END
GO
