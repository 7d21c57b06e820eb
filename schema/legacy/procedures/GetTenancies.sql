-- Tenancies by reference.
DROP PROCEDURE IF EXISTS gateway.GetTenancies
GO
CREATE PROCEDURE gateway.GetTenancies
  @References gateway.ReferenceList READONLY
AS
BEGIN
  SET NOCOUNT ON

  SELECT t.tag_ref AS TagRef, t.house_ref AS HouseRef, t.prop_ref AS PropRef, CONVERT(date, t.cot) AS StartDate,
    CONVERT(date, t.eot) AS EndDate, t.terminated AS Terminated, t.present AS Present, t.tenure AS Tenure,
    n.ten_desc AS TenureDescription, t.rent AS Rent, t.service AS Service, t.other_charge AS OtherCharge,
    t.prd_code AS PeriodCode, p.u_block AS BlockRef
  FROM @References AS r
  INNER JOIN dbo.tenagree AS t ON t.tag_ref = CAST(r.Reference AS char(11))
  LEFT JOIN dbo.property AS p ON p.prop_ref = t.prop_ref
  LEFT JOIN dbo.tenure AS n ON n.ten_type = t.tenure
  ORDER BY t.tag_ref
END
GO
