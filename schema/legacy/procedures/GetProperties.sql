-- Properties by reference, each with the block that it is part of, where it is part of one.
DROP PROCEDURE IF EXISTS gateway.GetProperties
GO
CREATE PROCEDURE gateway.GetProperties
  @References gateway.ReferenceList READONLY
AS
BEGIN
  SET NOCOUNT ON

  SELECT p.prop_ref AS PropRef, p.level_code AS LevelCode, p.aline1 AS AddressLine1, p.aline2 AS AddressLine2,
    p.aline3 AS AddressLine3, p.aline4 AS AddressLine4, p.post_code AS PostCode,
    p.u_block AS BlockRef, b.short_address AS BlockName
  FROM @References AS r
  INNER JOIN dbo.property AS p ON p.prop_ref = CAST(r.Reference AS char(12))
  LEFT JOIN dbo.property AS b ON b.prop_ref = p.u_block
  ORDER BY p.prop_ref
END
GO
