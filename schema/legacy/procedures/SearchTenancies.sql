-- Tenancies whose reference, tenants' surname, address or postcode holds a text: literally, but for case and spaces.
-- A page in the order of references: @Take rows after @After ('' for the first page), and before them how many there are in all.
DROP PROCEDURE IF EXISTS gateway.SearchTenancies
GO
CREATE PROCEDURE gateway.SearchTenancies
  @Text varchar(100),
  @After varchar(11) = '',
  @Take int = 20
AS
BEGIN
  SET NOCOUNT ON

  DECLARE @Pattern varchar(210)
  SET @Pattern = '%' + REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(@Text, ' ', ''), '!', '!!'), '%', '!%'), '_', '!_'), '[', '![') + '%'

  DECLARE @Found TABLE (
    tag_ref char(11) NOT NULL
  )

  INSERT INTO @Found (tag_ref)
  SELECT t.tag_ref
  FROM dbo.tenagree AS t
  LEFT JOIN dbo.property AS p ON p.prop_ref = t.prop_ref
  WHERE REPLACE(@Text, ' ', '') <> ''
    AND (REPLACE(t.tag_ref, ' ', '') LIKE @Pattern ESCAPE '!'
      OR REPLACE(p.aline1 + p.aline2 + p.aline3 + p.aline4, ' ', '') LIKE @Pattern ESCAPE '!'
      OR REPLACE(p.post_code, ' ', '') LIKE @Pattern ESCAPE '!'
      OR EXISTS (SELECT 1 FROM dbo.member AS m
        WHERE m.house_ref = t.house_ref AND m.responsible = 1 AND REPLACE(m.surname, ' ', '') LIKE @Pattern ESCAPE '!'))

  SELECT CAST(COUNT(*) AS int) AS TotalCount FROM @Found

  SELECT t.tag_ref AS TagRef, t.house_ref AS HouseRef, t.prop_ref AS PropRef, CONVERT(date, t.cot) AS StartDate,
    CONVERT(date, t.eot) AS EndDate, t.terminated AS Terminated, t.present AS Present, t.tenure AS Tenure,
    n.ten_desc AS TenureDescription, t.rent AS Rent, t.service AS Service, t.other_charge AS OtherCharge,
    t.prd_code AS PeriodCode, p.u_block AS BlockRef
  FROM @Found AS f
  INNER JOIN dbo.tenagree AS t ON t.tag_ref = f.tag_ref
  LEFT JOIN dbo.property AS p ON p.prop_ref = t.prop_ref
  LEFT JOIN dbo.tenure AS n ON n.ten_type = t.tenure
  WHERE f.tag_ref > CAST(@After AS char(11))
  ORDER BY f.tag_ref
  OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
END
GO
